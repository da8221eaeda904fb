"""Indicators as columns over a whole frame: computed once, read row by row or all at once.

TA-Lib does the arithmetic. NaN marks the rows before an indicator has seen enough candles.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import talib

from core.domain.market import CandleFrame, Floats

LONGEST = 50


@dataclass(frozen=True, slots=True)
class Channel:
    """Highest high and lowest low of the candles before each row, without the row itself."""

    highest: Floats
    lowest: Floats


class Indicators:
    """ATR 14, EMA 20 and 50, RSI 14, ADX 14, Bollinger 20/2, Donchian: each when first asked for.

    Columns are as long as the frame; prices in quote currency, RSI and ADX in 0..100.
    """

    def __init__(self, frame: CandleFrame) -> None:
        self._frame = frame
        self._channels: dict[int, Channel] = {}

    @cached_property
    def atr(self) -> Floats:
        return talib.ATR(self._frame.high, self._frame.low, self._frame.close, 14)

    @cached_property
    def ema_fast(self) -> Floats:
        return talib.EMA(self._frame.close, 20)

    @cached_property
    def ema_slow(self) -> Floats:
        return talib.EMA(self._frame.close, LONGEST)

    @cached_property
    def rsi(self) -> Floats:
        return talib.RSI(self._frame.close, 14)

    @cached_property
    def adx(self) -> Floats:
        return talib.ADX(self._frame.high, self._frame.low, self._frame.close, 14)

    @cached_property
    def _bands(self) -> tuple[Floats, Floats, Floats]:
        upper, middle, lower = talib.BBANDS(self._frame.close, 20, 2.0, 2.0)
        return upper, middle, lower

    @property
    def upper(self) -> Floats:
        return self._bands[0]

    @property
    def middle(self) -> Floats:
        return self._bands[1]

    @property
    def lower(self) -> Floats:
        return self._bands[2]

    def channel(self, period: int) -> Channel:
        """Donchian's channel over `period` candles, at least 2."""
        if period not in self._channels:
            self._channels[period] = Channel(
                _before(talib.MAX(self._frame.high, period)),
                _before(talib.MIN(self._frame.low, period)),
            )
        return self._channels[period]


def indicators(frame: CandleFrame) -> Indicators:
    """Raises ValueError for a price that is not finite: TA-Lib would turn it into a zero."""
    for column in (frame.high, frame.low, frame.close):
        if not np.isfinite(column).all():
            raise ValueError("a frame may hold finite prices only")
    return Indicators(frame)


def _before(column: Floats) -> Floats:
    """What the row before knew."""
    return np.concatenate(([np.nan], column[:-1]))
