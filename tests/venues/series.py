"""Candles on a fixed grid that grow at the end, and every coarser candle made of them."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
TIME, OPEN, HIGH, LOW, CLOSE, VOLUME = range(6)
MINUTE = 60_000
DAY = 86_400_000
WEEK = 7 * DAY
MONDAY = 4 * DAY  # 1970 began on a Thursday


def opens_at(moment: int, width: int) -> int:
    """When the candle of this width that holds the moment opened; weeks begin on Mondays."""
    shift = MONDAY if width == WEEK else 0
    return (moment - shift) // width * width + shift


class Series:
    """Rows of (open time in ms, open, high, low, close, volume).

    Recorded rows may lie in the future: the one that runs is shown as far as it got, on the way
    open, nearer extreme, other extreme, close. Rows made by `trade` are shown as they are.
    """

    def __init__(self, rows: Rows, grid: int = MINUTE) -> None:
        self.grid = grid
        self.count = self.recorded = len(rows)
        self._done: dict[int, tuple[tuple[int, int], tuple[float, ...] | None]] = {}
        self._table = np.vstack((rows, np.zeros((max(len(rows), 256), 6))))

    @property
    def rows(self) -> Rows:
        return self._table[: self.count]

    def until(self, now: int) -> int:
        """How many candles had opened by now."""
        return int(np.searchsorted(self.rows[:, TIME], now, side="right"))

    def between(self, start: int, end: int, now: int) -> Rows:
        """Candles that opened in [start, end) and by now."""
        stop = self.until(now)
        times = self._table[:stop, TIME]
        first, last = (int(np.searchsorted(times, edge)) for edge in (start, end))
        cut = self._table[first:last].copy()
        if len(cut) and last == stop <= self.recorded:
            cut[-1] = partly(cut[-1], (now - cut[-1, TIME]) / self.grid)
        return cut

    def bars(self, width: int, start: int, end: int, now: int) -> Rows:
        """Candles of a coarser width that opened in [start, end) and by now; the last may run."""
        start = opens_at(start + width - 1, width)
        whole = opens_at(end + width - 1, width)
        return coarser(self.between(start, whole, now), width)

    def running(self, width: int, now: int) -> Rows | None:
        """The coarser candle that holds this moment, quickly: its finished part is remembered."""
        stop = self.until(now)
        first = int(np.searchsorted(self._table[:stop, TIME], opens_at(now, width)))
        if first == stop:
            return None
        row, key = self.last(now), (first, stop)
        if self._done.get(width, (None,))[0] != key:
            self._done[width] = (key, self._finished(first, stop - 1))
        done = self._done[width][1]
        if done is None:
            return np.array((opens_at(now, width), *row[OPEN:]))
        opened, high, low, volume = done
        bar = (max(high, row[HIGH]), min(low, row[LOW]), row[CLOSE], volume + row[VOLUME])
        return np.array((opens_at(now, width), opened, *bar))

    def _finished(self, first: int, stop: int) -> tuple[float, ...] | None:
        if first == stop:
            return None
        rows = self._table[first:stop]
        high, low = rows[:, HIGH].max(), rows[:, LOW].min()
        return float(rows[0, OPEN]), float(high), float(low), float(rows[:, VOLUME].sum())

    def last(self, now: int) -> Rows:
        """The newest candle that had opened by now."""
        stop = self.until(now)
        row = self._table[max(stop - 1, 0)]
        share = (now - row[TIME]) / self.grid
        return partly(row, share) if stop <= self.recorded and share < 1 else row

    def trade(self, price: float, amount: float, now: int) -> None:
        """Somebody trades: the running candle stretches, or a new one opens."""
        self._forget_future(now)
        self.carry(now)
        row = self._table[self.count - 1]
        row[HIGH], row[LOW] = max(row[HIGH], price), min(row[LOW], price)
        row[CLOSE] = price
        row[VOLUME] += amount

    def carry(self, now: int) -> None:
        """Go on flat and without volume, as venues do, up to the candle that holds this moment."""
        opened = opens_at(now, self.grid)
        close = self._table[self.count - 1, CLOSE]
        time = int(self._table[self.count - 1, TIME])
        while time < opened:
            time += self.grid
            self._append((time, close, close, close, close, 0.0))

    def _forget_future(self, now: int) -> None:
        """A trade by hand ends the recording: the running candle stays as far as it got."""
        stop = self.until(now)
        if stop <= self.recorded:
            self._table[stop - 1] = self.last(now)
            self.recorded, self.count = stop - 1, stop

    def _append(self, row: tuple[float, ...]) -> None:
        if self.count == len(self._table):
            self._table = np.vstack((self._table, np.zeros_like(self._table)))
        self._table[self.count] = row
        self.count += 1


def partly(row: Rows, share: float) -> Rows:
    """A candle after this share of its time."""
    if share >= 1:
        return row
    time, opened, high, low, close, volume = row
    path = (opened, low, high, close) if close >= opened else (opened, high, low, close)
    price = float(np.interp(share * 3, (0, 1, 2, 3), path))
    walked = (*path[: int(share * 3) + 1], price)
    return np.array((time, opened, max(walked), min(walked), price, volume * share))


def coarser(rows: Rows, width: int) -> Rows:
    if not len(rows):
        return rows
    shift = MONDAY if width == WEEK else 0
    opened = (rows[:, TIME] - shift) // width * width + shift
    first = np.flatnonzero(np.diff(opened, prepend=opened[0] - 1))
    last = np.append(first[1:], len(rows)) - 1
    return np.column_stack(
        (
            opened[first],
            rows[first, OPEN],
            np.maximum.reduceat(rows[:, HIGH], first),
            np.minimum.reduceat(rows[:, LOW], first),
            rows[last, CLOSE],
            np.add.reduceat(rows[:, VOLUME], first),
        )
    )
