"""A run cut at the turns of UTC days and months: what each of them brought.

A close at midnight belongs to the day and the month that it ends. A first or last day or month
that is not whole counts like the others.
"""

from collections.abc import Sequence

import numpy as np

from core.backtest.figures import Month
from core.backtest.run import Curve
from core.domain.market import Floats, Millis, from_millis
from core.domain.trade import Trade

DAY = 86_400_000


def daily_returns(curve: Curve) -> Floats:
    """One fraction a day, from the opening equity on; a day without a close stands still."""
    first, last = int(curve.time[0]), int(curve.time[-1])
    turns = np.arange(first // DAY + 1, -(-last // DAY) + 1) * DAY
    worth = np.concatenate((curve.equity[:1], curve.equity[_rows(curve, turns)]))
    before, after = worth[:-1], worth[1:]
    growth: Floats = np.divide(after, before, out=np.ones_like(before), where=before > 0)
    return growth - 1


def months(curve: Curve, ends: Millis) -> tuple[Month, ...]:
    """Every calendar month the curve touches; a trade counts in the month of its end (ms)."""
    turns = _month_turns(curve)
    rows = _rows(curve, turns)
    trades = np.diff(np.searchsorted(np.sort(ends), turns, side="right"))
    return tuple(
        _month(int(turns[i]), curve.equity[rows[i] : rows[i + 1] + 1], int(count))
        for i, count in enumerate(trades)
    )


def spans(trades: Sequence[Trade]) -> Millis:
    """When each trade was opened and closed (ms), shape (trades, 2)."""
    seconds = [
        (trade.opened_at.timestamp(), trade.closed_at.timestamp())
        for trade in trades
        if trade.opened_at and trade.closed_at
    ]
    moments: Floats = np.array(seconds, dtype=np.float64).reshape(-1, 2)
    return np.rint(moments * 1000).astype(np.int64)


def covered(stretches: Millis, start: int, end: int) -> float:
    """The share of [start, end] that lies in at least one stretch, each a row of two moments."""
    if end <= start or not len(stretches):
        return 0.0
    begun, over = np.clip(stretches[np.argsort(stretches[:, 0])], start, end).T
    reached = np.concatenate(([start], np.maximum.accumulate(over)[:-1]))
    fresh = np.maximum(over - np.maximum(begun, reached), 0)
    return int(fresh.sum()) / (end - start)


def _rows(curve: Curve, moments: Millis) -> Millis:
    """The last row at or before each moment; the first where there is none."""
    rows: Millis = np.maximum(np.searchsorted(curve.time, moments, side="right") - 1, 0)
    return rows


def _month_turns(curve: Curve) -> Millis:
    """The beginnings of the months that the curve touches, and of the one after them."""
    first = int(curve.time[0])
    ends = np.array([first, max(first, int(curve.time[-1]) - 1)], dtype="datetime64[ms]")
    begin, last = ends.astype("datetime64[M]")
    return np.arange(begin, last + 2).astype("datetime64[ms]").astype(np.int64)


def _month(turn: int, equity: Floats, trades: int) -> Month:
    """After ruin there is nothing left to change."""
    start, opening = from_millis(turn), float(equity[0])
    if opening <= 0:
        return Month(start=start, change=0.0, lowest=0.0, trades=trades)
    change, lowest = float(equity[-1]) / opening - 1, float(equity.min()) / opening - 1
    return Month(start=start, change=change, lowest=lowest, trades=trades)
