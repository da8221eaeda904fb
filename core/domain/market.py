"""What a market looked like, one candle after the other."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Millis = NDArray[np.int64]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Timeframe(StrEnum):
    """How long one candle lasts."""

    M1 = "1m"
    M5 = "5m"
    M15 = "15m"
    H1 = "1h"
    H4 = "4h"
    D1 = "1d"

    @property
    def duration(self) -> timedelta:
        return timedelta(milliseconds=self.milliseconds)

    @property
    def milliseconds(self) -> int:
        unit = {"m": 60_000, "h": 3_600_000, "d": 86_400_000}[self.value[-1]]
        return int(self.value[:-1]) * unit

    def floor(self, moment: datetime) -> datetime:
        """When the candle that holds this moment opened."""
        milliseconds = to_millis(moment)
        return from_millis(milliseconds - milliseconds % self.milliseconds)


class Origin(StrEnum):
    """Where the numbers come from; said in every message and on every chart."""

    LIVE = "live"
    RECORDED = "recorded"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Candle:
    """One bar of trading, in the venue's exact decimals."""

    open_time: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal


@dataclass(frozen=True, slots=True)
class FundingRate:
    """What longs pay to shorts at `time`, as a fraction of the position's mark value."""

    time: datetime
    rate: Decimal


@dataclass(frozen=True, slots=True)
class FundingStamp:
    """A funding rate that came due, with the mark price it is paid on."""

    time: datetime
    rate: Decimal
    mark: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """A closed candle as a broker lives through it.

    `mark` holds mark prices where they are recorded, else the last prices again. `funding` are the
    stamps in (open_time, close_time], each floored to its second.
    """

    candle: Candle
    mark: Candle
    close_time: datetime
    funding: tuple[FundingStamp, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """The price now. At a candle's close this is the next candle's open.

    `elsewhere`: the account's own venue is silent, this is another one's word. `spread`: how far the
    best bid and ask lie apart, as a fraction of their middle; None where they are not told.
    """

    symbol: str
    time: datetime
    last: Decimal
    mark: Decimal
    elsewhere: bool = False
    spread: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CandleFrame:
    """Candles as read-only columns of equal length, oldest first; times are the opens, in ms."""

    timeframe: Timeframe
    time: Millis
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats

    def __post_init__(self) -> None:
        columns = self.columns
        if len({len(column) for column in columns}) > 1:
            raise ValueError("the columns of a frame must have one length")
        if not (self.time[1:] > self.time[:-1]).all():
            raise ValueError("candles must come oldest first, each once")
        for column in columns:
            column.flags.writeable = False

    def __len__(self) -> int:
        return len(self.time)

    @property
    def columns(self) -> tuple[Millis, Floats, Floats, Floats, Floats, Floats]:
        return self.time, self.open, self.high, self.low, self.close, self.volume

    def rows(self, start: int, stop: int) -> "CandleFrame":
        """The candles from row `start` up to, not including, row `stop`."""
        cut = slice(max(start, 0), stop)
        return CandleFrame(
            self.timeframe,
            self.time[cut],
            self.open[cut],
            self.high[cut],
            self.low[cut],
            self.close[cut],
            self.volume[cut],
        )

    def closed_by(self, moment: datetime) -> int:
        """How many candles had closed at this moment."""
        last_open = to_millis(moment) - self.timeframe.milliseconds
        return int(np.searchsorted(self.time, last_open, side="right"))

    def candle(self, row: int) -> Candle:
        """One row in exact decimals: the shortest decimal that reads back as the same float."""
        return Candle(
            from_millis(int(self.time[row])),
            exact(self.open[row]),
            exact(self.high[row]),
            exact(self.low[row]),
            exact(self.close[row]),
            exact(self.volume[row]),
        )


def exact(number: float) -> Decimal:
    return Decimal(repr(float(number)))


def to_millis(moment: datetime) -> int:
    """Whole milliseconds since 1970, never rounded up into a candle that has not begun."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def from_millis(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
