"""Fewer points for a long equity curve, without losing a single peak or trough of it."""

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
    ends = [np.array([0, len(picture.time) - 1])]
    rows = np.unique(
        np.concatenate(ends + [_extremes(c, buckets) for c in (picture.equity, deepest)])
    )
    return replace(
        picture,
        time=picture.time[rows],
        equity=picture.equity[rows],
        benchmarks=tuple(_kept(line, rows) for line in picture.benchmarks),
        drawdown=picture.drawdown and _kept(picture.drawdown, rows),
    )


def _kept(line: Line, rows: NDArray[np.int64]) -> Line:
    return Line(line.label, line.column[rows], line.guides)


def _extremes(column: Floats, buckets: int) -> NDArray[np.int64]:
    size = -(-len(column) // buckets)
    whole = len(column) // size * size
    table = column[:whole].reshape(-1, size)
    starts = np.arange(0, whole, size)
    rest = np.arange(whole, len(column))
    return np.concatenate([starts + table.argmin(axis=1), starts + table.argmax(axis=1), rest])
