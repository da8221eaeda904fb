"""A market as a person wants to look at it: its candles, what is read from them, a day's change."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core.domain.market import CandleFrame, Quote, Timeframe, exact, from_millis
from core.domain.snapshot import MarketSnapshot
from core.errors import NoCandles, NoMarketData
from core.indicators import Indicators, Readings, indicators, readings
from core.ports import MarketData, Quotes

DAY = timedelta(days=1)
OVERBOUGHT, OVERSOLD = 70, 30
STRONG = 25
BUSY, QUIET = 2.0, -1.5


class Trend(StrEnum):
    """Where price and averages lie to each other."""

    UP = "up"
    DOWN = "down"
    MIXED = "mixed"


class Remark(StrEnum):
    """What is out of the ordinary."""

    STRONG = "strong"
    OVERBOUGHT = "overbought"
    OVERSOLD = "oversold"
    ABOVE_BAND = "above_band"
    BELOW_BAND = "below_band"
    BUSY = "busy"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFacts:
    """Everything a chart and the words below it show; `change` is a fraction over 24 hours."""

    snapshot: MarketSnapshot
    columns: Indicators
    readings: Readings
    price: Decimal
    priced_at: datetime
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class ReadChart:
    """Look at one market. Decides nothing."""

    market: MarketData
    quotes: Quotes

    async def __call__(self, symbol: str, timeframe: Timeframe) -> ChartFacts:
        """Raises UnknownSymbol, NoCandles."""
        snapshot = await self._snapshot(symbol, timeframe)
        if snapshot is None:
            raise NoCandles(symbol=symbol.partition("/")[0], timeframe=timeframe.value)
        hourly = snapshot
        if timeframe is not Timeframe.H1:
            hourly = await self._snapshot(symbol, Timeframe.H1) or snapshot
        columns, quote = indicators(snapshot.frame), await self._quote(symbol)
        price, priced_at = (quote.last, quote.time) if quote else _last_close(snapshot.frame)
        return ChartFacts(
            snapshot=snapshot,
            columns=columns,
            readings=readings(columns),
            price=price,
            priced_at=priced_at,
            change=day_change(hourly.frame, price, priced_at),
        )

    async def _snapshot(self, symbol: str, timeframe: Timeframe) -> MarketSnapshot | None:
        found = await self.market.snapshots((symbol,), timeframe)
        return found[0] if found else None

    async def _quote(self, symbol: str) -> Quote | None:
        with suppress(NoMarketData):
            return await self.quotes.quote(symbol)
        return None


def day_change(frame: CandleFrame, price: Decimal, now: datetime) -> Decimal | None:
    """Against the close a day ago; None where no hour, or shorter candle, had closed just then."""
    row = frame.closed_by(now - DAY) - 1
    if row < 0 or frame.timeframe.milliseconds > Timeframe.H1.milliseconds:
        return None
    closed = from_millis(int(frame.time[row])) + frame.timeframe.duration
    before = exact(frame.close[row])
    if now - DAY - closed >= Timeframe.H1.duration or not before:
        return None
    return price / before - 1


def trend(seen: Readings, price: float) -> Trend | None:
    """Price above a fast average above a slow one is up; None while an average is unknown."""
    if seen.ema_fast is None or seen.ema_slow is None:
        return None
    if price > seen.ema_fast > seen.ema_slow:
        return Trend.UP
    return Trend.DOWN if price < seen.ema_fast < seen.ema_slow else Trend.MIXED


def remarks(seen: Readings, price: float) -> tuple[Remark, ...]:
    """What a trader would point at; nothing that is unknown."""
    found = (
        (Remark.STRONG, seen.adx is not None and seen.adx >= STRONG),
        (Remark.OVERBOUGHT, seen.rsi is not None and seen.rsi >= OVERBOUGHT),
        (Remark.OVERSOLD, seen.rsi is not None and seen.rsi <= OVERSOLD),
        (Remark.ABOVE_BAND, seen.upper is not None and price > seen.upper),
        (Remark.BELOW_BAND, seen.lower is not None and price < seen.lower),
        (Remark.BUSY, seen.volume_z is not None and seen.volume_z >= BUSY),
        (Remark.QUIET, seen.volume_z is not None and seen.volume_z <= QUIET),
    )
    return tuple(remark for remark, true in found if true)


def _last_close(frame: CandleFrame) -> tuple[Decimal, datetime]:
    closed = from_millis(int(frame.time[-1])) + frame.timeframe.duration
    return exact(frame.close[-1]), closed
