"""What a person is told about a market: its price, a day's change, what stands out."""

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from core.chart import ReadChart, Remark, Trend, day_change, remarks, trend
from core.domain.market import Timeframe
from core.errors import NoCandles, NoMarketData, UnknownSymbol
from core.indicators import Readings, indicators
from tests.builders import NOON, SYMBOL
from tests.core.indicators.markets import walk
from tests.fakes import FakeClock, FakeMarket, frame

UNKNOWN = Readings(**dict.fromkeys([field.name for field in fields(Readings)]))
HOUR = timedelta(hours=1)
RISING = frame(np.linspace(60_000, 64_000, 100))


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def market(clock):
    return FakeMarket(clock, {SYMBOL: RISING})


@pytest.fixture
def read_chart(market):
    return ReadChart(market, market)


async def test_the_price_is_the_quotes_and_the_columns_are_the_candles(market, read_chart):
    market.says(SYMBOL, 65_000)
    facts = await read_chart(SYMBOL, Timeframe.H1)
    assert (facts.price, facts.priced_at) == (Decimal(65_000), NOON)
    assert np.array_equal(facts.columns.rsi, indicators(RISING).rsi, equal_nan=True)
    assert facts.readings.middle == pytest.approx(RISING.close[-20:].mean())


async def test_a_days_change_is_against_the_close_a_day_ago(market, read_chart):
    market.says(SYMBOL, 65_000)
    facts = await read_chart(SYMBOL, Timeframe.H1)
    assert float(facts.change) == pytest.approx(65_000 / RISING.close[-25] - 1)


async def test_without_a_quote_the_last_close_is_told_with_its_time(market, read_chart):
    class Silent:
        async def quote(self, symbol):
            raise NoMarketData(symbol=symbol)

    market.clock.advance(minutes=20)
    facts = await replace(read_chart, quotes=Silent())(SYMBOL, Timeframe.H1)
    assert (facts.price, facts.priced_at) == (Decimal(64_000), NOON)


class Shelves(FakeMarket):
    """A market with several timeframes of one symbol."""

    def __init__(self, clock, frames):
        super().__init__(clock, {SYMBOL: frames[0]})
        self.shelves = [FakeMarket(clock, {SYMBOL: frame}) for frame in frames]

    async def snapshots(self, symbols, timeframe):
        found = [await shelf.snapshots(symbols, timeframe) for shelf in self.shelves]
        return next((snapshots for snapshots in found if snapshots), ())


@pytest.mark.parametrize("timeframe", [Timeframe.D1, Timeframe.M5])
async def test_the_change_is_told_from_hours_whatever_is_shown(clock, timeframe):
    other = frame(np.full(50, 64_000.0), timeframe=timeframe)
    market = Shelves(clock, [other, RISING])
    facts = await ReadChart(market, market)(SYMBOL, timeframe)
    assert facts.snapshot.frame.timeframe is timeframe
    assert float(facts.change) == pytest.approx(64_000 / RISING.close[-25] - 1)


async def test_from_days_alone_the_change_over_24_hours_is_not_known(clock):
    daily = frame([60_000.0, 61_000.0, 62_000.0], timeframe=Timeframe.D1)
    market = FakeMarket(clock, {SYMBOL: daily})
    assert (await ReadChart(market, market)(SYMBOL, Timeframe.D1)).change is None


@pytest.mark.parametrize(("hours", "known"), [(24, False), (25, True), (90, True)])
def test_a_change_needs_a_close_a_day_ago(hours, known):
    assert (day_change(frame([100.0] * hours), Decimal(101), NOON) is not None) is known


def test_a_change_is_unknown_where_the_candles_of_a_day_ago_are_missing():
    whole = frame([100.0] * 48)
    torn = replace(
        whole,
        **{
            name: np.delete(getattr(whole, name), [21, 22, 23])
            for name in ("time", "open", "high", "low", "close", "volume")
        },
    )
    assert day_change(torn, Decimal(101), NOON) is None


async def test_what_is_not_there_is_said(read_chart):
    with pytest.raises(NoCandles, match="symbol BTC, timeframe 4h"):
        await read_chart(SYMBOL, Timeframe.H4)
    with pytest.raises(UnknownSymbol):
        await read_chart("XRP/USDT:USDT", Timeframe.H1)


def test_a_trend_is_price_above_fast_above_slow_or_the_other_way_round():
    up = replace(UNKNOWN, ema_fast=110.0, ema_slow=100.0)
    assert trend(up, 120) is Trend.UP
    assert trend(up, 105) is Trend.MIXED
    assert trend(replace(UNKNOWN, ema_fast=100.0, ema_slow=110.0), 90) is Trend.DOWN
    assert trend(UNKNOWN, 90) is None


@pytest.mark.parametrize(
    ("seen", "price", "remark"),
    [
        ({"adx": 25.0}, 100, Remark.STRONG),
        ({"rsi": 70.0}, 100, Remark.OVERBOUGHT),
        ({"rsi": 30.0}, 100, Remark.OVERSOLD),
        ({"upper": 99.0}, 100, Remark.ABOVE_BAND),
        ({"lower": 101.0}, 100, Remark.BELOW_BAND),
        ({"volume_z": 2.0}, 100, Remark.BUSY),
        ({"volume_z": -1.5}, 100, Remark.QUIET),
    ],
)
def test_what_is_out_of_the_ordinary_is_remarked(seen, price, remark):
    assert remarks(replace(UNKNOWN, **seen), price) == (remark,)


def test_of_what_is_unknown_or_ordinary_nothing_is_said():
    ordinary = {"adx": 20.0, "rsi": 50.0, "upper": 101.0, "lower": 99.0, "volume_z": 0.3}
    assert remarks(UNKNOWN, 100) == remarks(replace(UNKNOWN, **ordinary), 100) == ()


async def test_with_a_long_past_every_reading_is_known(clock):
    market = FakeMarket(clock, {SYMBOL: walk(3_000)})
    clock.moment = clock.moment.replace(year=2030)
    facts = await ReadChart(market, market)(SYMBOL, Timeframe.H1)
    assert None not in {getattr(facts.readings, field.name) for field in fields(Readings)}
