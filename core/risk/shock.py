"""Has the market just jumped? Then nobody enters for four hours."""

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from core.domain.market import CandleFrame, from_millis

SHOCK_RANGE = 0.05
HOUR = timedelta(hours=1)
REST = timedelta(hours=4)


def shocks(frame: CandleFrame) -> NDArray[np.bool_]:
    """For each candle: did the hour that ends with it move over 5 %?

    Candles shorter than an hour are taken together; longer ones are read as they are, scaled by
    the square root of their length.
    """
    per_hour = _per_hour(frame)
    moved = np.zeros(len(frame), np.bool_)
    if len(frame) < per_hour:
        return moved
    high = np.lib.stride_tricks.sliding_window_view(frame.high, per_hour).max(axis=1)
    low = np.lib.stride_tricks.sliding_window_view(frame.low, per_hour).min(axis=1)
    allowed = SHOCK_RANGE * max(1.0, frame.timeframe.duration / HOUR) ** 0.5
    moved[per_hour - 1 :] = (high - low) / frame.open[: len(high)] > allowed
    return moved


def shock_until(frame: CandleFrame) -> datetime | None:
    """Four hours after the last such hour among the latest six; None when there was none."""
    latest = frame.rows(len(frame) - _per_hour(frame) * 6, len(frame))
    found = np.flatnonzero(shocks(latest))
    if not len(found):
        return None
    return from_millis(int(latest.time[found[-1]])) + frame.timeframe.duration + REST


def _per_hour(frame: CandleFrame) -> int:
    return max(1, HOUR // frame.timeframe.duration)
