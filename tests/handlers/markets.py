"""Made-up markets: a calm one, and one that jumps when a test wants it to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np

from bot.market.recording import Recording
from bot.market.synthetic import synthetic
from core.domain.market import CandleFrame, Timeframe

START = datetime(2026, 1, 7, 12, tzinfo=UTC)
SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT")
WARM_UP = 1_000
AHEAD = 200
HOUR = timedelta(hours=1)


@cache
def calm_market() -> Recording:
    """The same made-up market for every test."""
    opened = START - HOUR * WARM_UP
    return synthetic(7, SYMBOLS, Timeframe.H1, opened, WARM_UP + AHEAD)


def bent(recording: Recording, hours: int, factor: float) -> Recording:
    """The same market until so many hours after the start, then this much higher or lower."""
    candles = {
        symbol: {Timeframe.H1: _bent(frames[Timeframe.H1], WARM_UP + hours, factor)}
        for symbol, frames in recording.candles.items()
    }
    return replace(recording, candles=candles)


def _bent(frame: CandleFrame, row: int, factor: float) -> CandleFrame:
    def moved(column: np.ndarray) -> np.ndarray:
        return np.concatenate((column[:row], np.round(column[row:] * factor, 1)))

    prices = (frame.open, frame.high, frame.low, frame.close)
    return CandleFrame(
        frame.timeframe, frame.time.copy(), *map(moved, prices), frame.volume.copy()
    )
