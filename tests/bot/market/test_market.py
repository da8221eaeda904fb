"""A recorded market answers as it could have at the clock's time."""

import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.recording import Recording
from core.domain.market import CandleFrame, Origin, Timeframe
from core.errors import NoMarketData, UnknownSymbol
from tests.bot.market.tables import BTC, ETH, at, frame, funding, recording, without

HOURS = frame([100.0 + n for n in range(48)])


def market(record: Recording, hours: float, history: int = 3_000) -> RecordedMarket:
    return RecordedMarket(record, SteppedClock(at(hours)), history)


async def test_a_snapshot_shows_closed_candles_only():
    (snapshot,) = await market(recording(HOURS), 5.5).snapshots([BTC], Timeframe.H1)
    assert snapshot.as_of == at(5.5)
    assert snapshot.origin is Origin.RECORDED
    assert snapshot.frame.close.tolist() == [101.0, 102.0, 103.0, 104.0, 105.0]


async def test_a_snapshot_is_the_last_rows_of_the_record_and_no_copy():
    (snapshot,) = await market(recording(HOURS), 40, history=10).snapshots([BTC], Timeframe.H1)
    assert len(snapshot.frame) == 10
    assert np.shares_memory(snapshot.frame.close, HOURS.close)


async def test_longer_candles_are_made_where_they_are_asked_for():
    (snapshot,) = await market(recording(HOURS), 11).snapshots([BTC], Timeframe.H4)
    assert snapshot.frame.open.tolist() == [100.0, 104.0]


async def test_a_symbol_without_closed_candles_is_left_out():
    desk = market(recording(HOURS), 0.5)
    assert await desk.snapshots([BTC], Timeframe.H1) == ()
    assert await market(recording(HOURS), 9).snapshots([BTC], Timeframe.M5) == ()
    with pytest.raises(UnknownSymbol):
        await desk.snapshots([ETH], Timeframe.H1)


async def test_the_price_at_a_close_is_the_next_open():
    quote = await market(recording(HOURS), 7).quote(BTC)
    assert (quote.time, quote.last, quote.mark) == (at(7), Decimal("107.0"), Decimal("107.0"))


async def test_in_a_hole_and_after_the_end_the_last_close_is_told_with_its_age():
    holed = without(HOURS, 7, 8)
    quote = await market(recording(holed), 8.5).quote(BTC)
    assert (quote.time, quote.last) == (at(7), Decimal("107.0"))
    quote = await market(recording(HOURS), 60).quote(BTC)
    assert (quote.time, quote.last) == (at(48), Decimal("148.0"))


async def test_before_the_first_candle_there_is_no_price():
    with pytest.raises(NoMarketData):
        await market(recording(HOURS), -1).quote(BTC)
    with pytest.raises(UnknownSymbol):
        await market(recording(HOURS), 1).quote(ETH)


async def test_the_mark_is_the_recorded_one_as_long_as_it_is_as_fresh_as_the_last_price():
    marks = frame([200.0 + n for n in range(6)])
    assert (await market(recording(HOURS, marks), 5).quote(BTC)).mark == 205
    assert (await market(recording(HOURS, marks), 6).quote(BTC)).mark == 206
    assert (await market(recording(HOURS, marks), 6.5).quote(BTC)).mark == 106
    short = HOURS.rows(0, 6)
    assert (await market(recording(short, marks), 9).quote(BTC)).mark == 206


async def test_marks_coarser_than_the_tape_are_not_used():
    quarters = frame([50.0] * 16, Timeframe.M15)
    assert (await market(recording(quarters, frame([70.0] * 4)), 2).quote(BTC)).mark == 50


async def test_bars_lie_after_one_moment_and_not_after_the_other():
    bars = await market(recording(HOURS), 30).bars(BTC, at(3), at(6))
    assert [bar.close_time for bar in bars] == [at(4), at(5), at(6)]
    assert bars[0].candle == bars[0].mark == HOURS.candle(3)


async def test_bars_stop_at_now():
    bars = await market(recording(HOURS), 5.9).bars(BTC, at(3), at(40))
    assert [bar.close_time for bar in bars] == [at(4), at(5)]


async def test_a_bar_carries_mark_prices_and_the_funding_that_came_due_in_it():
    rates = funding((8, 0.0001), (16, -0.0003))
    marks = without(frame([200.0 + n for n in range(48)]), 8)
    bars = await market(recording(HOURS, marks, rates), 20).bars(BTC, at(0), at(20))

    stamps = {bar.close_time: bar.funding for bar in bars if bar.funding}
    assert set(stamps) == {at(8), at(16)}
    assert (stamps[at(16)][0].rate, stamps[at(16)][0].mark) == (Decimal("-0.0003"), 216)
    assert stamps[at(8)][0].mark == 208
    assert bars[7].mark.open == 207
    assert bars[8].mark == bars[8].candle


