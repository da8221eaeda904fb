"""The situations that rules look for, as columns: 1 bullish, -1 bearish, 0 nothing to say.

A setup only names a situation. What it is worth is read from what followed it (precedents.py), so
an overbought market may well turn out to be one that goes on rising.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.domain.market import CandleFrame, Floats
from core.indicators import Indicators

Setups: TypeAlias = NDArray[np.int8]

TREND_IN_ATR = 0.5
TREND_ADX = 18.0
STRETCHED = 1.5
FRESH = 6


def trend(_frame: CandleFrame, columns: Indicators) -> Setups:
    """EMA 20 and EMA 50 stand half an ATR apart, and ADX confirms that this is a trend."""
    distance = _ratio(columns.ema_fast - columns.ema_slow, columns.atr)
    confirmed = columns.adx > TREND_ADX
    return _signs(confirmed & (distance > TREND_IN_ATR), confirmed & (distance < -TREND_IN_ATR))


def mean_reversion(frame: CandleFrame, columns: Indicators) -> Setups:
    """The close lies 1.5 standard deviations (Bollinger, 20) away from its mean."""
    deviation = (columns.upper - columns.middle) / 2
    distance = _ratio(frame.close - columns.middle, deviation)
    return _signs(distance < -STRETCHED, distance > STRETCHED)


def breakout(frame: CandleFrame, columns: Indicators) -> Setups:
    """Within the last six candles one closed outside the 48-candle channel; the latest counts."""
    outside = _signs(frame.close > columns.highest, frame.close < columns.lowest)
    rows = np.arange(len(outside))
    last = np.maximum.accumulate(np.where(outside != 0, rows, -FRESH))
    fresh = (rows - last < FRESH) & (last >= 0)
    return np.where(fresh, outside[np.maximum(last, 0)], 0).astype(np.int8)


def _ratio(above: Floats, below: Floats) -> Floats:
    """NaN where a flat market leaves nothing to divide by."""
    return above / np.where(below > 0, below, np.nan)


def _signs(up: NDArray[np.bool_], down: NDArray[np.bool_]) -> Setups:
    return up.astype(np.int8) - down.astype(np.int8)
