"""What has been seen of a gauge since a moment, and how it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from core.alerts.gauges import GAUGES, Feed
from core.domain.alert import Alert, Look
from core.domain.market import Bar, Timeframe, from_millis, to_millis
from core.domain.snapshot import MarketSnapshot
from core.errors import NoMarketData
from core.ports import Clock, MarketData, Quotes, Tape

PLACES, DIGITS = 6, 9
RECENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class SeeGauges:
    clock: Clock
    market: MarketData
    quotes: Quotes
    tape: Tape

    async def now(self, symbol: str, gauge: str, timeframe: Timeframe) -> Decimal:
        """Raises UnknownSymbol, NoMarketData."""
        feed = GAUGES[gauge].feed
        if feed is Feed.TAPE:
            return (await self.quotes.quote(symbol)).last
        snapshot = await self._snapshot(symbol, timeframe)
        looks = readings(gauge, snapshot, snapshot.as_of - 2 * timeframe.duration)
        if not looks:
            raise NoMarketData(symbol=symbol)
        return looks[-1].last

    async def since(self, alert: Alert, seen: datetime) -> tuple[Look, ...]:
        """What came after `seen`, oldest first. Raises UnknownSymbol, NoMarketData."""
        if GAUGES[alert.gauge].feed is Feed.TAPE:
            return await self._traded(alert.symbol, seen)
        snapshot = await self._snapshot(alert.symbol, alert.timeframe)
        return tuple(readings(alert.gauge, snapshot, seen))

    async def _traded(self, symbol: str, seen: datetime) -> tuple[Look, ...]:
        """After a long sleep there are pages of bars: the quote waits for the last of them."""
        now = self.clock.now()
        looks = tuple(lived(bar) for bar in await self.tape.bars(symbol, seen, now))
        if looks and looks[-1].end < now - RECENT:
            return looks
        quote = await self.quotes.quote(symbol)
        return (*looks, Look.at(quote.time, quote.last))

    async def _snapshot(self, symbol: str, timeframe: Timeframe) -> MarketSnapshot:
        snapshots = await self.market.snapshots((symbol,), timeframe)
        if not snapshots:
            raise NoMarketData(symbol=symbol)
        return snapshots[0]


def lived(bar: Bar) -> Look:
    candle = bar.candle
    return Look(candle.open_time, bar.close_time, candle.low, candle.high, candle.close)


def readings(gauge: str, snapshot: MarketSnapshot, after: datetime) -> Sequence[Look]:
    """One at each later close for which there is a value; of funding the rate that holds now."""
    column = GAUGES[gauge].column
    if column is None:
        rate = snapshot.funding
        return (Look.at(snapshot.as_of, rate.rate * 100),) if rate else ()
    frame = snapshot.frame
    values = column(frame)
    closes = frame.time + frame.timeframe.milliseconds
    rows = np.flatnonzero(np.isfinite(values) & (closes > to_millis(after))).tolist()
    return [
        Look.at(from_millis(int(closes[row])), rounded(values[row], frame.close[row]))
        for row in rows
    ]


def rounded(value: float, price: float) -> Decimal:
    """More than an indicator knows, also of a coin whose price begins far behind the point."""
    places = max(PLACES, DIGITS - int(np.floor(np.log10(price))))
    return Decimal(str(round(float(value), places)))
