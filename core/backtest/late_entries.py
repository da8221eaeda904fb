"""Does the result hang on entering at the very candle? The same stretch with entries that come late."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.backtest.history import SymbolHistory
from core.backtest.replay import walk
from core.backtest.scenario import Jitter, Scenario
from core.domain.market import Floats


def late_entries(
    histories: Mapping[str, SymbolHistory],
    scenario: Scenario,
    *,
    candles: int,
    rounds: int,
    seed: int,
) -> Floats:
    """Total return of each round, in which every entry comes 0..`candles` candles late by dice."""
    jitters = [Jitter(candles=candles, seed=seed + n) for n in range(rounds)]
    walks = (walk(histories, replace(scenario, jitter=jitter)) for jitter in jitters)
    return np.array([float(one.closing / scenario.equity) - 1 for one in walks])
