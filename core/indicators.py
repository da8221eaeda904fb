"""Indicators as columns over a whole frame: computed once, read row by row or all at once.

TA-Lib does the arithmetic. NaN marks the rows before an indicator has seen enough candles.
"""

from dataclasses import dataclass

import numpy as np
import talib

from core.domain.market import CandleFrame, Floats

CHANNEL = 48
LONGEST = 50


@dataclass(frozen=True, slots=True)
class Indicators:
    """Columns as long as the frame; prices in quote currency, RSI and ADX in 0..100.

    `highest` and `lowest` span the CHANNEL candles before each row, without the row itself.
    """

    atr: Floats
    ema_fast: Floats
    ema_slow: Floats
    rsi: Floats
    adx: Floats
    upper: Floats
    middle: Floats
    lower: Floats
    highest: Floats
    lowest: Floats


def indicators(frame: CandleFrame) -> Indicators:
    """ATR 14, EMA 20 and 50, RSI 14, ADX 14, Bollinger 20/2, Donchian 48.

    Raises ValueError for a price that is not finite: TA-Lib would turn it into a zero.
    """
    high, low, close = frame.high, frame.low, frame.close
    if not (np.isfinite(high).all() and np.isfinite(low).all() and np.isfinite(close).all()):
        raise ValueError("a frame may hold finite prices only")
    upper, middle, lower = talib.BBANDS(close, 20, 2.0, 2.0)
    return Indicators(
        atr=talib.ATR(high, low, close, 14),
        ema_fast=talib.EMA(close, 20),
        ema_slow=talib.EMA(close, LONGEST),
        rsi=talib.RSI(close, 14),
        adx=talib.ADX(high, low, close, 14),
        upper=upper,
        middle=middle,
        lower=lower,
        highest=_before(talib.MAX(high, CHANNEL)),
        lowest=_before(talib.MIN(low, CHANNEL)),
    )


def _before(column: Floats) -> Floats:
    """What the row before knew."""
    return np.concatenate(([np.nan], column[:-1]))
