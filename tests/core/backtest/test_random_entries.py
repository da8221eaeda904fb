"""Random entries: the same trades at other times, at the same costs."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.history import Funding
from core.backtest.random_entries import random_entries
from core.domain.market import to_millis
from core.domain.trade import Exit
from core.domain.trading import Side
from core.paper.costs import Costs
from tests.builders import SYMBOL, plan
from tests.core.backtest.runs import HOUR, NEW_YEAR, closed, frame, history, run, steady

FREE = Costs(slippage=Decimal(0))
OTHER = "ETH/USDT:USDT"
RISING = {SYMBOL: history(frame([101, 102.01, 103.0301, 104.060401], first=100))}


def hourly(trades, costs=FREE, rows=5):
    return run(steady(*[1000] * rows, step=HOUR), trades, costs=costs)


def bought(held=HOUR, fees=0, side=Side.BUY, symbol=SYMBOL, **changed):
    return closed(5, held=held, plan=plan(side=side, symbol=symbol), fees=Decimal(fees), **changed)


def test_where_every_hour_is_alike_so_is_every_entry():
    assert random_entries(hourly([bought()]), RISING, 1, rounds=9) == pytest.approx([0.1] * 9)


def test_a_longer_hold_earns_longer():
    twice = random_entries(hourly([bought(2 * HOUR)]), RISING, 1)
    assert twice == pytest.approx([0.201] * 200)


def test_a_short_loses_what_a_long_wins():
    sold = random_entries(hourly([bought(side=Side.SELL)]), RISING, 1)
    assert sold == pytest.approx([-0.1] * 200)


def test_a_trade_within_one_candle_lives_one():
    assert random_entries(hourly([bought(HOUR / 4)]), RISING, 1)[0] == pytest.approx(0.1)


def test_a_trade_longer_than_the_run_lives_all_of_it():
    assert random_entries(hourly([bought(90 * HOUR)]), RISING, 1)[0] == pytest.approx(0.4060401)


def test_fees_are_the_trades_own():
    paid = random_entries(hourly([bought(fees=7)]), RISING, 1)
    assert paid == pytest.approx([0.093] * 200)


def test_both_ends_slip_but_a_target_rests():
    costs = Costs(slippage=Decimal("0.01"))
    stopped = random_entries(hourly([bought()], costs), RISING, 1)[0]
    rested = random_entries(hourly([bought(way=Exit.TARGET)], costs), RISING, 1)[0]
    assert stopped == pytest.approx(10 * (1.01 * 0.99 / 1.01 - 1))
    assert rested == pytest.approx(10 * (1.01 / 1.01 - 1))


def test_funding_is_paid_from_the_open_to_the_close_both_included():
    stamps = np.array([to_millis(NEW_YEAR + hours * HOUR) for hours in (0, 1, 9)])
    funding = Funding(stamps, np.array([0.001, 0.002, 0.5]))
    flat = {SYMBOL: history(frame([100], first=100), funding=funding)}
    assert random_entries(hourly([bought()], rows=2), flat, 1)[0] == pytest.approx(-0.03)


def test_nothing_outside_the_run_is_traded():
    wild = history(frame([9, 900, 900, 900, 9], start=NEW_YEAR - 2 * HOUR))
    inside = random_entries(hourly([bought()], rows=3), {SYMBOL: wild}, 1)
    assert inside == pytest.approx([0.0] * 200)


def test_symbols_add_up():
    both = {**RISING, OTHER: history(frame([110] * 4, first=110), symbol=OTHER)}
    lived = hourly([bought(), bought(), bought(symbol=OTHER)])
    assert random_entries(lived, both, 1)[0] == pytest.approx(0.2)


def test_without_trades_nothing_is_made():
    assert random_entries(hourly([]), {}, 1, rounds=3).tolist() == [0, 0, 0]


@given(st.integers(0, 2**32 - 1))
def test_a_seed_says_it_all(seed):
    walk = {SYMBOL: history(frame([100, 90, 130, 80, 120, 95, 140]))}
    lived = hourly([bought(), bought(2 * HOUR)], rows=8)
    one = random_entries(lived, walk, seed, rounds=20)
    assert one.tolist() == random_entries(lived, walk, seed, rounds=20).tolist()
    assert len(set(one)) > 1
