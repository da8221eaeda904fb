"""A market written down: candles, mark candles and funding of every symbol."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from bot.market.report import Report
from core.domain.market import (
    CandleFrame,
    Floats,
    FundingRate,
    Millis,
    Origin,
    Timeframe,
    exact,
    from_millis,
)

Frames = Mapping[Timeframe, CandleFrame]


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

    def due_by(self, milliseconds: int) -> int:
        """How many stamps had come due at this moment."""
        return int(np.searchsorted(self.time, milliseconds, side="right"))

    def row(self, row: int) -> FundingRate:
        return FundingRate(from_millis(int(self.time[row])), exact(self.rate[row]))


@dataclass(frozen=True, slots=True)
class Recording:
    """What `read` found in files, or what `synthetic` made up; `origin` says which."""

    origin: Origin
    candles: Mapping[str, Frames]
    marks: Mapping[str, Frames] = field(default_factory=dict)
    funding: Mapping[str, FundingHistory] = field(default_factory=dict)
    report: Report = field(default_factory=Report)

    @property
    def symbols(self) -> tuple[str, ...]:
        """Everything that can be traded here: funding or marks alone are no market."""
        return tuple(sorted(self.candles))
