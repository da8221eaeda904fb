"""After an hour of more than five percent nobody enters for four hours."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from core.domain.market import CandleFrame, Timeframe
from core.risk.shock import shock_until
from tests.builders import NOON
from tests.fakes import frame

REST = timedelta(hours=4)


def candles(timeframe: Timeframe, rows: int, **ranges: float) -> CandleFrame:
    """Candles at 100; `last3=6` gives the third from the end a range of six, and so on."""
    calm = frame([100.0] * rows, timeframe)
    high = calm.high.copy()
    for name, extent in ranges.items():
        high[-int(name.removeprefix("last"))] += extent
    return replace(calm, high=high)


def test_a_calm_market_and_an_empty_one_have_had_no_shock():
    assert shock_until(candles(Timeframe.H1, 20)) is None
    assert shock_until(candles(Timeframe.H1, 0)) is None
    assert shock_until(candles(Timeframe.M15, 3, last1=50)) is None


@pytest.mark.parametrize(("extent", "shocked"), [(5.0, False), (5.1, True)])
def test_an_hour_may_move_five_percent_and_no_more(extent, shocked):
    assert (shock_until(candles(Timeframe.H1, 20, last1=extent)) is not None) is shocked


@pytest.mark.parametrize("ago", [1, 2, 6])
def test_four_hours_count_from_the_close_of_the_candle_that_jumped(ago):
    until = shock_until(candles(Timeframe.H1, 20, **{f"last{ago}": 6}))

    assert until == NOON - timedelta(hours=ago - 1) + REST


def test_the_last_shock_counts_and_old_ones_are_over():
    assert shock_until(candles(Timeframe.H1, 20, last3=9, last2=6)) == (
        NOON - timedelta(hours=1) + REST
    )
    assert shock_until(candles(Timeframe.H1, 20, last7=50)) is None


def test_a_fall_is_a_shock_like_a_rise():
    calm = frame([100.0] * 20)

    assert shock_until(replace(calm, low=calm.low - 6)) == NOON + REST


def test_quarters_of_an_hour_are_taken_together():
    calm = frame([100.0] * 20, Timeframe.M15)
    high, low = calm.high.copy(), calm.low.copy()
    high[-4] += 3
    low[-1] -= 3

    assert shock_until(replace(calm, high=high, low=low)) == NOON + REST


def test_quarters_more_than_an_hour_apart_are_not():
    calm = frame([100.0] * 20, Timeframe.M15)
    high, low = calm.high.copy(), calm.low.copy()
    high[-5] += 3
    low[-1] -= 3

    assert shock_until(replace(calm, high=high, low=low)) is None


@pytest.mark.parametrize(
    ("timeframe", "calm", "jump"),
    [(Timeframe.H4, 9.9, 10.1), (Timeframe.D1, 24.4, 24.6)],
)
def test_longer_candles_may_move_by_the_square_root_of_their_length(timeframe, calm, jump):
    assert shock_until(candles(timeframe, 20, last1=calm)) is None
    assert shock_until(candles(timeframe, 20, last1=jump)) == NOON + REST


def test_the_range_is_measured_from_the_hour_s_open():
    rows = 20
    calm = frame([100.0] * rows)
    opened = np.full(rows, 100.0)
    opened[-1] = 90.0

    assert shock_until(replace(calm, open=opened, high=calm.high + 4.8)) == NOON + REST
