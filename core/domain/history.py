"""What is kept of a market's past: which series there are, and the funding that was paid."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from core.domain.market import Floats, FundingRate, Millis, Timeframe, exact, from_millis


class Kind(StrEnum):
    """What a series records."""

    CANDLES = "candles"
    MARKS = "mark candles"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True)
class Series:
    """One venue's candles of one length, or its funding, which has no timeframe."""

    venue: str
    symbol: str
    kind: Kind
    timeframe: Timeframe | None

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.venue, self.symbol, self.timeframe, self.kind)))


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of a series is kept: when its first and its last row begin, and how many."""

    series: Series
    first: datetime
    last: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class FundingHistory:
    """Funding rates as read-only columns, oldest first; times in ms, floored to the second."""

    time: Millis
    rate: Floats

    def __post_init__(self) -> None:
        if len(self.time) != len(self.rate):
            raise ValueError("every funding stamp needs its rate")
        if not (np.diff(self.time) > 0).all():
            raise ValueError("funding must come oldest first, each stamp once")
        self.time.flags.writeable = False
        self.rate.flags.writeable = False

    def __len__(self) -> int:
        return len(self.time)

    def rows(self, start: int, stop: int) -> "FundingHistory":
        """The rates from row `start` up to, not including, row `stop`."""
        return FundingHistory(self.time[start:stop], self.rate[start:stop])

    def due_by(self, milliseconds: int) -> int:
        """How many stamps had come due at this moment."""
        return int(np.searchsorted(self.time, milliseconds, side="right"))

    def row(self, row: int) -> FundingRate:
        return FundingRate(from_millis(int(self.time[row])), exact(self.rate[row]))
