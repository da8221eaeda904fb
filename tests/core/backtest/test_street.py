"""A recorded street in columns says what the living desk's market says, moment by moment."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backtest.histories import histories
from bot.market.prices import price_at
from core.backtest.street import Street, prices_at, touch
from core.domain.market import Timeframe, exact, from_millis, to_millis
from tests.core.backtest.scenarios.lives import candles, scenes, stamps
from tests.core.backtest.scenarios.stage import HOLE, QUIET, Market, frame, long
from tests.core.paper.builders import BTC, HOUR, START
from tests.core.paper.fakes import FakeClock

SECONDS = st.integers(-3 * 3600, 15 * 3600)
DAYS = 2 * 86_400_000


def street_of(scene):
    return Street(histories(scene.recording(), (BTC,), Timeframe.H1)[BTC])


def living(scene):
    return Market(scene.recording(), scene.contract, FakeClock())


def millis(*hours):
    return np.array([to_millis(START + hour * HOUR) for hour in hours], np.int64)


@given(candles(8), st.lists(SECONDS, min_size=1, max_size=6))
def test_a_price_in_columns_is_the_price_of_the_moment(bars, seconds):
    whole = frame(Timeframe.H1, enumerate((QUIET, *bars)))
    moments = sorted(START + timedelta(seconds=second) for second in seconds)
    told = prices_at(whole, np.array([to_millis(moment) for moment in moments], np.int64))
    for moment, time, price in zip(moments, told.time, told.price, strict=True):
        known = price_at(whole, moment)
        if known is None:
            assert time == -1
        else:
            assert (from_millis(int(time)), exact(price)) == (known.time, known.price)


@pytest.mark.parametrize("bars", [(QUIET, "101 102 100 101", "102 103 101 103")])
def test_prices_at_a_record_s_own_closes_are_the_next_opens(bars):
    whole = frame(Timeframe.H1, enumerate(bars))
    closes = whole.time + Timeframe.H1.milliseconds
    assert prices_at(whole, closes).price.tolist() == [101, 102, 103]


@given(scenes(), st.lists(SECONDS.filter(lambda second: second >= 0), min_size=1, max_size=6))
def test_a_mark_in_columns_is_the_mark_of_the_quote(scene, seconds):
    street, market = street_of(scene), living(scene)
    moments = [START + timedelta(seconds=second) for second in sorted(seconds)]
    columns = street.mark_at(np.array([to_millis(moment) for moment in moments], np.int64))
    for moment, mark in zip(moments, columns, strict=True):
        last = market._last(BTC, moment)
        assert exact(mark) == market._mark(BTC, moment, last).price


@given(scenes())
def test_the_marks_of_a_street_are_those_of_its_bars(scene):
    street, market = street_of(scene), living(scene)
    if street.marks is None:
        assert scene.marks is None or not any(scene.marks)
        return
    for row in range(len(street.time)):
        told, bar = street.marks.candle(row), market._bar(BTC, market.tape(BTC), row)
        mark = replace(bar.mark, volume=told.volume)
        assert told == mark


@given(scenes(), stamps())
def test_funding_falls_into_the_bar_in_which_the_broker_pays_it(scene, funding):
    scene = replace(scene, funding=funding)
    street, market = street_of(scene), living(scene)
    due = [
        (row, stamp.time, stamp.rate, stamp.mark)
        for row in range(len(street.time))
        for stamp in market._bar(BTC, market.tape(BTC), row).funding
        if stamp.rate
    ]
    told = street.stamps
    columns = zip(told.row, told.time, told.rate, told.mark, strict=True)
    assert [
        (row, from_millis(time), exact(rate), exact(mark)) for row, time, rate, mark in columns
    ] == due


def test_without_recorded_marks_the_last_price_is_the_mark():
    street = street_of(long("100 104 99 103", "103 104 102 103"))
    assert street.marks is None
    assert street.mark_at(millis(0, 1, 2)).tolist() == [100, 103, 103]


def test_a_mark_that_is_older_than_the_last_price_gives_way_to_it():
    street = street_of(long(QUIET, "105 105 105 105", marks=("99 99 99 99", HOLE)))
    assert street.mark_at(millis(0, 0.5, 1, 1.5)).tolist() == [99, 99, 99, 105]


@pytest.mark.parametrize(
    ("hours", "volume"),
    [(-1, None), (0, "7"), (0.9, "7"), (1, "8"), (48.9, "8"), (49, None), (60, None)],
)
def test_the_last_volume_is_remembered_for_two_days(hours, volume):
    bars = (f"{QUIET} 8", *[HOLE] * 70, QUIET)
    street = street_of(long(*bars, before=f"{QUIET} 7"))
    told = street.volume_before(to_millis(START + hours * HOUR), DAYS)
    assert told == (None if volume is None else Decimal(volume))


def test_a_street_knows_when_its_bars_have_closed():
    street = street_of(long(QUIET, HOLE, QUIET))
    closes = [to_millis(START + hours * HOUR) for hours in (0, 1, 3)]
    assert [street.close_time(row) for row in range(3)] == closes
    assert [street.closed_by(close - 1) for close in closes] == [0, 1, 2]
    assert [street.closed_by(close) for close in closes] == [1, 2, 3]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(990, 999)), min_size=1, max_size=700),
    st.integers(0, 700),
    st.integers(0, 700),
)
def test_a_touch_is_the_first_row_that_leaves_the_levels(ranges, row, stop):
    stop = min(stop, len(ranges))
    row = min(row, stop)
    whole = frame(Timeframe.M1, enumerate(f"500 {high} {low} 500" for low, high in ranges))
    beyond = (n for n in range(row, stop) if ranges[n][0] == 0 or ranges[n][1] == 999)
    assert touch(whole, row, stop, 0, 999) == next(beyond, stop)


def test_a_touch_is_found_far_away():
    bars = ["500 500 500 500"] * 9_000
    bars[8_500] = "500 500 1 500"
    whole = frame(Timeframe.M1, enumerate(bars))
    assert touch(whole, 10, 9_000, 1, 999) == 8_500
    assert touch(whole, 10, 8_500, 1, 999) == 8_500
    assert touch(whole, 8_501, 9_000, 1, 999) == 9_000
