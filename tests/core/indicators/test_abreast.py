"""Many frames side by side are read as each of them by itself, to the last bit."""

import numpy as np
import pytest

from core.domain.market import CandleFrame, Timeframe
from core.indicators import Indicators, abreast, reading
from tests.builders import NOON
from tests.fakes import frame

READ = (
    "atr",
    "adx",
    "rsi",
    "ema_fast",
    "ema_slow",
    "macd_histogram",
    "upper",
    "middle",
    "stochastic_k",
    "vwap",
    "volume_z",
    "volatility",
)
LENGTHS = (1, 2, 17, 18, 23, 24, 25, 32, 40, 140, 250, 319, 320, 400, 431)


def markets(candles: int, seed: int = 7) -> list[CandleFrame]:
    """Wild, calm and cheap ones, one that stands still, one that stopped, and one nobody trades."""
    dice = np.random.default_rng(seed)
    walks = np.exp(dice.normal(0, 0.01, (12, candles)).cumsum(axis=1))
    prices = [2_000 * walks[0], 1e-7 * walks[1], *(3.0 * walk for walk in walks[2:])]
    stopped = prices[2].copy()
    stopped[-40:] = stopped[-1]
    prices += [
        np.full(candles, 5.0),
        stopped,
        np.where(np.arange(candles) < candles - 1, 5.0, 5.1),
    ]
    made = [frame(one, Timeframe.H4, NOON, reach=float(one[0] / 500)) for one in prices]
    volumes = dice.lognormal(3, 2, (len(made), candles))
    volumes[3] = 0
    volumes[4] = 8.0
    return [_with(one, volume) for one, volume in zip(made, volumes, strict=True)] + [
        frame(np.full(candles, 5.0), Timeframe.H4, NOON, reach=0.0)
    ]


def _with(one: CandleFrame, volume: np.ndarray) -> CandleFrame:
    return CandleFrame(one.timeframe, *one.columns[:5], volume)


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("candles", LENGTHS)
def test_a_reading_is_the_same_alone_and_abreast(name, candles):
    frames = markets(candles)
    told = abreast(frames, 400).reading(name).tolist()
    alone = [reading(Indicators(one.rows(candles - 400, candles)), name) for one in frames]
    assert [value if np.isfinite(value) else None for value in told] == alone
