"""What became of the desk's question at every candle of the past, as columns in 0..1.

The event is the one of committee/question.py, seen from each close. Rows whose horizon has not
passed are NaN, also where a level was hit already: counting only the early ones would flatter.

Shares lie on a grid of 2^-24, so that sums over any stretch are exact: what a rule makes of its
past does not depend on where the frame begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.domain.market import CandleFrame, Floats
from core.domain.trading import Side

Mask: TypeAlias = NDArray[np.bool_]

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
    return Outcomes(up, dict(zip(Side, _targets_first(frame, stop, reward, horizon), strict=True)))


def _targets_first(frame: CandleFrame, stop: Floats, reward: float, horizon: int) -> Floats:
    """A column for each side, seen from which good prices are high ones."""
    columns = np.full((len(Side), len(frame)), np.nan)
    rows = len(frame) - horizon
    if rows <= 0:
        return columns
    sign = np.array([[side.sign] for side in Side])
    lasting, distance = frame.close[horizon : horizon + rows], sign * stop[:rows]
    stops, targets = (frame.close[:rows] * (1 + far * distance) for far in (-1, reward))
    worst, best = (
        np.where(sign > 0, frame.low, frame.high),
        np.where(sign > 0, frame.high, frame.low),
    )
    won, open_ = _walked(sign * worst, sign * stops, sign * best, sign * targets)
    way = np.clip((lasting - stops) / (targets - stops), 0.0, 1.0)
    result = np.where(open_, np.floor(way * GRID) / GRID, won)
    columns[:, :rows] = np.where(np.isnan(stops), np.nan, result)
    return columns


def _walked(worst: Floats, stops: Floats, best: Floats, targets: Floats) -> tuple[Mask, Mask]:
    """Who reached the target before the stop, and who neither, until the candles end."""
    rows = stops.shape[1]
    won, open_ = np.zeros(stops.shape, np.bool_), np.ones(stops.shape, np.bool_)
    for step in range(1, worst.shape[1] - rows + 1):
        open_ &= worst[:, step : step + rows] > stops
        reached = best[:, step : step + rows] >= targets
        reached &= open_
        won |= reached
        open_ ^= reached
    return won, open_
