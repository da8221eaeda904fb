"""What is typed behind /backtest, in any order, and what is said to what cannot be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.record import Kind
from core.backtest.request import Request
from core.domain.market import Timeframe
from core.errors import BadArgument, UnknownSymbol
from core.owner import opening_settings
from handlers.asking import MOST_TRIALS, TRIALS, read, told, trials_of, usual
from tests.builders import Offer

BTC, ETH, PEPE = "BTC/USDT:USDT", "ETH/USDT:USDT", "1000PEPE/USDT:USDT"
CHOICES = Offer((BTC, ETH, PEPE), (Timeframe.M15, Timeframe.H1, Timeframe.H4, Timeframe.D1))
SETTINGS = opening_settings((BTC, ETH), Timeframe.H1)


def asked(text, kind=Kind.BACKTEST):
    return read(kind, text, SETTINGS, CHOICES)


def test_nothing_typed_is_the_account_as_it_trades():
    assert asked("") == usual(Kind.BACKTEST, SETTINGS)
    assert asked("") == Request(
        kind=Kind.BACKTEST, symbols=(BTC, ETH), timeframe=Timeframe.H1, days=90
    )


@pytest.mark.parametrize("text", ["btc 30d 4h", "4H 30D BTC", "30d,4h,BTC/USDT", "btcusdt 4h 30d"])
def test_words_come_in_any_order_and_spelling(text):
    assert asked(text) == Request(
        kind=Kind.BACKTEST, symbols=(BTC,), timeframe=Timeframe.H4, days=30
    )


@pytest.mark.parametrize(
    ("word", "days"), [("30d", 30), ("26w", 182), ("1y", 365), ("2y", 730), ("all", None)]
)
def test_a_length_is_days_weeks_years_or_all(word, days):
    assert asked(word).days == days


def test_a_day_is_a_timeframe_and_not_a_length():
    assert (asked("1d").timeframe, asked("1d").days) == (Timeframe.D1, 90)


def test_two_dates_are_a_stretch():
    request = asked("2024-01-01 2024-03-31")
    assert (request.first, request.last) == (date(2024, 1, 1), date(2024, 3, 31))
    assert (request.days, request.length) == (None, 91)


def test_a_search_counts_its_sets():
    assert asked("", Kind.OPTIMIZE).trials == TRIALS[Kind.OPTIMIZE] == 100
    assert asked("250 btc", Kind.OPTIMIZE).trials == 250
    assert trials_of(told(asked("250 btc", Kind.WALKFORWARD))) == 250
    assert trials_of(told(asked("btc"))) == 0


def test_a_coin_may_begin_with_a_number():
    assert asked("1000pepe").symbols == (PEPE,)


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("btc 30x", "30x"),
        ("90d 30d", "30d"),
        ("90d all", "all"),
        ("1h 4h", "4h"),
        ("5m", "5m"),
        ("btc 100", "100"),
        ("0d", "0d"),
        ("99999y", "99999y"),
        ("2024-02-30 2024-03-01", "2024-02-30"),
        ("2024-01-01", "2024-01-01"),
        ("90d 2024-01-01 2024-02-01", "2024-01-01"),
        ("2024-01-01 2024-02-01 2024-03-01", "2024-03-01"),
        ("2024-01-01 2024-02-01 30d", "30d"),
        ("--candles", "--candles"),
        ("<b>1", "&lt;b&gt;1"),
    ],
)
def test_the_word_that_cannot_be_read_is_named(text, echo):
    with pytest.raises(BadArgument) as refused:
        asked(text)
    assert (refused.value.usage, refused.value.numbers["text"]) == ("usage.backtest", echo)


@pytest.mark.parametrize("text", ["0", str(MOST_TRIALS + 1), "10 20"])
def test_so_many_sets_are_not_tried(text):
    with pytest.raises(BadArgument) as refused:
        asked(text, Kind.OPTIMIZE)
    assert refused.value.usage == "usage.optimize"


def test_dates_the_wrong_way_round():
    with pytest.raises(BadArgument) as refused:
        asked("2024-03-01 2024-01-01")
    assert refused.value.usage == "usage.backtest_order"


def test_a_coin_of_another_market_is_said_with_those_there_are():
    with pytest.raises(UnknownSymbol) as refused:
        asked("doge 90d")
    assert refused.value.numbers == {"symbol": "doge", "known": "BTC, ETH, 1000PEPE"}


DATES = st.dates(date(1970, 1, 1), date(2199, 1, 1))


@given(
    kind=st.sampled_from(Kind),
    symbols=st.lists(st.sampled_from(CHOICES.symbols), min_size=1, unique=True).map(tuple),
    timeframe=st.sampled_from(CHOICES.timeframes),
    days=st.one_of(st.none(), st.integers(2, 36_500)),
    dates=st.one_of(st.none(), st.lists(DATES, min_size=2, max_size=2)),
    trials=st.integers(1, MOST_TRIALS),
)
def test_what_is_told_asks_for_the_same(kind, symbols, timeframe, days, dates, trials):
    first, last = sorted(dates) if dates else (None, None)
    request = Request(
        kind=kind,
        symbols=symbols,
        timeframe=timeframe,
        days=None if dates else days,
        first=first,
        last=last,
        trials=trials if kind is not Kind.BACKTEST else 0,
    )
    assert read(kind, told(request), SETTINGS, CHOICES) == request
