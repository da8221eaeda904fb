"""Candles as a model reads them: basis points from the last close, the oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.domain.market import Floats, Timeframe
from core.indicators import Abreast
from core.prompt.features import BP

DECIDING, LONGER = 24, 14
FINE = 100  # basis points; a table that never strays so far shows tenths
ORDER = "oldest first, newest last"
TENTH, WHOLE = "%.1f", "%d"

Wholes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Some candles of one timeframe, a line each, as they are shown."""

    timeframe: Timeframe
    columns: str
    lines: tuple[str, ...]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        header = f"{self.timeframe} candles, {ORDER}: {self.columns}"
        object.__setattr__(self, "text", "\n".join((header, *self.lines)))


def deciding(frames: Abreast) -> list[Table]:
    """Frames that are decided on, with volume."""
    shown = frames.latest(DECIDING)
    points = np.stack([_points(c, shown) for c in (shown.close, shown.high, shown.low)], axis=2)
    lines = _spelled(points, _volumes(shown.volume))
    return [Table(frames.timeframe, "close,high,low,volume", told) for told in lines]


def longer(frames: Abreast) -> list[Table]:
    """Longer ones, in short."""
    shown = frames.latest(LONGER)
    reach = (shown.high - shown.low) / shown.last[:, None] * BP
    lines = _spelled(np.stack((_points(shown.close, shown), reach), axis=2))
    return [Table(frames.timeframe, "close,range", told) for told in lines]


def _points(column: Floats, frames: Abreast) -> Floats:
    """How far each price lies from the last close."""
    points: Floats = (column / frames.last[:, None] - 1) * BP
    return points


def _volumes(volume: Floats) -> Wholes:
    """Percent of the mean of the candles shown; without any volume each is as good as the mean."""
    mean = volume.mean(axis=1, keepdims=True)
    percents: Wholes = np.rint(volume / np.where(mean > 0, mean, 1) * 100).astype(np.int64)
    return np.where(mean > 0, percents, 100)


def _spelled(points: Floats, volumes: Wholes | None = None) -> Iterator[tuple[str, ...]]:
    """A line for each row of each table. A rounded zero has no sign."""
    tenths, wholes = np.round(points, 1) + 0.0, np.rint(points).astype(np.int64)
    fine = np.abs(points).max(axis=(1, 2)) < FINE
    for place, is_fine in enumerate(fine.tolist()):
        shown, sign = (tenths, TENTH) if is_fine else (wholes, WHOLE)
        signs, columns = [sign] * points.shape[2], [shown[place]]
        if volumes is not None:
            signs, columns = [*signs, WHOLE], [*columns, volumes[place, :, None]]
        yield _lines(",".join(signs), np.hstack(columns))


def _lines(line: str, numbers: Floats | Wholes) -> tuple[str, ...]:
    """One call for all of them: a table has a hundred numbers."""
    told = "\n".join([line] * len(numbers)) % tuple(numbers.ravel().tolist())
    return tuple(told.split("\n"))
