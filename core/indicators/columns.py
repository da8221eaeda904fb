"""Indicators as columns over a whole frame: computed once, read row by row or all at once.

TA-Lib does the arithmetic. NaN marks the rows before an indicator has seen enough candles.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import talib

from core.domain.market import CandleFrame, Floats
from core.indicators import rolled

LONGEST = 50  # candles; the slowest of those that the rules look at
ROLLED = 24
STILL = 1e-14  # TA-Lib takes less for nothing


@dataclass(frozen=True, slots=True)
class Channel:
    """Highest high and lowest low of the candles before each row, without the row itself."""

    highest: Floats
    lowest: Floats


class Indicators:
    """Smoothed, banded and rolled columns of one frame, each made when first asked for.

    Columns are as long as the frame; prices in quote currency, RSI, ADX and Stochastic in 0..100,
    volatility a fraction a year. VWAP, OBV, the volume's deviation and volatility are rolled over
    24 candles. Anchored to a day they would say nothing on 4h and 1d candles, start anew at
    midnight in the middle of a move, and need more candles the finer they are.
    """

    def __init__(self, frame: CandleFrame) -> None:
        self._frame = frame
        self._channels: dict[int, Channel] = {}

    def __len__(self) -> int:
        return len(self._frame)

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
    def ema_long(self) -> Floats:
        return talib.EMA(self._frame.close, 200)

    @cached_property
    def rsi(self) -> Floats:
        """Unknown where no close has moved: TA-Lib would say 0, as if it had only fallen."""
        close = self._frame.close
        moved = talib.ATR(close, close, close, 14)
        return np.where(moved < STILL, np.nan, talib.RSI(close, 14))

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

    @cached_property
    def _macd(self) -> tuple[Floats, Floats, Floats]:
        line, signal, histogram = talib.MACD(self._frame.close, 12, 26, 9)
        return line, signal, histogram

    @property
    def macd(self) -> Floats:
        return self._macd[0]

    @property
    def macd_signal(self) -> Floats:
        return self._macd[1]

    @property
    def macd_histogram(self) -> Floats:
        return self._macd[2]

    @cached_property
    def _stochastic(self) -> tuple[Floats, Floats]:
        """Unknown while it rests on 14 candles without a range: TA-Lib would say 0, as if oversold."""
        high, low = self._frame.high, self._frame.low
        flat = (talib.MAX(high, 14) == talib.MIN(low, 14)).astype(np.float64)
        slow, signal = talib.STOCH(
            high, low, self._frame.close, fastk_period=14, slowk_period=3, slowd_period=3
        )
        return _unless(flat, 3, slow), _unless(flat, 5, signal)

    @property
    def stochastic_k(self) -> Floats:
        return self._stochastic[0]

    @property
    def stochastic_d(self) -> Floats:
        return self._stochastic[1]

    @cached_property
    def on_balance(self) -> Floats:
        return rolled.on_balance(self._frame, ROLLED)

    @cached_property
    def vwap(self) -> Floats:
        return rolled.vwap(self._frame, ROLLED)

    @cached_property
    def volume_z(self) -> Floats:
        return rolled.deviation(self._frame.volume, ROLLED)

    @cached_property
    def volatility(self) -> Floats:
        return rolled.volatility(self._frame, ROLLED)

    def channel(self, period: int) -> Channel:
        """Donchian's channel over `period` candles, at least 2."""
        if period not in self._channels:
            self._channels[period] = Channel(
                _before(talib.MAX(self._frame.high, period)),
                _before(talib.MIN(self._frame.low, period)),
            )
        return self._channels[period]


def indicators(frame: CandleFrame) -> Indicators:
    """Raises ValueError for a number that is not finite: TA-Lib would turn it into a zero."""
    for column in (frame.open, frame.high, frame.low, frame.close, frame.volume):
        if not np.isfinite(column).all():
            raise ValueError("a frame may hold finite numbers only")
    return Indicators(frame)


def _unless(flat: Floats, rows: int, column: Floats) -> Floats:
    """Unknown where one of so many rows was flat."""
    return np.where(talib.MAX(flat, rows) > 0, np.nan, column)


def _before(column: Floats) -> Floats:
    """What the row before knew."""
    return np.concatenate(([np.nan], column[:-1]))
