"""What people type behind a command."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.market import Timeframe
from core.errors import BadArgument, NoTimeframe, UnknownSymbol
from core.owner import opening_settings
from handlers.arguments import (
    MOST_ROWS,
    Span,
    count,
    market,
    shown,
    span,
    symbol,
)
from tests.builders import Offer

KNOWN = ("BTC/USDT:USDT", "1000PEPE/USDT:USDT")
NOW = datetime(2024, 2, 29, 13, 45, tzinfo=UTC)
TYPED = st.text(max_size=60)


@pytest.mark.parametrize(
    "typed", ["1000pepe", "1000PEPEUSDT", "1000pepe/usdt", "1000PEPE/USDT:USDT"]
)
def test_a_symbol_has_many_spellings(typed):
    assert symbol(typed, KNOWN) == "1000PEPE/USDT:USDT"


@pytest.mark.parametrize("typed", ["kpepe", "kPEPE", "KPEPE/USDC", "kPEPE/USDC:USDC"])
def test_a_symbol_with_small_letters_is_found(typed):
    assert symbol(typed, (*KNOWN, "kPEPE/USDC:USDC")) == "kPEPE/USDC:USDC"


def test_a_whole_name_goes_before_a_short_one():
    assert symbol("BTC/USDT", ("BTC/USDT:USDT", "BTC/USDT")) == "BTC/USDT"


def test_a_part_of_a_symbol_is_none():
    with pytest.raises(UnknownSymbol, match="known BTC, 1000PEPE"):
        symbol("pepe", KNOWN)


@settings(max_examples=80, deadline=None)
@given(TYPED)
def test_whatever_is_typed_is_a_symbol_or_refused_in_words(typed):
    try:
        assert symbol(typed, KNOWN) in KNOWN
    except (UnknownSymbol, BadArgument) as refused:
        assert refused.numbers


@pytest.mark.parametrize(
    ("typed", "rows"), [("", 10), ("1", 1), ("50", MOST_ROWS), ("007", 7), ("0" * 8 + "5", 5)]
)
def test_rows_are_counted(typed, rows):
    assert count(typed, "usage.history", 10) == rows


@settings(max_examples=80, deadline=None)
@given(TYPED.filter(bool))
def test_whatever_is_typed_is_a_number_of_rows_or_refused(typed):
    try:
        assert 1 <= count(typed, "usage.history", 10) <= MOST_ROWS
    except BadArgument as refused:
        assert refused.usage == "usage.history"


@pytest.mark.parametrize(
    ("typed", "name", "start"),
    [
        ("", "span.day", datetime(2024, 2, 29, tzinfo=UTC)),
        ("DAY", "span.day", datetime(2024, 2, 29, tzinfo=UTC)),
        (" week ", "span.week", datetime(2024, 2, 26, tzinfo=UTC)),
        ("month", "span.month", datetime(2024, 2, 1, tzinfo=UTC)),
        ("all", "span.all", None),
    ],
)
def test_a_span_has_a_name(typed, name, start):
    assert span(typed, NOW) == Span(name, start, None)


def test_two_dates_are_both_included():
    stretch = span("2024-02-28 2024-02-29", NOW)
    assert (stretch.name, stretch.end - stretch.start) == ("span.range", timedelta(days=2))


@settings(max_examples=80, deadline=None)
@given(st.one_of(TYPED, st.tuples(st.dates(), st.dates()).map(lambda two: f"{two[0]} {two[1]}")))
def test_whatever_is_typed_is_a_span_or_refused(typed):
    try:
        stretch = span(typed, NOW)
    except BadArgument as refused:
        assert refused.usage.startswith("usage.report")
    else:
        assert stretch.end is None or stretch.start < stretch.end


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_what_is_repeated_is_short_one_line_and_harmless(typed):
    said = shown(typed)
    assert "\n" not in said
    assert "<" not in said
    assert ">" not in said
    assert len(said) <= 41 * len("&amp;")


MANY = tuple(
    f"{coin}/USDT:USDT" for coin in ("BTC", "1INCH", "4H", *(f"C{n}X" for n in range(50)))
)
TRADED = opening_settings(("BTC/USDT:USDT",), Timeframe.H1)
CHOICES = Offer(MANY, (Timeframe.H1, Timeframe.H4))


def test_among_many_symbols_those_spelt_alike_are_named():
    with pytest.raises(UnknownSymbol) as refused:
        symbol("1INHC", MANY)
    assert refused.value.numbers["known"] == "1INCH, …"


@pytest.mark.parametrize(
    ("typed", "coin", "frame"),
    [
        ("", "BTC", Timeframe.H1),
        ("1inch", "1INCH", Timeframe.H1),
        ("1H c7x", "C7X", Timeframe.H1),
        ("1inch 1H", "1INCH", Timeframe.H1),
        ("4h", "4H", Timeframe.H1),
        ("1h 4h", "4H", Timeframe.H1),
    ],
)
def test_a_coin_may_be_called_like_a_timeframe(typed, coin, frame):
    assert market(typed, TRADED, CHOICES) == (f"{coin}/USDT:USDT", frame)


@pytest.mark.parametrize("typed", ["2h", "1M", "99d", "BTC 30s"])
def test_a_timeframe_that_is_not_there_is_answered_with_those_that_are(typed):
    with pytest.raises(NoTimeframe, match="known 1h 4h"):
        market(typed, TRADED, CHOICES)


@settings(max_examples=80, deadline=None)
@given(TYPED)
def test_whatever_is_typed_is_a_market_or_refused_in_words(typed):
    try:
        found, frame = market(typed, TRADED, CHOICES)
        assert found in MANY
        assert frame in CHOICES.timeframes
    except (UnknownSymbol, NoTimeframe, BadArgument) as refused:
        assert refused.numbers
