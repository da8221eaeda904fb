"""The world's candles: what runs, what closes, and what is made of them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.venues.generated import NOON, world
from tests.venues.recorded import recorded
from tests.venues.series import (
    CLOSE,
    DAY,
    HIGH,
    LOW,
    MINUTE,
    OPEN,
    TIME,
    VOLUME,
    WEEK,
    coarser,
    opens_at,
)
from tests.venues.world import HOUR

MARKET = Path(__file__).parents[3] / "shared" / "market"
WIDTHS = (MINUTE, 5 * MINUTE, HOUR, 4 * HOUR, DAY)


def test_weeks_begin_on_mondays_and_days_at_midnight():
    monday = 1_767_571_200_000  # 2026-01-05
    assert opens_at(monday, WEEK) == monday
    assert opens_at(monday - 1, WEEK) == monday - WEEK
    assert opens_at(NOON, DAY) == NOON - 12 * HOUR


@given(st.sampled_from(WIDTHS), st.integers(0, 2 * 1440 * 60_000))
def test_the_running_candle_is_the_last_of_all_candles(width, ago):
    series = world(("BTC",), ahead=5)["BTC"].series
    now = NOON - ago + 3 * MINUTE
    row = series.running(width, now)
    assert row == pytest.approx(series.bars(width, now - DAY, now + 1, now)[-1])


@given(st.integers(0, MINUTE - 1))
def test_a_recorded_candle_grows_to_what_it_became(passed):
    series = world(("BTC",), ahead=2)["BTC"].series
    row, whole = series.last(NOON + passed), series.last(NOON + MINUTE - 1)
    assert row[TIME] == whole[TIME] == NOON
    assert row[OPEN] == whole[OPEN]
    assert whole[LOW] - 1e-6 <= row[LOW] <= row[CLOSE] <= row[HIGH] <= whole[HIGH] + 1e-6
    assert row[VOLUME] <= whole[VOLUME]


def test_a_trade_ends_the_recording_and_moves_the_candle_that_runs():
    made = world(("BTC",), ahead=5)
    series = made["BTC"].series
    before = series.last(NOON).copy()
    made.trade("BTC", 1_000_000.0, 2.0)
    row = series.last(NOON)
    assert (row[CLOSE], row[HIGH], row[LOW]) == (1_000_000, 1_000_000, before[LOW])
    assert row[VOLUME] == before[VOLUME] + 2
    assert series.until(NOON + 5 * MINUTE) == series.until(NOON)


def test_minutes_without_trades_are_flat_and_without_volume():
    series = world(("BTC",))["BTC"].series
    close = series.rows[-1, CLOSE]
    series.carry(NOON + 3 * MINUTE)
    rows = series.between(NOON + MINUTE, NOON + 4 * MINUTE, NOON + 3 * MINUTE)
    assert rows[:, TIME].tolist() == [NOON + n * MINUTE for n in (1, 2, 3)]
    assert (rows[:, OPEN:VOLUME] == close).all()
    assert not rows[:, VOLUME].any()


@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=60, unique=True))
def test_coarse_candles_lose_no_volume_even_over_gaps(minutes):
    times = np.sort(np.array(minutes)) * MINUTE
    prices = 100 + np.arange(len(times))[:, None] * np.ones((1, 4))
    rows = np.column_stack((times, prices, np.ones(len(times))))
    hours = coarser(rows, HOUR)
    assert hours[:, VOLUME].sum() == len(times)
    assert (np.diff(hours[:, TIME]) > 0).all()
    assert (hours[-1, CLOSE], hours[0, OPEN]) == (prices[-1, 0], prices[0, 0])


@pytest.mark.real
@pytest.mark.skipif(not MARKET.exists(), reason="no recorded market beside the checkout")
def test_an_hour_of_the_recorded_cascade_is_the_hour_that_was():
    file = MARKET / "1m" / "BTCUSDT_1m_2025-10-10_cascade_2059-2200.csv"
    lived = recorded({"BTC": file})["BTC"].series
    start = opens_at(int(lived.rows[-1, TIME]), HOUR) - HOUR
    (hour,) = lived.bars(HOUR, start, start + HOUR, start + 2 * HOUR)
    assert hour[VOLUME] == pytest.approx(131_850.219)
