"""Numbers as traders round them, in columns that a telephone does not wrap."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.instrument import Instrument
from handlers.screens import TEXT_LIMIT, pieces, visible_length
from handlers.views import numbers
from tests.builders import instrument
from tests.handlers.views.telephone import CELLS, cells, table


@pytest.mark.parametrize(
    ("value", "money", "signed"),
    [
        ("0", "0.00", "0.00"),
        ("0.004", "0.00", "0.00"),
        ("-0.004", "-0.00", "0.00"),
        ("0.17", "0.17", "+0.17"),
        ("24.94", "24.9", "+24.9"),
        ("-24.96", "-25.0", "-25.0"),
        ("1672.4", "1,672", "+1,672"),
        ("-123456789012.5", "-123,456,789,012", "-123,456,789,012"),
    ],
)
def test_sums_keep_three_or_four_figures(value, money, signed):
    assert numbers.money(Decimal(value)).replace("-0.00", "0.00") == money.replace("-0.00", "0.00")
    assert numbers.signed(Decimal(value)) == signed


@pytest.mark.parametrize(
    ("tick", "value", "shown"),
    [
        ("0.1", "123456.7", "123,456.7"),
        ("0.00000001", "0.00000123", "0.00000123"),
        ("0.0000001", "0.01", "0.0100000"),
        ("1", "64290", "64,290"),
        ("0.5", "64290.5", "64,290.5"),
        ("10", "64290", "64,290"),
    ],
)
def test_a_price_has_the_decimals_of_its_tick(tick, value, shown):
    contract: Instrument = instrument(tick_size=Decimal(tick))
    assert numbers.price(contract, Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.0260", "0.026"), ("1200", "1,200"), ("1E+3", "1,000"), ("987654321", "987,654,321")],
)
def test_an_amount_has_no_trailing_zeros(value, shown):
    assert numbers.amount(Decimal(value)) == shown


def test_shares_ratios_and_multiples():
    assert numbers.percent(Decimal("0.0025")) == "0.25%"
    assert numbers.signed_percent(Decimal("0.0010")) == "+0.10%"
    assert numbers.signed_percent(Decimal("-0.00001")) == "0.00%"
    assert numbers.ratio(Decimal("1.605")) in {"1.60", "1.61"}
    assert numbers.in_r(Decimal("0.64")) == "+0.64R"
    assert numbers.chance(0.435) in {"43%", "44%"}


MONEY = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=8)


@settings(max_examples=60, deadline=None)
@given(MONEY)
def test_sums_are_short_ascii_and_keep_their_sign(value):
    for text in (numbers.money(value), numbers.signed(value), numbers.cents(value)):
        assert text.isascii()
        assert len(text) <= 17
        assert text.startswith("-") <= (value < 0)
    assert ("+" in numbers.signed(value)) <= (value > 0)


@settings(max_examples=40, deadline=None)
@given(MONEY)
def test_a_rounded_sum_is_as_close_as_its_figures_say(value):
    shown = Decimal(numbers.money(value).replace(",", ""))
    assert abs(shown - value) <= max(Decimal("0.005"), abs(value) * Decimal("0.05"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=900), max_size=12
    )
)
def test_pieces_lose_nothing_and_fit(lines):
    text = "\n".join(line.replace("\n", " ").replace("<", "").replace("&", "") for line in lines)
    parts = list(pieces(text))
    assert "\n".join(parts) == text
    assert all(visible_length(part) <= TEXT_LIMIT for part in parts)


FIGURES = st.decimals(-(10**4), 10**4, allow_nan=False, allow_infinity=False, places=1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(FIGURES, FIGURES, st.sampled_from(["entry", "손절", "stop"])), max_size=8)
)
def test_columns_line_up(rows):
    shown = numbers.columns([(f"{a}", f"{b}", word) for a, b, word in rows])
    assert len({line.rfind(" ") for line in table(shown) if line}) <= 1


WORDS = st.sampled_from(["entry", "강제청산", "1000PEPE / USDT", "BTC LONG Exchange closed"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(MONEY, FIGURES, WORDS), max_size=8))
def test_no_row_is_wider_than_a_telephone_and_no_word_is_lost(rows):
    shown = table(numbers.columns([(f"{a:,.2f}", f"{b}", word) for a, b, word in rows]))
    assert all(cells(line) <= CELLS for line in shown)
    assert all(any(line.endswith(word) for line in shown) for _, _, word in rows)
