"""One symbol's recorded tape, made ready to be walked: prices, marks and funding by row."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.backtest.history import SymbolHistory
from core.domain.market import CandleFrame, Floats, Millis, exact

Rows = NDArray[np.int64]
FIRST_CHUNK, LARGEST_CHUNK = 256, 4_096


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices at some moments, and when each was last known to be true (ms)."""

    time: Millis
    price: Floats


def prices_at(frame: CandleFrame, moments: Millis) -> Prices:
    """The open of the candle open then, or in a hole the last close; time -1 before the first."""
    if _are_its_closes(frame, moments):
        return Prices(moments, np.concatenate((frame.open[1:], frame.close[-1:])))
    row = np.searchsorted(frame.time, moments, side="right") - 1
    held = np.maximum(row, 0)
    closed = frame.time[held] + frame.timeframe.milliseconds
    inside = moments < closed
    time = np.where(inside, moments, closed)
    return Prices(
        np.where(row < 0, -1, time), np.where(inside, frame.open[held], frame.close[held])
    )


def _are_its_closes(frame: CandleFrame, moments: Millis) -> bool:
    """Candle after candle without a hole: then the next open is the price at each close."""
    step, rows = frame.timeframe.milliseconds, len(frame)
    if (
        not rows
        or len(moments) != rows
        or int(frame.time[-1] - frame.time[0]) != step * (rows - 1)
    ):
        return False
    return np.array_equal(moments, frame.time + step)


@dataclass(frozen=True, slots=True)
class Stamps:
    """Funding that comes due while a bar of the tape runs: its row, moment, rate and mark price."""

    row: list[int]
    time: list[int]
    rate: list[float]
    mark: list[float]


class Street:
    """Arrays over the rows of the tape; `marks` are last prices where no mark is recorded."""

    def __init__(self, history: SymbolHistory) -> None:
        self.history = history
        self.instrument = history.instrument
        self.symbol = history.symbol
        self.tape = tape = history.tape
        self.step = tape.timeframe.milliseconds
        self.time, self.open, self.high, self.low, self.close = (
            tape.time, tape.open, tape.high, tape.low, tape.close,
        )  # fmt: skip

    @cached_property
    def marks(self) -> CandleFrame | None:
        """Mark candles aligned to the tape's rows; None where there are none at all."""
        mark, tape = self.history.mark, self.tape
        if mark is None or not len(mark):
            return None
        place = np.minimum(np.searchsorted(mark.time, tape.time), len(mark) - 1)
        known = mark.time[place] == tape.time

        def joined(last: Floats, marked: Floats) -> Floats:
            return np.where(known, marked[place], last)

        return CandleFrame(
            tape.timeframe,
            tape.time,
            joined(tape.open, mark.open),
            joined(tape.high, mark.high),
            joined(tape.low, mark.low),
            joined(tape.close, mark.close),
            tape.volume,
        )

    def last_at(self, moments: Millis) -> Floats:
        """The last price at each moment."""
        return prices_at(self.tape, moments).price

    def told_at(self, moments: Millis) -> Millis:
        """When the last price was last true: long ago in a hole."""
        return prices_at(self.tape, moments).time

    def mark_at(self, moments: Millis) -> Floats:
        """The mark price, or the last one where the mark is older."""
        last, mark = prices_at(self.tape, moments), self.history.mark
        if mark is None or not len(mark):
            return last.price
        marked = prices_at(mark, moments)
        return np.where(marked.time >= last.time, marked.price, last.price)

    @cached_property
    def stamps(self) -> Stamps:
        """Those that fall into a bar; what comes due in a hole is not paid."""
        funding = self.history.funding
        row = np.searchsorted(self.time, funding.time, side="left") - 1
        inside = (row >= 0) & (funding.time <= self.time[np.maximum(row, 0)] + self.step)
        inside &= funding.rate != 0
        time = funding.time[inside]
        return Stamps(
            row[inside].tolist(),
            time.tolist(),
            funding.rate[inside].tolist(),
            self.mark_at(time).tolist(),
        )

    def closed_by(self, moment: int) -> int:
        """How many bars had closed."""
        return int(np.searchsorted(self.time, moment - self.step, side="right"))

    def close_time(self, row: int) -> int:
        return int(self.time.item(row)) + self.step

    def volume_before(self, moment: int, longest: int) -> Decimal | None:
        """The last closed bar's volume, unless it is older than `longest` ms."""
        row = self.closed_by(moment) - 1
        if row < 0 or self.close_time(row) <= moment - longest:
            return None
        return exact(self.tape.volume.item(row))


def touch(frame: CandleFrame, row: int, stop_row: int, low: float, high: float) -> int:
    """The first row from `row` on whose range reaches down to `low` or up to `high`; `stop_row`
    if there is none before it.
    """
    chunk = FIRST_CHUNK
    while row < stop_row:
        end = min(row + chunk, stop_row)
        hit = (frame.low[row:end] <= low) | (frame.high[row:end] >= high)
        first = int(hit.argmax())
        if hit[first]:
            return row + first
        row, chunk = end, min(chunk * 4, LARGEST_CHUNK)
    return stop_row
