"""A world out of files of candles: a time in milliseconds, four prices, and coins traded."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from tests.venues.generated import COINS, market
from tests.venues.series import MINUTE, Series
from tests.venues.world import Clock, Market, World


def read(file: Path) -> np.ndarray:
    return np.loadtxt(file, delimiter=",", skiprows=1)


def recorded(
    candles: Mapping[str, Path],
    *,
    clock: Callable[[], int] | None = None,
    funding: Mapping[str, Path] | None = None,
    grid: int = MINUTE,
) -> World:
    """By coin; without a clock the world stands where the first recording ends.

    Set the clock back, and what is recorded after it comes to pass as time goes on.
    """
    tables = {base: read(file) for base, file in candles.items()}
    first = next(iter(tables.values()))
    clock = clock or Clock(int(first[-1, 0]) + grid - 1)
    stamps = {base: read(file) for base, file in (funding or {}).items()}
    markets = [lived(base, Series(rows, grid), stamps.get(base)) for base, rows in tables.items()]
    return World(markets, clock)


def lived(base: str, series: Series, stamps: np.ndarray | None) -> Market:
    """The rules of a made-up market around candles that were lived."""
    made = market(base if base in COINS else "SOL", MINUTE, 1, seed=1)
    made.base, made.series = base, series
    if stamps is not None:
        made.funding_times = stamps[:, 0].astype(np.int64)
        made.funding_rates = stamps[:, 1]
    return made
