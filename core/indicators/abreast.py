"""The latest values of many frames' indicators, side by side: what `readings` says of each.

What looks back a bounded way is one operation for all frames; what is smoothed goes through TA-Lib
frame by frame, over the very candles that a frame by itself would show it.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import talib
from numpy.typing import NDArray

from core.domain.market import CandleFrame, Floats, Timeframe
from core.indicators.columns import LONGEST, ROLLED, STILL
from core.indicators.readings import WARM_UP
from core.indicators.rolled import NOISE, per_year

MOVED = 1e-12  # a last step from which on a mean over 14 candles is no less than STILL


class Abreast:
    """Frames of one timeframe and one length, a row for each; NaN is unknown.

    `columns` are open, high, low, close and volume, each a matrix of frames by candles.
    """

    def __init__(self, timeframe: Timeframe, columns: Floats) -> None:
        self.timeframe = timeframe
        self.columns = columns
        self.open, self.high, self.low, self.close, self.volume = columns

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    @property
    def candles(self) -> int:
        return int(self.columns.shape[2])

    @property
    def last(self) -> Floats:
        last: Floats = self.close[:, -1]
        return last

    def where(self, kept: Sequence[int]) -> "Abreast":
        """Only these frames."""
        return Abreast(self.timeframe, self.columns[:, kept])

    def latest(self, candles: int) -> "Abreast":
        """Only so many of the candles."""
        return Abreast(self.timeframe, self.columns[:, :, -candles:])

    def reading(self, name: str) -> Floats:
        """One of the indicators, by its name; unknown while it is not warm."""
        if self.candles < WARM_UP[name]:
            return np.full(len(self), np.nan)
        values: Floats = getattr(self, f"_{name}")()
        return values

    def _atr(self) -> Floats:
        return np.array([talib.ATR(*bars, 14)[-1] for bars in self._bars()])

    def _adx(self) -> Floats:
        return np.array([talib.ADX(*bars, 14)[-1] for bars in self._bars()])

    def _ema_fast(self) -> Floats:
        return np.array([talib.EMA(close, 20)[-1] for close in self.close])

    def _ema_slow(self) -> Floats:
        return np.array([talib.EMA(close, LONGEST)[-1] for close in self.close])

    def _rsi(self) -> Floats:
        still = np.abs(self.close[:, -1] - self.close[:, -2]) < MOVED
        columns = zip(self.close, still.tolist(), strict=True)
        return np.array(
            [np.nan if s and _is_still(c) else talib.RSI(c, 14)[-1] for c, s in columns]
        )

    def _macd_histogram(self) -> Floats:
        return np.array([talib.MACD(close, 12, 26, 9)[2][-1] for close in self.close])

    @cached_property
    def _bands(self) -> Floats:
        bands = (talib.BBANDS(close, 20, 2.0, 2.0) for close in self.close)
        return np.array([(upper[-1], middle[-1]) for upper, middle, _ in bands])

    def _upper(self) -> Floats:
        return self._bands[:, 0]

    def _middle(self) -> Floats:
        return self._bands[:, 1]

    def _stochastic_k(self) -> Floats:
        slow = [_stochastic(*bars) for bars in self._bars()]
        return np.where(self._was_flat(), np.nan, np.array(slow))

    def _vwap(self) -> Floats:
        high, low, close, volume = (c[:, -ROLLED:] for c in self.columns[1:])
        typical = (high + low + close) / 3
        return _ratio((typical * volume).sum(axis=1), volume.sum(axis=1))

    def _volume_z(self) -> Floats:
        volume = self.volume[:, -ROLLED:]
        mean = volume.sum(axis=1) / ROLLED
        spread = np.sqrt(((volume - mean[:, None]) ** 2).sum(axis=1) / ROLLED)
        return _ratio(volume[:, -1] - mean, np.where(spread > NOISE * np.abs(mean), spread, 0.0))

    def _volatility(self) -> Floats:
        logs = np.log(self.close[:, -ROLLED - 1 :])
        squares = (logs[:, 1:] - logs[:, :-1]) ** 2
        volatility: Floats = np.sqrt(squares.sum(axis=1) / ROLLED * per_year(self.timeframe))
        return volatility

    def _bars(self) -> "zip[tuple[Floats, Floats, Floats]]":
        return zip(self.high, self.low, self.close, strict=True)

    def _was_flat(self) -> NDArray[np.bool_]:
        """Had one of the last three rows 14 candles without a range behind it?"""
        ends = ((-14 - back, -back or None) for back in range(3))
        flat = [
            self.high[:, start:stop].max(axis=1) == self.low[:, start:stop].min(axis=1)
            for start, stop in ends
        ]
        was_flat: NDArray[np.bool_] = np.logical_or.reduce(flat)
        return was_flat


def abreast(frames: Sequence[CandleFrame], candles: int) -> Abreast:
    """The last candles of frames that are alike, at most so many of them."""
    first = frames[0]
    columns = np.empty((5, len(frames), min(len(first), candles)))
    for row, frame in enumerate(frames):
        for place, column in enumerate(frame.columns[1:]):
            columns[place, row] = column[-candles:]
    return Abreast(first.timeframe, columns)


def _is_still(close: Floats) -> bool:
    return bool(talib.ATR(close, close, close, 14)[-1] < STILL)


def _stochastic(high: Floats, low: Floats, close: Floats) -> float:
    slow, _ = talib.STOCH(high, low, close, fastk_period=14, slowk_period=3, slowd_period=3)
    return float(slow[-1])


def _ratio(above: Floats, below: Floats) -> Floats:
    unknown = np.full(len(above), np.nan)
    np.divide(above, below, out=unknown, where=below > 0)
    return unknown
