"""A market written down: candles, mark candles and funding of every symbol."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

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

    def up_to(self, timeframe: Timeframe) -> Self:
        """Without candles longer than this, where there are shorter ones: a store keeps them all,
        the longest of them furthest back.
        """

        def fine(every: Mapping[str, Frames]) -> dict[str, Frames]:
            return {symbol: _up_to(frames, timeframe) for symbol, frames in every.items()}

        return replace(self, candles=fine(self.candles), marks=fine(self.marks))

    @property
    def symbols(self) -> tuple[str, ...]:
        """Everything that can be traded here: funding or marks alone are no market."""
        return tuple(sorted(self.candles))


def _up_to(frames: Frames, timeframe: Timeframe) -> Frames:
    short = {f: rows for f, rows in frames.items() if f.milliseconds <= timeframe.milliseconds}
    return short or frames
