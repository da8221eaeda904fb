"""Seeded candles that are the same for every engine: clustered volatility, fat tails, jumps.

`python -m tests.benchmarks.backtest_data FOLDER CASE…` writes `FOLDER/CASE/NAME.npz` with the columns
`ts` (opens, ms), `o`, `h`, `l`, `c`, `v`. Numpy alone, because the peers read it in environments
of their own.
"""

import sys
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Columns = dict[str, NDArray]

START = 1_735_689_600_000  # 2025-01-01 UTC
YEAR = 365 * 86_400
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Series:
    """One symbol's candles: how many and how long (s), from which price, how wild a year is."""

    name: str
    seed: int
    price: float
    volatility: float
    decimals: int
    candles: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Case:
    timeframe: str
    series: tuple[Series, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(series.name for series in self.series)

    @property
    def candles(self) -> int:
        return sum(series.candles for series in self.series)


# name, first price, decimals
TEN = (
    ("ETH", 3300.0, 2),
    ("SOL", 190.0, 3),
    ("XRP", 2.3, 4),
    ("BNB", 690.0, 2),
    ("DOGE", 0.32, 5),
    ("ADA", 0.9, 4),
    ("AVAX", 37.0, 3),
    ("LINK", 21.0, 3),
    ("DOT", 6.8, 3),
    ("LTC", 105.0, 2),
)
TEN_SERIES = tuple(
    Series(name, 100 + row, price, 0.75 + 0.03 * row, decimals, 105_120, 300)
    for row, (name, price, decimals) in enumerate(TEN)
)


def one(candles: int, decimals: int = 1) -> Case:
    return Case("1m", (Series("BTC", 7, 60_000.0, 0.60, decimals, candles, 60),))


CASES = {
    "a": one(525_600),
    "b": Case("5m", TEN_SERIES),
    "c": Case("5m", TEN_SERIES),
    "1e5": one(10**5, decimals=4),
    "1e6": one(10**6, decimals=4),
    "1e7": one(10**7, decimals=4),
}


def columns(series: Series) -> Columns:
    """The candles of one symbol; the same seed gives the same ones.

    The extremes are those of a Brownian bridge from open to close whose variance is the candle's.
    """
    dice = np.random.default_rng(series.seed)
    count = series.candles
    usual = series.volatility / np.sqrt(YEAR / series.seconds)
    surprise = dice.standard_t(5, count) / np.sqrt(5 / 3)
    deviation = usual * _turbulence(dice, series) * _time_of_day(series)
    minutes = series.seconds / 60
    jumps = (dice.random(count) < 3e-5 * minutes) * dice.normal(0, 0.012, count)
    change = deviation * surprise + jumps
    change[1:] += 0.02 * change[:-1]
    close = series.price * np.exp(np.cumsum(change - 0.5 * deviation**2))
    prices = _candles(dice, series, close, (deviation * 0.9) ** 2)
    unevenness = np.exp(dice.normal(0, 0.8, count))
    volume = unevenness * (1 + 20 * np.abs(change) / usual) * 1e6 / series.price
    opens = START + np.arange(count, dtype=np.int64) * (1000 * series.seconds)
    return {"ts": opens, **prices, "v": np.round(volume, 3)}


def _turbulence(dice: np.random.Generator, series: Series) -> Floats:
    """A persistent factor of about 1: the logarithm of volatility as a first-order autoregression."""
    minutes = series.seconds / 60
    steps = dice.normal(0, 0.02 * np.sqrt(minutes), series.candles)
    memory = 0.999**minutes
    level = accumulate(steps.tolist(), lambda before, step: memory * before + step)
    logarithm = np.fromiter(level, np.float64, series.candles)
    return np.exp(logarithm - logarithm.var() / 2)


def _time_of_day(series: Series) -> Floats:
    day = (np.arange(series.candles) * series.seconds % DAY) / DAY
    return 1 + 0.35 * np.sin(2 * np.pi * (day - 0.35))


def _candles(
    dice: np.random.Generator, series: Series, close: Floats, variance: Floats
) -> Columns:
    count, decimals = series.candles, series.decimals
    opened = np.concatenate(([series.price], close[:-1]))
    first, last = np.log(opened), np.log(close)
    above, below = dice.random(count), dice.random(count)
    squared = (first - last) ** 2
    high = 0.5 * (first + last + np.sqrt(squared - 2 * variance * np.log(above)))
    low = 0.5 * (first + last - np.sqrt(squared - 2 * variance * np.log(below)))
    opened, close = np.round(opened, decimals), np.round(close, decimals)
    high, low = np.round(np.exp(high), decimals), np.round(np.exp(low), decimals)
    return {
        "o": opened,
        "h": np.maximum(high, np.maximum(opened, close)),
        "l": np.minimum(low, np.minimum(opened, close)),
        "c": close,
    }


def write(folder: Path, name: str) -> None:
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    for series in CASES[name].series:
        np.savez(target / f"{series.name}.npz", **columns(series))


def read(folder: Path, name: str, wanted: str = "ohlcv") -> dict[str, Columns]:
    """The columns of each symbol of a case; `ts` and whichever letters are wanted."""
    symbols = {}
    for symbol in CASES[name].names:
        with np.load(folder / name / f"{symbol}.npz") as archive:
            symbols[symbol] = {key: archive[key] for key in ("ts", *wanted)}
    return symbols


if __name__ == "__main__":
    for case in sys.argv[2:]:
        write(Path(sys.argv[1]), case)
