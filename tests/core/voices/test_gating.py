"""A quiet market is asked about seldom, one that stirs at once."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from core.domain.market import Origin
from core.domain.news import Item, Publisher, Tier
from core.domain.snapshot import MarketSnapshot
from core.indicators import indicators
from core.news.facts import fact_of
from core.voices.gating import GATE, Asked, Gate, asked_now, closed_at, is_due
from tests.builders import NOON, instrument
from tests.core.voices.markets import asked, seen
from tests.fakes import frame

HOUR = timedelta(hours=1)


def due(snapshot, last, gate=GATE):
    return is_due([snapshot], asked(snapshot), {snapshot.symbol: last} if last else {}, gate)


def before(hours=1, moved=0.0):
    """Asked some hours ago, when the price stood some ATR lower."""
    now = seen()
    atr = float(indicators(now.frame).atr[-1])
    return Asked(NOON - hours * HOUR, float(now.frame.close[-1]) - moved * atr)


def test_whoever_was_never_asked_about_is_due():
    assert due(seen(), None)


@pytest.mark.parametrize(
    ("moved", "opens"), [(0.0, False), (0.74, False), (-0.74, False), (0.76, True), (-0.76, True)]
)
def test_a_move_of_three_quarters_of_an_atr_opens_the_gate(moved, opens):
    assert due(seen(), before(moved=moved)) is opens


@pytest.mark.parametrize(("hours", "opens"), [(0, False), (5, False), (6, True), (100, True)])
def test_after_six_closes_it_opens_by_itself(hours, opens):
    assert due(seen(), before(hours)) is opens


@pytest.mark.parametrize(
    ("tier", "minutes", "opens"),
    [
        (Tier.PRIMARY, 5, True),
        (Tier.PRIMARY, 65, False),
        (Tier.NEWSROOM, 5, False),
        (Tier.CROWD, 5, False),
    ],
)
def test_an_announcement_since_then_opens_it(tier, minutes, opens):
    when = NOON - timedelta(minutes=minutes)
    fact = fact_of(Item("Bitcoin halted", "https://a.b/1", when), Publisher("X", tier), when)
    assert due(replace(seen(), news=(fact,)), before()) is opens


def test_one_symbol_that_stirs_opens_it_for_all():
    quiet, loud = seen(), seen("ETH/USDT:USDT")
    last = {quiet.symbol: before(), loud.symbol: before(moved=2)}
    assert is_due([quiet, loud], asked(quiet, loud), last)
    assert not is_due([quiet], asked(quiet), last)


def test_what_is_remembered_is_the_close_and_its_price():
    now = seen()
    assert asked_now(now, asked(now)[0]) == Asked(NOON, float(now.frame.close[-1]))
    assert closed_at(replace(now, as_of=NOON + timedelta(minutes=7))) == NOON


def walks(symbols=10, hours=700, correlation=0.7, seed=5):
    """Hourly closes of coins that move together."""
    random = np.random.default_rng(seed)
    together, alone = random.normal(size=(hours, 1)), random.normal(size=(hours, symbols))
    steps = np.sqrt(correlation) * together + np.sqrt(1 - correlation) * alone
    return 1_000 * np.exp(np.cumsum(0.006 * steps, axis=0))


def share_asked(closes, gate=GATE, warm=300):
    last, times = {}, 0
    for row in range(warm, len(closes)):
        end = NOON + row * HOUR
        snapshots = [
            MarketSnapshot(
                instrument(symbol=f"C{n}/USDT:USDT"),
                end,
                frame(closes[row - warm : row, n], end=end, reach=2.5),
                Origin.SYNTHETIC,
            )
            for n in range(closes.shape[1])
        ]
        questions = asked(*snapshots)
        if is_due(snapshots, questions, last, gate):
            times += 1
            last = {s.symbol: asked_now(s, q) for s, q in zip(snapshots, questions, strict=True)}
    return times / (len(closes) - warm)


def test_it_skips_a_sensible_part_of_the_closes():
    one, ten = walks(symbols=1), walks()
    assert 0.25 < share_asked(one) < 0.55
    assert 0.45 < share_asked(ten) < 0.80
    assert share_asked(ten, Gate(moved=0.0)) == 1.0
    assert share_asked(one, Gate(moved=99.0)) == pytest.approx(1 / 6, abs=0.01)
