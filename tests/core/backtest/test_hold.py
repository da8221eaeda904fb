"""Buying and holding, against sums done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.hold import hold_curve
from tests.builders import SYMBOL
from tests.core.backtest.runs import DAY, HOUR, NEW_YEAR, frame, history, run, steady

OTHER = "ETH/USDT:USDT"
PRICES = st.lists(st.floats(1, 1e5), min_size=6, max_size=6)


def hourly(rows, symbols=(SYMBOL,)):
    return run(steady(*[1000] * rows, step=HOUR), symbols=symbols)


def test_it_buys_at_the_first_open_and_is_worth_every_close():
    held = hold_curve(hourly(4), {SYMBOL: history(frame([110, 90, 120], first=100))})
    assert held == pytest.approx([1000, 1100, 900, 1200])


def test_the_warm_up_is_not_held():
    warm = history(frame([50, 100, 150], start=NEW_YEAR - 2 * HOUR))
    assert hold_curve(hourly(2), {SYMBOL: warm}) == pytest.approx([1000, 1500])


def test_several_symbols_get_equal_parts():
    both = {
        SYMBOL: history(frame([200], first=100)),
        OTHER: history(frame([5], first=10), symbol=OTHER),
    }
    held = hold_curve(hourly(2, (SYMBOL, OTHER)), both)
    assert held == pytest.approx([1000, 1250])


def test_a_symbol_listed_later_is_cash_until_then():
    late = history(frame([30, 60], start=NEW_YEAR + HOUR, first=20))
    assert hold_curve(hourly(4), {SYMBOL: late}) == pytest.approx([1000, 1000, 1500, 3000])


@pytest.mark.parametrize("start", [NEW_YEAR - DAY, NEW_YEAR + DAY])
def test_a_symbol_that_is_only_listed_at_other_times_stays_cash(start):
    other = history(frame([30, 60], start=start))
    assert hold_curve(hourly(2), {SYMBOL: other}) == pytest.approx([1000, 1000])


def test_a_hole_keeps_the_last_close():
    whole = frame([110, 120, 130], first=100)
    rows = np.array([0, 2])
    holed = type(whole)(
        whole.timeframe, whole.time[rows], whole.open[rows], whole.high[rows],
        whole.low[rows], whole.close[rows], whole.volume[rows],
    )  # fmt: skip
    held = hold_curve(hourly(4), {SYMBOL: history(holed)})
    assert held == pytest.approx([1000, 1100, 1100, 1300])


@pytest.mark.parametrize("symbols", [(), (OTHER,)])
def test_with_nothing_to_buy_equity_stays(symbols):
    held = hold_curve(hourly(2, symbols), {SYMBOL: history(frame([200], first=100))})
    assert list(held) == [1000, 1000]


def test_an_empty_history_stays_cash():
    empty = frame([1, 2]).rows(0, 0)
    assert list(hold_curve(hourly(2), {SYMBOL: history(empty)})) == [1000, 1000]


@given(PRICES, st.floats(0.5, 2))
def test_the_unit_of_the_price_does_not_matter(prices, unit):
    one = hold_curve(hourly(7), {SYMBOL: history(frame(prices))})
    other = hold_curve(hourly(7), {SYMBOL: history(frame([unit * price for price in prices]))})
    assert other == pytest.approx(one)