async def test_a_daily_bar_holds_three_stamps():
    days = frame([100.0, 110.0], Timeframe.D1)
    rates = funding((0, 1e-4), (8, 2e-4), (16, 3e-4), (24, 4e-4))
    (bar,) = await market(recording(days, rates=rates), 24).bars(BTC, at(0), at(24))
    assert [stamp.time for stamp in bar.funding] == [at(8), at(16), at(24)]
    assert [stamp.mark for stamp in bar.funding] == [100, 100, 110]


@pytest.mark.parametrize(
    ("hours", "rate", "following"),
    [(7, None, None), (8, 0.0001, 16), (17, 0.0002, 24), (25, 0.0002, None), (32, None, None)],
)
async def test_a_snapshot_knows_the_last_funding_and_expects_the_next(hours, rate, following):
    rates = funding((8, 0.0001), (16, 0.0002))
    (snapshot,) = await market(recording(HOURS, rates=rates), hours).snapshots([BTC], Timeframe.H1)
    assert (snapshot.funding and float(snapshot.funding.rate)) == rate
    assert snapshot.next_funding == (following and at(following))


def test_the_market_knows_its_ends_and_its_next_close():
    record = Recording(
        Origin.RECORDED,
        {BTC: {Timeframe.H1: HOURS}, ETH: {Timeframe.H1: frame([9.0] * 4, first=at(46))}},
    )
    desk = market(record, 0)
    assert (desk.first, desk.end, desk.symbols) == (at(0), at(50), (BTC, ETH))
    assert desk.span(ETH) == (at(46), at(50))
    assert desk.next_close(at(3), Timeframe.H1) == at(4)
    assert desk.next_close(at(3.5), Timeframe.H4) == at(4)
    assert desk.next_close(at(49), Timeframe.H1) == at(50)
    assert desk.next_close(at(50), Timeframe.H1) is None
    assert desk.next_close(at(0), Timeframe.M5) is None


def test_nothing_closes_in_a_hole():
    desk = market(recording(without(HOURS, 4, 5)), 0)
    assert desk.next_close(at(4), Timeframe.H1) == at(7)


def test_whole_frames_are_for_those_who_ask_for_them():
    desk = market(recording(HOURS), 1)
    assert desk.tape(BTC) is HOURS
    assert len(desk.frame(BTC, Timeframe.H4)) == 12
    with pytest.raises(NoMarketData):
        desk.frame(BTC, Timeframe.M1)
    with pytest.raises(UnknownSymbol):
        desk.tape(ETH)


async def test_a_market_goes_on_with_a_longer_record():
    desk = market(recording(HOURS.rows(0, 4)), 9)
    assert (await desk.quote(BTC)).time == at(4)
    desk.extend(recording(HOURS))
    assert (await desk.quote(BTC)).time == at(9)


def with_another_future(whole: CandleFrame, now: float, seed: int) -> CandleFrame:
    """What came after `now` is different; of the open candle only the open is the same."""
    random = np.random.default_rng(seed)
    hidden = whole.time + whole.timeframe.milliseconds > at(now).timestamp() * 1000
    opened = whole.time <= at(now).timestamp() * 1000

    def other(column, keep):
        return np.where(keep, column, random.uniform(1, 999, len(column)).round(1))

    return replace(
        whole,
        open=other(whole.open, opened),
        high=other(whole.high, ~hidden),
        low=other(whole.low, ~hidden),
        close=other(whole.close, ~hidden),
        volume=other(whole.volume, ~hidden),
    )


async def answers(record: Recording, now: float):
    desk = market(record, now)
    shown = [await desk.snapshots([BTC], timeframe) for timeframe in (Timeframe.H1, Timeframe.H4)]
    return (
        await desk.quote(BTC),
        [(one.hash, one.next_funding) for snapshots in shown for one in snapshots],
        await desk.bars(BTC, at(0), at(48)),
        desk.instrument(BTC),
    )


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 48), st.integers(0, 1000))
async def test_the_future_has_no_say(now, seed):
    marks = frame([200.0 + n for n in range(48)])
    rates = [(0, 1e-4), (8, 2e-4), (16, 3e-4), (24, 4e-4)]
    other_rates = [*(stamp for stamp in rates if stamp[0] <= now), (now + 1.5, 0.5)]
    other = recording(
        with_another_future(HOURS, now, seed),
        with_another_future(marks, now, seed + 1),
        funding(*other_rates),
    )
    expected = await answers(recording(HOURS, marks, funding(*rates)), now)
    assert await answers(other, now) == expected


async def test_a_snapshot_of_three_thousand_rows_is_quick():
    desk = market(recording(frame([100.0] * 50_000)), 40_000)
    await desk.snapshots([BTC], Timeframe.H1)
    took = []
    for _ in range(20):
        began = time.perf_counter()
        await desk.snapshots([BTC], Timeframe.H1)
        took.append(time.perf_counter() - began)
    assert timedelta(seconds=min(took)) < timedelta(milliseconds=0.5)
