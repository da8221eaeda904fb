"""How far a download has come: a bar where somebody looks on, else a plain line for each page."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from bot.market.holes import Hole
from core.domain.history import Series
from core.domain.market import from_millis

WIDTH = 24
FULL, EMPTY = "█", "░"


@dataclass(frozen=True, slots=True)
class Progress:
    """Writes to people: never to where an answer for programs goes."""

    out: TextIO = field(default_factory=lambda: sys.stderr)

    @contextmanager
    def of(self, series: Series, missing: Sequence[Hole]) -> Iterator["Filling"]:
        filling = Filling(self.out, series, missing)
        yield filling
        filling.clear()

    def says(self, sentence: str) -> None:
        self.out.write(f"{CLEAR if self.out.isatty() else ''}{sentence}\n")
        self.out.flush()


CLEAR = "\r\x1b[K"


@dataclass(slots=True)
class Filling:
    """One series on its way; time that lies in holes is what has to be covered."""

    out: TextIO
    series: Series
    missing: Sequence[Hole]
    rows: int = 0

    def upto(self, moment: int, rows: int) -> None:
        """Everything before this moment has been asked for."""
        self.rows += rows
        told = f"{self.series.name} {self._share(moment):4.0%}"
        day = f"{from_millis(moment):%Y-%m-%d}"
        if self.out.isatty():
            filled = round(self._share(moment) * WIDTH)
            bar = FULL * filled + EMPTY * (WIDTH - filled)
            self.out.write(f"{CLEAR}{bar} {told} {day} +{self.rows:,}")
        elif rows:
            self.out.write(f"{told} up to {day}, {self.rows:,} rows\n")
        self.out.flush()

    def done(self, new: int, left: Sequence[Hole]) -> None:
        self.clear()
        lacks = f"; the venue has nothing for {_pieces(left)}" if left else ""
        self.out.write(f"{self.series.name}: {new:,} new{lacks}\n")
        self.out.flush()

    def clear(self) -> None:
        if self.out.isatty():
            self.out.write(CLEAR)

    def _share(self, moment: int) -> float:
        whole = sum(hole.end - hole.start for hole in self.missing)
        ahead = sum(max(hole.end - max(hole.start, moment), 0) for hole in self.missing)
        return 1 - ahead / whole if whole else 1.0


def _pieces(left: Sequence[Hole]) -> str:
    first = left[0]
    span = f"{from_millis(first.start):%Y-%m-%d %H:%M} to {from_millis(first.end):%Y-%m-%d %H:%M}"
    return span if len(left) == 1 else f"{len(left)} stretches, the first {span}"
