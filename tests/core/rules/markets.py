"""Seeded candles that wander, for laws that must hold on any of them."""

from datetime import datetime

import numpy as np

from core.domain.market import CandleFrame, Timeframe
from tests.builders import NOON
from tests.fakes import frame


def wandering(seed: int, rows: int, end: datetime = NOON) -> CandleFrame:
    """A random walk whose candles reach a little beyond open and close."""
    steps = np.random.default_rng(seed).normal(0, 0.006, rows)
    prices = 1_000 * np.exp(np.cumsum(steps))
    return frame(prices, Timeframe.H1, end, reach=2.0)
