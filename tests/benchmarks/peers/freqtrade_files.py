"""Writes a benchmark case as freqtrade reads it: candles, mark prices, funding and a configuration.

Mark prices are the last ones again and funding is zero, as the other engines know neither.
"""

import json
import sys
from pathlib import Path

import pandas as pd

from tests.benchmarks.backtest_data import CASES, Columns, read

NAMES = {"o": "open", "h": "high", "l": "low", "c": "close", "v": "volume"}
MERGED = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
ORDER_BOOK = {"price_side": "other", "use_order_book": True, "order_book_top": 1}


def write(case: str, folder: str) -> None:
    target = Path(folder) / "freqtrade" / case
    futures = target / "data" / "futures"
    for path in (futures, target / "user"):
        path.mkdir(parents=True, exist_ok=True)
    configured = json.dumps(configuration(CASES[case].names))
    (target / "config.json").write_text(configured)
    for name, columns in read(Path(folder), case).items():
        write_symbol(f"{futures}/{name}_USDT_USDT", CASES[case].timeframe, columns)


def write_symbol(stem: str, timeframe: str, columns: Columns) -> None:
    times = pd.to_datetime(columns["ts"], unit="ms", utc=True).as_unit("ms")
    values = {name: columns[key] for key, name in NAMES.items()}
    candles = pd.DataFrame({"date": times, **values})
    save(candles, f"{stem}-{timeframe}-futures.feather")
    for merged in ("1h", "8h"):
        mark = candles.resample(merged, on="date").agg(MERGED).reset_index()
        mark["date"] = mark["date"].astype("datetime64[ms, UTC]")
        save(mark, f"{stem}-{merged}-mark.feather")
        zeros = dict.fromkeys(NAMES.values(), 0.0)
        save(mark.assign(**zeros), f"{stem}-{merged}-funding_rate.feather")


def save(frame: pd.DataFrame, path: str) -> None:
    frame.to_feather(path, compression="lz4")


def configuration(names: tuple[str, ...]) -> dict[str, object]:
    pairs = [f"{name}/USDT:USDT" for name in names]
    return {
        "stake_currency": "USDT",
        "stake_amount": 100,
        "dry_run": True,
        "dry_run_wallet": 100_000,
        "max_open_trades": 10,
        "trading_mode": "futures",
        "margin_mode": "isolated",
        "fiat_display_currency": "",
        "entry_pricing": ORDER_BOOK,
        "exit_pricing": ORDER_BOOK,
        "exchange": {"name": "binance", "key": "", "secret": "", "pair_whitelist": pairs},
        "pairlists": [{"method": "StaticPairList"}],
        "dataformat_ohlcv": "feather",
    }


if __name__ == "__main__":
    write(*sys.argv[1:])
