"""What an alert can measure. A new indicator is a new row of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import numpy as np

from core.domain.market import CandleFrame, Floats
from core.indicators import indicators

DAY = 86_400_000
Column = Callable[[CandleFrame], Floats]


class Unit(StrEnum):
    """How a level is written. A crossing has none: one line crosses another."""

    PRICE = "price"
    PERCENT = "percent"
    PLAIN = "plain"
    CROSSING = "crossing"


class Feed(StrEnum):
    """Where a value comes from: every trade, the funding rate, or closed candles."""

    TAPE = "tape"
    FUNDING = "funding"
    CANDLES = "candles"


@dataclass(frozen=True, slots=True)
class Gauge:
    """Levels lie between `low` and `high`; `words` are what people call it beside its name."""

    unit: Unit
    column: Column | None = None
    feed: Feed = Feed.CANDLES
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(100)
    words: tuple[str, ...] = ()


def _change(frame: CandleFrame) -> Floats:
    """Percent against the last close of a day before, however many candles are missing."""
    rows = np.searchsorted(frame.time, frame.time - DAY, side="right") - 1
    before = np.where(rows < 0, np.nan, frame.close[rows])
    return (frame.close / before - 1) * 100


def _macd(frame: CandleFrame) -> Floats:
    """MACD 12/26 less its signal 9."""
    return indicators(frame).macd_histogram


def _ema(frame: CandleFrame) -> Floats:
    columns = indicators(frame)
    return columns.ema_fast - columns.ema_slow


def _atr(frame: CandleFrame) -> Floats:
    return indicators(frame).atr / frame.close * 100


def _bands(frame: CandleFrame) -> Floats:
    """0 on the lower Bollinger band, 100 on the upper one."""
    columns = indicators(frame)
    width = columns.upper - columns.lower
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(width > 0, (frame.close - columns.lower) / width * 100, np.nan)


LOWEST, HIGHEST = Decimal("0.000000000001"), Decimal(10) ** 9
GAUGES: Mapping[str, Gauge] = {
    "price": Gauge(Unit.PRICE, None, Feed.TAPE, LOWEST, HIGHEST, ("가격", "시세")),
    "funding": Gauge(
        Unit.PERCENT, None, Feed.FUNDING, Decimal(-10), Decimal(10), ("펀딩", "펀딩비")
    ),
    "change": Gauge(
        Unit.PERCENT,
        _change,
        low=Decimal(-100),
        high=Decimal(10_000),
        words=("24h", "등락", "등락률", "변동"),
    ),
    "rsi": Gauge(Unit.PLAIN, lambda frame: indicators(frame).rsi),
    "adx": Gauge(Unit.PLAIN, lambda frame: indicators(frame).adx),
    "atr": Gauge(Unit.PERCENT, _atr),
    "bollinger": Gauge(
        Unit.PLAIN, _bands, low=Decimal(-500), high=Decimal(500), words=("bb", "볼린저")
    ),
    "ema": Gauge(Unit.CROSSING, _ema),
    "macd": Gauge(Unit.CROSSING, _macd),
}
