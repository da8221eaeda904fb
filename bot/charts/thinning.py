"""Fewer points for a long equity curve, without losing a single peak or trough of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.domain.market import Floats
from core.domain.picture import EquityPicture, Line


def thin(picture: EquityPicture, buckets: int) -> EquityPicture:
    """Keep the first and last moment and the extremes of each bucket; short pictures stay."""
    if len(picture.time) <= 4 * buckets:
        return picture
    deepest = picture.drawdown.column if picture.drawdown else picture.equity
    rows = kept_rows((picture.equity, deepest), buckets)
    return replace(
        picture,
        time=picture.time[rows],
        equity=picture.equity[rows],
        benchmarks=tuple(_kept(line, rows) for line in picture.benchmarks),
        drawdown=picture.drawdown and _kept(picture.drawdown, rows),
    )


def kept_rows(columns: Sequence[Floats], buckets: int) -> NDArray[np.int64]:
    """The first row, the last, and two of each column in each bucket: its lowest and highest."""
    ends = np.array([0, len(columns[0]) - 1])
    return np.unique(np.concatenate([ends, *(_extremes(column, buckets) for column in columns)]))


def _kept(line: Line, rows: NDArray[np.int64]) -> Line:
    return Line(line.label, line.column[rows], line.guides)


def _extremes(column: Floats, buckets: int) -> NDArray[np.int64]:
    """A last bucket that is not full is filled with its last value, which is never found first."""
    size = -(-len(column) // buckets)
    table = np.pad(column, (0, -len(column) % size), mode="edge").reshape(-1, size)
    starts = np.arange(0, len(column), size)
    return np.concatenate([starts + table.argmin(axis=1), starts + table.argmax(axis=1)])
