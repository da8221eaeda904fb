"""Columns over the last so many candles, each window summed by itself.

A running sum would carry the rounding of all that came before into every later row; here a row
knows its window and nothing else. NaN marks rows without a whole window, and those for which the
question has no answer: nothing was traded, or nothing ever moved.
"""

import numpy as np

from core.domain.market import CandleFrame, Floats, Timeframe

DAY = Timeframe.D1.milliseconds
YEAR = 365  # days; this market never closes
NOISE = 1e-9  # of the mean: what rounding leaves of a spread that is none


def vwap(frame: CandleFrame, window: int) -> Floats:
    """The mean of the typical price, each candle counting by its volume."""
    typical = (frame.high + frame.low + frame.close) / 3
    return _ratio(_sums(typical * frame.volume, window), _sums(frame.volume, window))


def on_balance(frame: CandleFrame, window: int) -> Floats:
    """Volume of the candles that closed higher than the one before, less that of the lower ones."""
    signed = np.sign(_steps(frame.close)) * frame.volume
    return _sums(signed, window)


def deviation(column: Floats, window: int) -> Floats:
    """How many population deviations a row lies from the mean of its window."""
    mean = _sums(column, window) / window
    spread = np.sqrt(_sums_of_squares(column, mean, window) / window)
    return _ratio(column - mean, np.where(spread > NOISE * np.abs(mean), spread, 0.0))


def volatility(frame: CandleFrame, window: int) -> Floats:
    """Root mean square of the logarithmic steps between closes, as a fraction a year."""
    squares = _steps(np.log(frame.close)) ** 2
    return np.sqrt(_sums(squares, window) / window * per_year(frame.timeframe))


def per_year(timeframe: Timeframe) -> float:
    """How many candles of it a year has."""
    return YEAR * DAY / timeframe.milliseconds


def _steps(column: Floats) -> Floats:
    steps = np.full(len(column), np.nan)
    np.subtract(column[1:], column[:-1], out=steps[1:])
    return steps


def _sums(column: Floats, window: int) -> Floats:
    return _padded(_windows(column, window).sum(axis=1), len(column))


def _sums_of_squares(column: Floats, mean: Floats, window: int) -> Floats:
    """Of the distances from the mean: two passes, because a difference of squares cancels."""
    distances = _windows(column, window) - mean[len(mean) - _count(column, window) :, None]
    return _padded((distances**2).sum(axis=1), len(column))


def _count(column: Floats, window: int) -> int:
    return max(len(column) - window + 1, 0)


def _windows(column: Floats, window: int) -> Floats:
    """Views, no copies; numpy's own `sliding_window_view` takes ten times as long to begin."""
    shared = np.ascontiguousarray(column)
    return np.ndarray(
        (_count(column, window), window), shared.dtype, shared, strides=shared.strides * 2
    )


def _padded(known: Floats, length: int) -> Floats:
    padded = np.full(length, np.nan)
    padded[length - len(known) :] = known
    return padded


def _ratio(above: Floats, below: Floats) -> Floats:
    """Unknown where there is nothing to divide by."""
    unknown = np.full(len(above), np.nan)
    np.divide(above, below, out=unknown, where=below > 0)
    return unknown
