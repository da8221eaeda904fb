"""The least a backtest can be: float columns, jumps from entry to exit, no money, no steps, no rules.

Its trades are the ones that every engine should find, 495 in case `a` and 5,647 in `b`; its time is
what the desk's care is measured by. Levels are float products: in exact decimals `b` has 5,648,
as three targets count that a candle only just touches.
"""

import sys
from pathlib import Path

import numpy as np
import talib

from tests.benchmarks.backtest_data import CASES, Columns, Floats, read
from tests.benchmarks.peers.stopwatch import repeat

RUNS = 6
STOP = 0.02
TARGET = 0.04
FEE = 0.0005
CHUNK = 64
LARGEST_CHUNK = 4096

Trade = tuple[int, int, float]


def signals(close: Floats) -> list[tuple[int, int]]:
    """Rows at whose close the averages crossed, each with 1 for a long or -1 for a short."""
    fast, slow, rsi = talib.EMA(close, 20), talib.EMA(close, 50), talib.RSI(close, 14)
    up = (fast[1:] > slow[1:]) & (fast[:-1] <= slow[:-1]) & (rsi[1:] < 70)
    down = (fast[1:] < slow[1:]) & (fast[:-1] >= slow[:-1]) & (rsi[1:] > 30)
    rows = np.flatnonzero(up | down)
    return list(zip((rows + 1).tolist(), np.where(up[rows], 1, -1).tolist(), strict=True))


def trades(columns: Columns) -> list[Trade]:
    """Entry row, exit row and return of each; the last one is closed at the end of the data."""
    done: list[Trade] = []
    free, opens = 0, columns["o"]
    for row, side in signals(columns["c"]):
        entry = row + 1
        if free <= entry < len(opens):
            price = float(opens[entry])
            left, paid = leave(columns, entry, side, price)
            gain = side * (paid - price) / price - FEE * (1 + paid / price)
            done.append((entry, left, gain))
            free = left + 1
    return done


def leave(columns: Columns, entry: int, side: int, price: float) -> tuple[int, float]:
    """The row and price of the exit: the stop before the target, a gap at the open."""
    stop, target = price * (1 - STOP * side), price * (1 + TARGET * side)
    adverse, kind = (columns["l"], columns["h"]) if side > 0 else (columns["h"], columns["l"])
    row = touched(adverse, kind, entry, side, (stop, target))
    if row == len(adverse):
        return row - 1, float(columns["c"][-1])
    opened = float(columns["o"][row])
    if side * (adverse[row] - stop) <= 0:
        return row, min(side * stop, side * opened) * side
    return row, max(side * target, side * opened) * side


def touched(
    adverse: Floats, kind: Floats, row: int, side: int, levels: tuple[float, float]
) -> int:
    """The first row from here that reaches either level; the length of the columns if none does."""
    stop, target = levels
    chunk = CHUNK
    while row < len(adverse):
        near, far = adverse[row : row + chunk], kind[row : row + chunk]
        hit = (near <= stop) | (far >= target) if side > 0 else (near >= stop) | (far <= target)
        first = int(hit.argmax())
        if hit[first]:
            return row + first
        row, chunk = row + chunk, min(2 * chunk, LARGEST_CHUNK)
    return len(adverse)


def main(case: str, folder: str) -> None:
    symbols = read(Path(folder), case, "ohlc").values()
    repeat(RUNS, CASES[case].candles, lambda: sum(len(trades(columns)) for columns in symbols))


if __name__ == "__main__":
    main(*sys.argv[1:])
