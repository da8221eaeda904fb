"""What became of the desk's question at every candle of the past, as columns in 0..1.

The event is the one of committee/question.py, seen from each close. Rows whose horizon has not
passed are NaN, also where a level was hit already: counting only the early ones would flatter.

Shares lie on a grid of 2^-24, so that sums over any stretch are exact: what a rule makes of its
past does not depend on where the frame begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.domain.market import CandleFrame, Floats
from core.domain.trading import Side

GRID = 2.0**24


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`up`: 1 where the close at the horizon was higher. `target_first`: the question's answer."""

    up: Floats
    target_first: Mapping[Side, Floats]


def outcomes(frame: CandleFrame, stop: Floats, reward: float, horizon: int) -> Outcomes:
    """Resolve every row; `stop` is a column of fractions, the target is `reward` stops away."""
    rows = max(len(frame) - horizon, 0)
    up = np.full(len(frame), np.nan)
    up[:rows] = frame.close[len(frame) - rows :] > frame.close[:rows]
    sides = {side: _target_first(frame, side, stop, reward, horizon) for side in Side}
    return Outcomes(up, sides)


def _target_first(
    frame: CandleFrame, side: Side, stop: Floats, reward: float, horizon: int
) -> Floats:
    column = np.full(len(frame), np.nan)
    rows = len(frame) - horizon
    if rows <= 0:
        return column
    close, sign = frame.close[:rows], side.sign
    stops = close * (1 - sign * stop[:rows])
    targets = close * (1 + sign * reward * stop[:rows])
    adverse, favourable = (frame.low, frame.high) if sign > 0 else (frame.high, frame.low)
    result, open_ = np.zeros(rows), np.ones(rows, dtype=bool)
    for step in range(1, horizon + 1):
        stopped = sign * (adverse[step : step + rows] - stops) <= 0
        reached = sign * (favourable[step : step + rows] - targets) >= 0
        result[open_ & reached & ~stopped] = 1.0
        open_ &= ~(stopped | reached)
    way = (frame.close[horizon : horizon + rows] - stops) / (targets - stops)
    result[open_] = np.floor(np.clip(way[open_], 0.0, 1.0) * GRID) / GRID
    column[:rows] = np.where(np.isnan(stops), np.nan, result)
    return column
