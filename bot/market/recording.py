"""A market written down: candles, mark candles and funding of every symbol."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.market.report import Report
from core.domain.history import FundingHistory
from core.domain.market import CandleFrame, Origin, Timeframe

__all__ = ["Frames", "FundingHistory", "Recording"]

Frames = Mapping[Timeframe, CandleFrame]


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
