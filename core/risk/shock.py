"""Has the market just jumped? Then nobody enters for four hours."""

from datetime import datetime, timedelta

import numpy as np

from core.domain.market import CandleFrame, from_millis

SHOCK_RANGE = 0.05
HOUR = timedelta(hours=1)
REST = timedelta(hours=4)


def shock_until(frame: CandleFrame) -> datetime | None:
    """Four hours after the last hour whose range was over 5 %; None when there was none.

    Candles shorter than an hour are taken together; longer ones are read as they are, scaled by
    the square root of their length.
    """
    per_hour = max(1, HOUR // frame.timeframe.duration)
    rows = min(len(frame), per_hour * 6)
    if rows < per_hour:
        return None
    high = np.lib.stride_tricks.sliding_window_view(frame.high[-rows:], per_hour).max(axis=1)
    low = np.lib.stride_tricks.sliding_window_view(frame.low[-rows:], per_hour).min(axis=1)
    opens = frame.open[-rows:][: len(high)]
    allowed = SHOCK_RANGE * max(1.0, frame.timeframe.duration / HOUR) ** 0.5
    shocks = np.flatnonzero((high - low) / opens > allowed)
    if not len(shocks):
        return None
    last = int(frame.time[-rows:][shocks[-1] + per_hour - 1])
    return from_millis(last) + frame.timeframe.duration + REST
