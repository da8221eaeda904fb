"""How far to believe a stated probability: it is pulled towards what chance alone would give."""

import math
from dataclasses import dataclass

SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """In log-odds around chance: shift + slope * stated. Slope 1 and shift 0 believe every word.

    A model that has no record yet gets slope 0.3, because stated 0.70 was observed to mean 0.56;
    rules are fitted on outcomes already and are taken as they are.
    """

    shift: float = 0.0
    slope: float = 1.0

    def __call__(self, stated: float, chance: float) -> float:
        anchor = _logit(chance)
        return _sigmoid(anchor + self.shift + self.slope * (_logit(stated) - anchor))


AS_STATED = Calibration()
UNPROVEN_MODEL = Calibration(slope=0.3)


def _logit(p: float) -> float:
    p = min(max(p, SMALLEST), 1 - SMALLEST)
    return math.log(p / (1 - p))


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))
