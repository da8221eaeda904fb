"""A backtest and a living desk over the same files see the same."""

import numpy as np
import pytest

from bot.backtest.histories import histories
from bot.errors import NoSuchMarket
from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.playback import Wish, playback
from bot.market.recording import Recording
from core.domain.market import Origin, Timeframe, from_millis
from tests.bot.market.tables import BTC, ETH, at, frame, funding, recording

MINUTES = frame([100.0 + n % 7 for n in range(48 * 60)], Timeframe.M1)
HOURS = frame([100.0 + n for n in range(48)])
LATE_MINUTES = frame([140.0] * 60, Timeframe.M1, at(40))
MARKS = frame([200.0 + n for n in range(48)])
RATES = funding((8, 0.0001), (16, -0.0003), (24, 0.0002))
RECORDS = {
    "hours alone": recording(HOURS),
    "with marks and funding": recording(HOURS, MARKS, RATES),
    "minutes as long as the hours": Recording(
        Origin.RECORDED, {BTC: {Timeframe.M1: MINUTES, Timeframe.H1: HOURS}}
    ),
    "minutes for the last hour only": Recording(
        Origin.RECORDED, {BTC: {Timeframe.M1: LATE_MINUTES, Timeframe.H1: HOURS}}
    ),
    "minutes with marks in hours": recording(MINUTES, MARKS, RATES),
    "an unknown coin": recording(HOURS, symbol="NEW/USDT:USDT"),
    "synthetic": playback(Wish(symbols=(BTC, ETH), days=3)).recording,
}


def living(record, hours=48):
    return RecordedMarket(record, SteppedClock(at(hours)))


def same(one, other):
    assert one.timeframe is other.timeframe
    for name in ("time", "open", "high", "low", "close", "volume"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("timeframe", [Timeframe.H1, Timeframe.H4])
def test_contract_candles_and_tape_are_those_of_the_living_market(record, timeframe):
    market = living(record)
    seen = histories(record, record.symbols, timeframe)
    assert tuple(seen) == market.symbols
    for symbol, history in seen.items():
        assert history.instrument == market.instrument(symbol)
        same(history.frame, market.frame(symbol, timeframe))
        same(history.tape, market.tape(symbol))


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
async def test_marks_and_funding_are_those_that_the_living_bars_carry(record):
    for symbol, history in histories(record, record.symbols, Timeframe.H1).items():
        first, last = (history.tape.candle(row).open_time for row in (0, -1))
        bars = await RecordedMarket(record, SteppedClock(last)).bars(symbol, first, last)
        marked = dict(marks_of(history))
        for bar in bars:
            assert bar.mark == marked.get(bar.candle.open_time, bar.candle)
        paid = [(stamp.time, float(stamp.rate)) for bar in bars for stamp in bar.funding]
        assert paid == [due for due in dues_of(history) if first < due[0] <= last]


def marks_of(history):
    candles = [history.mark.candle(row) for row in range(len(history.mark or ()))]
    return [(candle.open_time, candle) for candle in candles]


def dues_of(history):
    due = zip(history.funding.time.tolist(), history.funding.rate.tolist(), strict=True)
    return [(from_millis(time), rate) for time, rate in due]


def test_nothing_is_copied():
    history = histories(RECORDS["with marks and funding"], [BTC], Timeframe.H1)[BTC]
    assert np.shares_memory(history.frame.close, HOURS.close)
    assert np.shares_memory(history.mark.close, MARKS.close)
    assert np.shares_memory(history.funding.rate, RATES.rate)


def test_the_symbols_keep_the_order_in_which_they_were_asked_for():
    record = RECORDS["synthetic"]
    assert list(histories(record, [ETH, BTC, ETH], Timeframe.H1)) == [ETH, BTC]


def test_a_symbol_that_is_not_recorded_is_no_market():
    with pytest.raises(NoSuchMarket, match="no candles of ETH/USDT:USDT"):
        histories(recording(HOURS), [ETH], Timeframe.H1)


def test_candles_that_are_too_long_are_no_market():
    with pytest.raises(NoSuchMarket, match="fine enough for 5m"):
        histories(recording(HOURS), [BTC], Timeframe.M5)


def test_a_desk_never_looks_more_often_than_its_orders_live():
    record = RECORDS["minutes for the last hour only"]
    with pytest.raises(NoSuchMarket, match="in 1h candles, too long for 5m"):
        histories(record, [BTC], Timeframe.M5)
