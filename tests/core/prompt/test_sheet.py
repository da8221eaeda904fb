"""The numbers behind a prompt, and the names that hide them."""

import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.market import Timeframe
from core.domain.people import Language
from core.domain.quality import Fault, Finding, Grade, Quality
from core.domain.trading import Side
from core.prompt import FEATURES, indicators, market, sheet
from core.prompt.sheet import alias_of
from tests.core.prompt.sights import SYMBOLS, asked, snapshot, some_sheet, waves

SEEN = [snapshot(symbol, seed) for seed, symbol in enumerate(SYMBOLS[:4])]
QUESTIONS = [asked(one) for one in SEEN]


def made(order=(0, 1, 2, 3), language=Language.EN, **kwargs):
    return sheet(SEEN, [QUESTIONS[place] for place in order], language, **kwargs)


def changed(**parts):
    """One symbol's sheet, with something else in its snapshot."""
    seen = replace(SEEN[0], **parts)
    return sheet([seen], [asked(seen)], Language.EN)


ALONE = sheet(SEEN[:1], QUESTIONS[:1], Language.EN)


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_the_questions_changes_neither_the_hash_nor_the_prompt(order):
    assert made(order).hash == made().hash
    assert market(made(order)) == market(made())


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_the_rows_come_in_the_order_of_the_questions(order):
    assert [row.symbol for row in made(order).rows] == [SYMBOLS[place] for place in order]


def test_the_order_shown_is_that_of_the_aliases_and_not_of_the_questions():
    shown = [row.alias for row in some_sheet(10).shown]
    assert shown == [f"SYM_{letter}" for letter in "ABCDEFGHIJ"]
    assert [row.symbol for row in some_sheet(10).shown] != list(SYMBOLS)


def test_other_inputs_shuffle_the_names_anew():
    orders = set()
    for seed in range(20):
        seen = [snapshot(symbol, seed) for symbol in SYMBOLS[:4]]
        shown = sheet(seen, [asked(one) for one in seen], Language.EN).shown
        orders.add(tuple(row.symbol for row in shown))
    assert len(orders) > 8


@pytest.mark.parametrize(
    "parts",
    [
        {"frame": waves(9, Timeframe.H1)},
        {"longer": {}},
        {"derivatives": None},
        {"funding": None, "derivatives": None},
        {"quality": Quality((Finding(Fault.SILENT, Grade.THIN),))},
        {"instrument": replace(SEEN[0].instrument, symbol="ETH/USDT:USDT")},
    ],
    ids=["candles", "longer", "crowding", "funding", "quality", "symbol"],
)
def test_the_hash_covers_what_is_shown(parts):
    assert changed(**parts).hash != ALONE.hash


def test_the_hash_covers_the_question():
    far = replace(QUESTIONS[0], horizon=timedelta(hours=12))
    assert sheet(SEEN, [far], Language.EN).hash != ALONE.hash


def test_the_hash_covers_language_and_aliasing():
    hashes = {made().hash, made(language=Language.KO).hash, made(aliased=False).hash}
    assert len(hashes) == 3


def test_when_exactly_the_desk_looked_does_not_matter():
    late = replace(SEEN[0], as_of=SEEN[0].as_of + timedelta(seconds=3))
    assert sheet([late], [asked(late)], Language.EN).hash == ALONE.hash


def test_a_longer_memory_of_the_same_candles_changes_nothing():
    whole = waves(3, Timeframe.H1, rows=3_000)
    long, short = (replace(SEEN[0], frame=whole.rows(3_000 - n, 3_000)) for n in (3_000, 1_000))
    assert sheet([long], [QUESTIONS[0]], Language.EN) == sheet(
        [short], [QUESTIONS[0]], Language.EN
    )


def test_no_symbol_is_asked_twice():
    with pytest.raises(ValueError, match="once"):
        sheet(SEEN, [QUESTIONS[0], QUESTIONS[0]], Language.EN)


@pytest.mark.parametrize(
    ("place", "alias"), [(0, "SYM_A"), (25, "SYM_Z"), (26, "SYM_AA"), (52, "SYM_BA")]
)
def test_there_are_names_for_more_symbols_than_letters(place, alias):
    assert alias_of(place) == alias


def test_distances_are_basis_points():
    row, stop = ALONE.rows[0], QUESTIONS[0].distances[Side.BUY].stop
    assert row.distances[Side.BUY].stop == pytest.approx(stop * 10_000, rel=0.005)
    assert row.horizon == 48


def test_every_feature_is_known_of_a_whole_snapshot():
    assert tuple(ALONE.rows[0].known) == FEATURES


def test_what_is_unknown_is_not_shown():
    bare = changed(longer={}, derivatives=None, funding=None).rows[0]
    assert not [name for name in bare.known if name.endswith(("_mid", "_long"))]
    assert bare.features["funding"] is None
    assert "funding" not in bare.known


def test_candles_that_are_no_prices_are_not_shown():
    broken = replace(waves(1, Timeframe.D1), close=np.full(420, np.nan))
    row = changed(longer={Timeframe.D1: broken}).rows[0]
    assert len(row.tables) == 1
    assert row.features["rsi_mid"] is None


def test_a_young_market_shows_what_there_is():
    row = changed(frame=waves(1, Timeframe.H1, rows=20), longer={}).rows[0]
    assert len(row.tables[0].lines) == 20
    assert row.features["rsi"] is None
    assert row.features["ret_6"] is not None


def test_without_aliases_the_symbols_speak_for_themselves():
    text = market(made(aliased=False)).user
    assert all(symbol in text for symbol in SYMBOLS[:4])
    assert "SYM_" not in text


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(10_000_000, 90_000_000))
def test_nothing_names_a_coin_a_price_or_a_day(seed, price):
    seen = snapshot("BTC/USDT:USDT", seed, price)
    made = sheet([seen], [asked(seen)], Language.EN)
    for prompt in (market(made), indicators(made)):
        text = prompt.system + prompt.user + str(prompt.schema)
        assert "BTC" not in text
        assert "USDT" not in text
        assert not re.search(r"\d{7}", text.replace(made.nonce, ""))
        assert not re.search(r"\b(19|20)\d\d-\d\d|\d\d:\d\d", text)
