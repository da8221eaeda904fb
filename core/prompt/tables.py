"""Candles as a model reads them: basis points from the last close, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.market import CandleFrame, Floats, Timeframe
from core.prompt.features import BP

DECIDING, LONGER = 24, 14
WINDOW = 24
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
    shown = frame.rows(len(frame) - DECIDING, len(frame))
    volume = _spelled(_volumes(frame)[-len(shown) :], 1)
    prices = _prices(shown)
    lines = (f"{line},{z}" for line, z in zip(prices, volume, strict=True))
    return Table(frame.timeframe, "close,high,low,volume_z", tuple(lines))


def _longer(frame: CandleFrame) -> Table:
    shown = frame.rows(len(frame) - LONGER, len(frame))
    return Table(frame.timeframe, "close,high,low", _prices(shown))


def _prices(frame: CandleFrame) -> tuple[str, ...]:
    last = frame.close[-1]
    points = [(column / last - 1) * BP for column in (frame.close, frame.high, frame.low)]
    digits = int(max(np.abs(column).max() for column in points) < FINE)
    columns = (_spelled(column, digits) for column in points)
    return tuple(",".join(row) for row in zip(*columns, strict=True))


def _volumes(frame: CandleFrame) -> Floats:
    """How many deviations each of the last candles lies from the mean of as many as are shown."""
    volume = frame.volume[-WINDOW:]
    spread = float(volume.std())
    still: Floats = np.zeros(len(volume))
    return (volume - volume.mean()) / spread if spread > 1e-9 * abs(volume.mean()) else still


def _spelled(column: Floats, digits: int) -> list[str]:
    """A rounded zero has no sign."""
    return [f"{value:.{digits}f}" for value in (np.round(column, digits) + 0.0).tolist()]
