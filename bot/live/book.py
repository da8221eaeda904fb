"""The candles of one symbol and timeframe as they come in: whole, in order, each known to be final.

A candle is *sealed* when the venue itself has said that it is closed: in its stream, or in its
archive, whose word is the last. Whatever else has closed is suspect until the archive was asked.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.market.holes import Hole
from bot.market.truth import can_be_true
from core.domain.market import CandleFrame, Floats, Timeframe

GROWTH = 2
Told = Sequence[float]


class Book:
    """At most `window` candles are promised; the oldest beyond that are let go now and then."""

    def __init__(self, timeframe: Timeframe, window: int) -> None:
        self.timeframe = timeframe
        self.step = timeframe.milliseconds
        self.window = window
        self.absent: set[int] = set()
        self._whole = 0
        self._size = 0
        self._time = np.zeros(window * GROWTH, np.int64)
        self._cells = np.zeros((window * GROWTH, 5))
        self._sealed = np.zeros(window * GROWTH, np.bool_)

    def __len__(self) -> int:
        return self._size

    @property
    def newest(self) -> int | None:
        """When the newest candle opened, in ms."""
        return int(self._time[self._size - 1]) if self._size else None

    @property
    def first(self) -> int | None:
        return int(self._time[0]) if self._size else None

    def last_price(self) -> float | None:
        return float(self._cells[self._size - 1, 3]) if self._size else None

    def hear(self, opened: int, told: Told, *, final: bool) -> bool:
        """A word from the stream: (open, high, low, close, volume). Was it news?

        Old, repeated and impossible words change nothing; a final one seals.
        """
        if opened % self.step or not can_be_true(*told):
            return False
        row = self._row(opened)
        if row is None:
            return self._begin(opened, told, final)
        if self._sealed[row] or (told[4] < self._cells[row, 4] and not final):
            return False
        if not final and self._cells[row].tolist() == list(told):
            return False
        self._cells[row] = told
        self._sealed[row] = final
        return True

    def _begin(self, opened: int, told: Told, final: bool) -> bool:
        """A candle that is not there yet; one from the past is for the archive to tell."""
        if self._size and opened < self._time[self._size - 1]:
            return False
        self._room()
        self._time[self._size] = opened
        self._cells[self._size] = told
        self._sealed[self._size] = final
        self._size += 1
        return True

    def merge(self, told: CandleFrame) -> int:
        """The archive's word, all of it closed. How many sealed candles did it change?"""
        if not len(told):
            return 0
        cells = np.column_stack(told.columns[1:])
        changed = self._changed(told, cells)
        self.absent.difference_update(told.time.tolist() if self.absent else ())
        times = np.concatenate((self._time[: self._size], told.time))
        every = np.concatenate((self._cells[: self._size], cells))
        sealed = np.concatenate((self._sealed[: self._size], np.ones(len(told), np.bool_)))
        _, last = np.unique(times[::-1], return_index=True)
        keep = (len(times) - 1 - last)[-(self.window + self.window // 2) :]
        self._put(times[keep], every[keep], sealed[keep])
        return changed

    def _changed(self, told: CandleFrame, cells: Floats) -> int:
        rows = np.searchsorted(self._time[: self._size], told.time)
        there = rows < self._size
        there[there] = self._time[rows[there]] == told.time[there]
        mine = rows[there]
        differs = ~np.isclose(self._cells[mine], cells[there], rtol=1e-9, atol=0).all(axis=1)
        return int((differs & self._sealed[mine]).sum())

    def excuse(self, hole: Hole) -> None:
        """The venue itself has nothing there."""
        self.absent.update(range(hole.start, hole.end, self.step))
        if len(self.absent) > GROWTH * self.window:
            self.absent = set(sorted(self.absent)[-self.window :])

    def hole(self, now: int) -> Hole | None:
        """The first stretch of closed candles that is missing or suspect; None when all is whole."""
        return next(iter(self.holes(now)), None)

    def holes(self, now: int) -> Sequence[Hole]:
        """All of them, oldest first."""
        end = self.due(now)
        found = list(self._holes(end))
        self._whole = found[0].start if found else end
        return found

    def suspects(self, now: int) -> int:
        """How many closed candles are missing or not final."""
        return sum((hole.end - hole.start) // self.step for hole in self._holes(self.due(now)))

    def _holes(self, end: int) -> Iterator[Hole]:
        """`end` is the open of the candle that runs."""
        first = max(self.oldest(end), self._whole)
        opens = np.arange(first, end, self.step)
        good = np.isin(opens, self._time[: self._size][self._sealed[: self._size]])
        if self.absent:
            good |= np.isin(opens, np.fromiter(self.absent, np.int64))
        edges = np.flatnonzero(np.diff(np.concatenate(([True], good, [True])).astype(np.int8)))
        for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            yield Hole(first + start * self.step, first + stop * self.step)

    def oldest(self, now: int) -> int:
        """The open of the first candle that is promised."""
        return self.due(now) - self.window * self.step

    def due(self, now: int) -> int:
        """The open of the candle that runs now."""
        return now - now % self.step

    def missing(self, now: int) -> int:
        """How many candles of the window the venue itself does not have."""
        start = self.oldest(now)
        return sum(start <= opened for opened in self.absent)

    def frame(self, until: int, rows: int | None = None) -> CandleFrame:
        """The sealed candles that had closed by then, a copy."""
        stop = int(np.searchsorted(self._time[: self._size], until - self.step, side="right"))
        start = max(0, stop - (rows or self.window))
        chosen = np.flatnonzero(self._sealed[start:stop]) + start
        cells = self._cells[chosen]
        columns = [np.ascontiguousarray(cells[:, place]) for place in range(5)]
        return CandleFrame(self.timeframe, self._time[chosen], *columns)

    def _row(self, opened: int) -> int | None:
        """Most words are about the newest candle."""
        if self._size and self._time[self._size - 1] == opened:
            return self._size - 1
        row = int(np.searchsorted(self._time[: self._size], opened))
        return row if row < self._size and self._time[row] == opened else None

    def _room(self) -> None:
        if self._size == len(self._time):
            keep = slice(self._size - self.window, self._size)
            self._put(self._time[keep].copy(), self._cells[keep].copy(), self._sealed[keep].copy())

    def _put(self, times: np.ndarray, cells: Floats, sealed: np.ndarray) -> None:
        self._size = len(times)
        self._time[: self._size] = times
        self._cells[: self._size] = cells
        self._sealed[: self._size] = sealed
