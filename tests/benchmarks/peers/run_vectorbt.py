"""A benchmark case in vectorbt with its Rust engine, all symbols at once; warm runs follow."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import talib
import vectorbt as vbt
from vectorbt.portfolio.enums import OppositeEntryMode, StopEntryPrice

from tests.benchmarks.backtest_data import CASES, read
from tests.benchmarks.peers.stopwatch import repeat

RUNS = 6
Frames = dict[str, pd.DataFrame]


def frames(case: str, folder: Path) -> Frames:
    """One table for each of open, high, low and close, a column for each symbol."""
    symbols = read(folder, case, "ohlc")
    times = pd.to_datetime(next(iter(symbols.values()))["ts"], unit="ms", utc=True)
    return {
        key: pd.DataFrame({name: columns[key] for name, columns in symbols.items()}, index=times)
        for key in "ohlc"
    }


def signals(close: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where to enter long and short, on the row after the signal's."""
    long, short = np.zeros((2, len(close)), bool)
    fast, slow, rsi = talib.EMA(close, 20), talib.EMA(close, 50), talib.RSI(close, 14)
    up = (fast[1:] > slow[1:]) & (fast[:-1] <= slow[:-1]) & (rsi[1:] < 70)
    down = (fast[1:] < slow[1:]) & (fast[:-1] >= slow[:-1]) & (rsi[1:] > 30)
    long[2:], short[2:] = up[:-1], down[:-1]
    return long, short


def trades(prices: Frames, timeframe: str) -> int:
    close = prices["c"]
    columns = [np.ascontiguousarray(close[name].to_numpy()) for name in close]
    longs, shorts = zip(*map(signals, columns), strict=True)
    portfolio = vbt.Portfolio.from_signals(
        close,
        entries=np.column_stack(longs),
        short_entries=np.column_stack(shorts),
        price=prices["o"],
        open=prices["o"],
        high=prices["h"],
        low=prices["l"],
        sl_stop=0.02,
        tp_stop=0.04,
        stop_entry_price=StopEntryPrice.FillPrice,
        upon_opposite_entry=OppositeEntryMode.Ignore,
        size=1,
        fees=0.0005,
        init_cash=1e9,
        freq=timeframe,
    )
    return int(np.sum(portfolio.trades.count()))


def main(case: str, folder: str) -> None:
    vbt.settings["engine"] = "rust"
    prices = frames(case, Path(folder))
    timeframe = CASES[case].timeframe + "in"
    repeat(RUNS, CASES[case].candles, lambda: trades(prices, timeframe))


if __name__ == "__main__":
    main(*sys.argv[1:])
