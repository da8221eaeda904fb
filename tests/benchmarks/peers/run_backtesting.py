"""A benchmark case in backtesting.py, one symbol after the other."""

import sys
from pathlib import Path

import pandas as pd
import talib
from backtesting import Backtest, Strategy

from tests.benchmarks.backtest_data import CASES, Columns, read
from tests.benchmarks.peers.stopwatch import repeat

NAMES = {"o": "Open", "h": "High", "l": "Low", "c": "Close", "v": "Volume"}


class EmaCross(Strategy):
    """Levels are counted from the signal's close, which is the next open here."""

    def init(self):
        close = self.data.Close
        self.fast = self.I(talib.EMA, close, 20)
        self.slow = self.I(talib.EMA, close, 50)
        self.rsi = self.I(talib.RSI, close, 14)

    def next(self):
        fast, slow = self.fast, self.slow
        up = fast[-1] > slow[-1] and fast[-2] <= slow[-2]
        down = fast[-1] < slow[-1] and fast[-2] >= slow[-2]
        if not (up or down) or self.position:
            return
        price = self.data.Close[-1]
        if up and self.rsi[-1] < 70:
            self.buy(size=1, sl=price * 0.98, tp=price * 1.04)
        elif down and self.rsi[-1] > 30:
            self.sell(size=1, sl=price * 1.02, tp=price * 0.96)


def frame(columns: Columns) -> pd.DataFrame:
    times = pd.to_datetime(columns["ts"], unit="ms", utc=True)
    return pd.DataFrame({name: columns[key] for key, name in NAMES.items()}, index=times)


def trades(frames: list[pd.DataFrame]) -> int:
    tests = (
        Backtest(candles, EmaCross, cash=1e9, commission=0.0005, margin=1, finalize_trades=True)
        for candles in frames
    )
    return sum(int(test.run()["# Trades"]) for test in tests)


def main(case: str, folder: str) -> None:
    frames = [frame(columns) for columns in read(Path(folder), case).values()]
    repeat(1, CASES[case].candles, lambda: trades(frames))


if __name__ == "__main__":
    main(*sys.argv[1:])
