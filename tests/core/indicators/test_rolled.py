"""Columns over a window: their formulas longhand, and what they say where there is no answer."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.market import CandleFrame, Timeframe
from core.indicators import rolled
from tests.core.indicators.markets import walk

WALK = walk(100)
LAST = WALK.rows(100 - 24, 100)


def traded(volumes, closes=None, timeframe=Timeframe.H1):
    """Candles with these volumes."""
    close = np.array(closes or [100.0] * len(volumes))
    time = np.arange(len(close), dtype=np.int64) * timeframe.milliseconds
    columns = (close.copy() for _ in range(3))
    return CandleFrame(timeframe, time, *columns, close, np.array(volumes, dtype=np.float64))


def test_vwap_weighs_typical_prices_by_what_was_traded():
    typical = (LAST.high + LAST.low + LAST.close) / 3
    assert rolled.vwap(WALK, 24)[-1] == pytest.approx(np.average(typical, weights=LAST.volume))


def test_on_balance_volume_counts_rises_against_falls():
    frame = traded([1, 2, 4, 8, 16], [10.0, 11.0, 11.0, 9.0, 12.0])
    assert rolled.on_balance(frame, 3).tolist()[3:] == [2 - 8, 16 - 8]
    assert np.isnan(rolled.on_balance(frame, 3)[:3]).all()


def test_the_deviation_of_volume_is_counted_in_its_own_spread():
    expected = (LAST.volume[-1] - LAST.volume.mean()) / LAST.volume.std()
    assert rolled.deviation(WALK.volume, 24)[-1] == pytest.approx(expected)


@pytest.mark.parametrize(("timeframe", "a_year"), [(Timeframe.H1, 8_760), (Timeframe.D1, 365)])
def test_volatility_is_told_for_a_year_of_days_that_never_rest(timeframe, a_year):
    closes = [100 * math.exp(0.01 * (n % 2)) for n in range(10)]
    column = rolled.volatility(traded([1.0] * 10, closes, timeframe), 4)
    assert column[-1] == pytest.approx(0.01 * math.sqrt(a_year))


def test_without_a_trade_there_is_no_average_price():
    assert np.isnan(rolled.vwap(traded([0.0] * 5), 3)).all()


@pytest.mark.parametrize("volume", [0.0, 0.1, 1e9])
def test_volume_that_is_always_the_same_has_no_deviation(volume):
    assert np.isnan(rolled.deviation(traded([volume] * 30).volume, 24)).all()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_frame_shorter_than_the_window_knows_nothing(count):
    frame = traded([1.0] * count)
    for column in (rolled.vwap(frame, 3), rolled.deviation(frame.volume, 3)):
        assert len(column) == count
        assert np.isnan(column).all()


VOLUMES = st.lists(st.floats(0, 1e12), min_size=4, max_size=40)


@given(VOLUMES, VOLUMES)
def test_what_came_before_the_window_leaves_no_trace(before, window):
    """Not even the rounding of a running sum."""
    long, short = traded([*before, *window]), traded(window)
    size = len(window)
    for whole, alone in (
        (rolled.vwap(long, size), rolled.vwap(short, size)),
        (rolled.deviation(long.volume, size), rolled.deviation(short.volume, size)),
    ):
        assert whole[-1] == pytest.approx(alone[-1], rel=1e-12, nan_ok=True)


@given(VOLUMES)
def test_the_average_price_lies_between_lowest_and_highest(volumes):
    frame = traded(volumes, [100.0 + n for n in range(len(volumes))])
    vwap = rolled.vwap(frame, 4)
    known = np.isfinite(vwap)
    assert (vwap[known] >= frame.low[0] - 1e-9).all()
    assert (vwap[known] <= frame.high[-1] + 1e-9).all()
