"""Made-up and recorded candles to try indicators on."""

from functools import cache
from pathlib import Path

import numpy as np

from bot.market.files import read
from core.domain.market import CandleFrame, Timeframe

MARKET = Path(__file__).parents[4] / "shared" / "market"
COINS = ("BTC", "ETH", "SOL", "XRP", "DOGE")


def walk(count: int, seed: int = 5, price: float = 60_000.0) -> CandleFrame:
    """Steps with fat tails, ranges and volumes of all sizes."""
    random = np.random.default_rng(seed)
    close = price * np.exp(np.cumsum(random.standard_t(4, count) * 0.004))
    opened = np.concatenate(([price], close[:-1]))
    reach = 1 + np.abs(random.normal(0, 0.002, count))
    high, low = np.maximum(opened, close) * reach, np.minimum(opened, close) / reach
    time = np.arange(count, dtype=np.int64) * Timeframe.H1.milliseconds
    return CandleFrame(Timeframe.H1, time, opened, high, low, close, random.gamma(2, 50, count))


@cache
def recorded(coin: str) -> CandleFrame:
    """Years of real hours."""
    frames = read([MARKET / "1h" / f"{coin}USDT_1h.csv.gz"]).candles
    return frames[f"{coin}/USDT:USDT"][Timeframe.H1]
