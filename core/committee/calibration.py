"""How far to believe a stated probability: it is pulled towards what chance alone would give."""

from dataclasses import dataclass

import numpy as np

from core.domain.market import Floats
from core.domain.opinion import Trust

SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """In log-odds around chance: shift + slope * stated. Slope 1 and shift 0 believe every word.

    A model that has no record yet gets slope 0.3, because stated 0.70 was observed to mean 0.56;
    rules are fitted on outcomes already and are taken as they are.
    """

    shift: float = 0.0
    slope: float = 1.0

    def __call__(self, stated: Floats, chance: Floats | float) -> Floats:
        """Column for column; NaN stays NaN."""
        if self == AS_STATED:
            return stated
        anchor = log_odds(np.asarray(chance))
        believed: Floats = 1 / (
            1 + np.exp(-(anchor + self.shift + self.slope * (log_odds(stated) - anchor)))
        )
        return believed


AS_STATED = Calibration()
UNPROVEN_MODEL = Calibration(slope=0.3)
UNPROVEN = Trust(
    up=(UNPROVEN_MODEL.shift, UNPROVEN_MODEL.slope),
    target=(UNPROVEN_MODEL.shift, UNPROVEN_MODEL.slope),
)


def log_odds(p: Floats) -> Floats:
    p = np.clip(p, SMALLEST, 1 - SMALLEST)
    odds: Floats = np.log(p / (1 - p))
    return odds
