"""What is missing of a series, in the pieces in which it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.domain.market import Millis


@dataclass(frozen=True, slots=True)
class Hole:
    """Nothing is kept of [start, end), in ms."""

    start: int
    end: int


def holes(kept: Millis, step: int, start: int, end: int, page: int) -> tuple[Hole, ...]:
    """The holes between `start` and `end` of rows that come every `step` ms.

    Holes that one page covers together are one: what is told between them costs nothing more.
    """
    inside = kept[(kept >= start) & (kept < end)]
    edges = np.concatenate(([start - step], inside, [end]))
    found = np.flatnonzero(np.diff(edges) > step)
    single = (Hole(int(edges[row]) + step, int(edges[row + 1])) for row in found)
    return tuple(_joined(single, step * page))


def _joined(single: Iterator[Hole], reach: int) -> Iterator[Hole]:
    open_one: Hole | None = None
    for hole in single:
        if open_one is not None and hole.end - open_one.start <= reach:
            open_one = Hole(open_one.start, hole.end)
            continue
        if open_one is not None:
            yield open_one
        open_one = hole
    if open_one is not None:
        yield open_one
