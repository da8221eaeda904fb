"""The situations that rules look for, as columns: 1 bullish, -1 bearish, 0 nothing to say.

A setup only names a situation. What it is worth is read from what followed it (precedents.py), so
an overbought market may well turn out to be one that goes on rising.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.domain.market import CandleFrame, Floats
from core.domain.tuning import Tuning
from core.indicators import Indicators

Setups: TypeAlias = NDArray[np.int8]


def trend(_frame: CandleFrame, columns: Indicators, tuning: Tuning) -> Setups:
    """EMA 20 and EMA 50 stand apart by a part of the ATR, and ADX confirms that this is a trend."""
    distance = _ratio(columns.ema_fast - columns.ema_slow, columns.atr)
    confirmed, apart = columns.adx > tuning.trend_adx, tuning.trend_in_atr
    return _signs(confirmed & (distance > apart), confirmed & (distance < -apart))


def mean_reversion(frame: CandleFrame, columns: Indicators, tuning: Tuning) -> Setups:
    """The close lies some standard deviations (Bollinger, 20) away from its mean."""
    deviation = (columns.upper - columns.middle) / 2
    distance = _ratio(frame.close - columns.middle, deviation)
    return _signs(distance < -tuning.stretched, distance > tuning.stretched)


def breakout(frame: CandleFrame, columns: Indicators, tuning: Tuning) -> Setups:
    """Within the last few candles one closed outside the channel; the latest counts."""
    channel = columns.channel(tuning.channel)
    outside = _signs(frame.close > channel.highest, frame.close < channel.lowest)
    rows = np.arange(len(outside))
    last = np.maximum.accumulate(np.where(outside != 0, rows, -tuning.fresh))
    fresh = (rows - last < tuning.fresh) & (last >= 0)
    return np.where(fresh, outside[np.maximum(last, 0)], 0).astype(np.int8)


def crossing(_frame: CandleFrame, columns: Indicators, _tuning: Tuning) -> Setups:
    """EMA 20 crosses EMA 50 at this close, and RSI has not run ahead of it (70 up, 30 down)."""
    above = columns.ema_fast > columns.ema_slow
    below = columns.ema_fast < columns.ema_slow
    known = ~np.isnan(columns.ema_slow)
    up, down = np.zeros(len(above), np.bool_), np.zeros(len(above), np.bool_)
    up[1:] = above[1:] & ~above[:-1] & known[:-1]
    down[1:] = below[1:] & ~below[:-1] & known[:-1]
    return _signs(up & (columns.rsi < 70), down & (columns.rsi > 30))


def _ratio(above: Floats, below: Floats) -> Floats:
    """NaN where a flat market leaves nothing to divide by."""
    return above / np.where(below > 0, below, np.nan)


def _signs(up: NDArray[np.bool_], down: NDArray[np.bool_]) -> Setups:
    return up.astype(np.int8) - down.astype(np.int8)
