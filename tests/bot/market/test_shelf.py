"""Longer candles are made of whole sets of shorter ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.market.shelf import Shelf, longest, resample
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC, HOUR, at, frame, without


def test_four_quarters_make_an_hour():
    quarters = frame([10, 20, 5, 8], Timeframe.M15)
    candle = resample(quarters, Timeframe.H1).candle(0)
    assert (candle.open, candle.high, candle.low, candle.close, candle.volume) == (10, 22, 3, 9, 4)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 95), max_size=20), st.integers(0, 3))
def test_only_whole_buckets_become_candles(missing, first):
    quarters = without(
        frame([100.0 + n for n in range(96)], Timeframe.M15, at(first / 4)), *missing
    )
    hours = resample(quarters, Timeframe.H1)

    present = set(quarters.time.tolist())
    whole = [
        time
        for time in range(int(at(0).timestamp()) * 1000, max(present), HOUR)
        if all(time + n * 900_000 in present for n in range(4))
    ]
    assert hours.time.tolist() == whole
    for row, time in enumerate(whole):
        inside = (quarters.time >= time) & (quarters.time < time + HOUR)
        assert hours.high[row] == quarters.high[inside].max()
        assert hours.low[row] == quarters.low[inside].min()
        assert hours.open[row] == quarters.open[inside][0]
        assert hours.close[row] == quarters.close[inside][-1]


def test_nothing_whole_makes_an_empty_frame():
    assert len(resample(frame([1, 2, 3], Timeframe.M15), Timeframe.H1)) == 0
    empty = resample(frame([], Timeframe.M15), Timeframe.H1)
    assert len(resample(empty, Timeframe.D1)) == 0


def test_candles_are_never_cut_into_shorter_ones():
    with pytest.raises(ValueError, match="1h candles do not make up 15m candles"):
        resample(frame([1, 2]), Timeframe.M15)
    assert Shelf({BTC: {Timeframe.H1: frame([1, 2])}}).frame(BTC, Timeframe.M15) is None


def test_what_is_resampled_is_resampled_once():
    shelf = Shelf({BTC: {Timeframe.H1: frame(range(1, 9))}})
    four = shelf.frame(BTC, Timeframe.H4)
    assert four is not None
    assert len(four) == 2
    assert shelf.frame(BTC, Timeframe.H4) is four


def test_a_recorded_timeframe_is_preferred_to_a_resampled_one():
    hours, quarters = frame([1, 2, 3]), frame([9] * 12, Timeframe.M15)
    shelf = Shelf({BTC: {Timeframe.M15: quarters, Timeframe.H1: hours}})
    assert shelf.frame(BTC, Timeframe.H1) is hours


def test_the_tape_is_the_finest_record_that_covers_the_most():
    hours, quarters = frame([5.0] * 48), frame([5.0] * 190, Timeframe.M15)
    minutes = frame([5.0] * 60, Timeframe.M1)
    frames = {one.timeframe: one for one in (hours, quarters, minutes)}
    assert longest(frames) is quarters
    assert np.array_equal(Shelf({BTC: frames}).longest(BTC).time, quarters.time)
