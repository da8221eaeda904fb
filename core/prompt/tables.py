"""Candles as a model reads them: basis points from the last close, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.market import CandleFrame, Floats, Timeframe
from core.prompt.features import BP

DECIDING, LONGER = 24, 14
STILL = 1e-9  # of the mean: what rounding leaves of a spread that is none
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
    """The deciding frame with volume, then the longer ones."""
    deciding, *longer = frames
    first = () if deciding is None else (_deciding(deciding),)
    return (*first, *(_longer(frame) for frame in longer if frame is not None))


def _deciding(frame: CandleFrame) -> Table:
    points = _points(frame, DECIDING)
    volumes = np.round(_volumes(frame), 1) + 0.0
    lines = zip(_spelled(points), volumes.tolist(), strict=True)
    shown = tuple(f"{line},{volume}" for line, volume in lines)
    return Table(frame.timeframe, "close,high,low,volume_z", shown)


def _longer(frame: CandleFrame) -> Table:
    return Table(frame.timeframe, "close,high,low", _spelled(_points(frame, LONGER)))


def _points(frame: CandleFrame, rows: int) -> Floats:
    """Close, high and low of the last candles, a row each."""
    columns = [column[-rows:] for column in (frame.close, frame.high, frame.low)]
    points: Floats = (np.column_stack(columns) / frame.close[-1] - 1) * BP
    return points


def _volumes(frame: CandleFrame) -> Floats:
    """How many deviations each candle shown lies from their mean."""
    volume = frame.volume[-DECIDING:]
    mean, spread = float(volume.mean()), float(volume.std())
    still: Floats = np.zeros(len(volume))
    return (volume - mean) / spread if spread > STILL * abs(mean) else still


def _spelled(points: Floats) -> tuple[str, ...]:
    """A line for each row. A rounded zero has no sign."""
    if np.abs(points).max() < FINE:
        rows = (np.round(points, 1) + 0.0).tolist()
    else:
        rows = np.rint(points).astype(np.int64).tolist()
    return tuple(",".join(map(str, row)) for row in rows)
