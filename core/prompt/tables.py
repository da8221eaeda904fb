"""Candles as a model reads them: basis points from the last close, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.market import CandleFrame, Floats, Timeframe
from core.prompt.features import BP

DECIDING, LONGER = 24, 14
FINE = 100  # basis points; a table that never strays so far shows tenths
ORDER = "oldest first, newest last"


@dataclass(frozen=True, slots=True)
class Table:
    """Some candles of one timeframe, a line each, as they are shown."""

    timeframe: Timeframe
    columns: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        header = f"{self.timeframe} candles, {ORDER}: {self.columns}"
        return "\n".join((header, *self.lines))


def tables_of(frames: Sequence[CandleFrame | None]) -> tuple[Table, ...]:
    """The deciding frame with volume, then the longer ones in short."""
    deciding, *longer = frames
    first = () if deciding is None else (_deciding(deciding),)
    return (*first, *(_longer(frame) for frame in longer if frame is not None))


def _deciding(frame: CandleFrame) -> Table:
    shown = frame.close, frame.high, frame.low
    points = np.column_stack([_points(column[-DECIDING:], frame) for column in shown])
    lines = zip(_spelled(points), _volumes(frame), strict=True)
    told = tuple(f"{line},{volume}" for line, volume in lines)
    return Table(frame.timeframe, "close,high,low,volume", told)


def _longer(frame: CandleFrame) -> Table:
    close, high, low = (c[-LONGER:] for c in (frame.close, frame.high, frame.low))
    reach = (high - low) / frame.close[-1] * BP
    points = np.column_stack((_points(close, frame), reach))
    return Table(frame.timeframe, "close,range", _spelled(points))


def _points(column: Floats, frame: CandleFrame) -> Floats:
    """How far each price lies from the last close."""
    points: Floats = (column / frame.close[-1] - 1) * BP
    return points


def _volumes(frame: CandleFrame) -> list[int]:
    """Percent of the mean of the candles shown; without any volume each is as good as the mean."""
    volume = frame.volume[-DECIDING:]
    mean = float(volume.mean())
    if mean <= 0:
        return [100] * len(volume)
    percents: list[int] = np.rint(volume / mean * 100).astype(np.int64).tolist()
    return percents


def _spelled(points: Floats) -> tuple[str, ...]:
    """A line for each row. A rounded zero has no sign."""
    if np.abs(points).max() < FINE:
        rows = (np.round(points, 1) + 0.0).tolist()
    else:
        rows = np.rint(points).astype(np.int64).tolist()
    return tuple(",".join(map(str, row)) for row in rows)
