"""How far a voice should be believed, read from its record: shift and slope around chance.

The most probable pair under a prior: a model starts at slope 0.3, a rule is believed as it speaks,
and each outcome moves it a little. Outcomes may be shares.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.committee.calibration import log_odds
from core.domain.market import Floats
from core.domain.tuning import VOICES

STEPS = 50
CLOSE_ENOUGH = 1e-10
LOWEST = np.array([-0.5, 0.0])
HIGHEST = np.array([0.5, 2.0])
BOTH = np.array([True, True])
SHIFT_ALONE = np.array([True, False])


@dataclass(frozen=True, slots=True)
class Prior:
    """Where a voice starts, and how far (standard deviations) it may easily go from there."""

    shift: float = 0.0
    slope: float = 0.3
    shift_spread: float = 0.1
    slope_spread: float = 0.15

    @property
    def centre(self) -> Floats:
        return np.array([self.shift, self.slope])

    @property
    def precision(self) -> Floats:
        return np.array([self.shift_spread, self.slope_spread]) ** -2.0


FOR_A_MODEL = Prior()
FOR_A_RULE = Prior(slope=1.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The record in log-odds: chance, and how far from it the voice leaned."""

    anchor: Floats
    lean: Floats
    outcome: Floats
    weight: Floats
    prior: Prior

    def believed(self, at: Floats) -> Floats:
        q: Floats = 1 / (1 + np.exp(-(self.anchor + at[0] + at[1] * self.lean)))
        return q

    def likelihood(self, at: Floats) -> float:
        """Logarithm, up to a constant; prior and record together."""
        odds = self.anchor + at[0] + at[1] * self.lean
        told = np.sum(self.weight * (self.outcome * odds - np.logaddexp(0.0, odds)))
        away = at - self.prior.centre
        return float(told - 0.5 * np.sum(self.prior.precision * away**2))

    def slopes(self, at: Floats) -> tuple[Floats, Floats]:
        """Gradient and negative curvature of the likelihood."""
        q = self.believed(at)
        missed, spread = self.weight * (self.outcome - q), self.weight * q * (1 - q)
        tilted = float(np.sum(spread * self.lean))
        gradient = np.array([np.sum(missed), np.sum(missed * self.lean)])
        curvature = np.array(
            [[np.sum(spread), tilted], [tilted, np.sum(spread * self.lean**2)]]
        ) + np.diag(self.prior.precision)
        return gradient - self.prior.precision * (at - self.prior.centre), curvature


def fit(
    stated: Floats,
    outcome: Floats,
    chance: Floats | float,
    weight: Floats,
    prior: Prior = FOR_A_MODEL,
) -> tuple[float, float]:
    """(shift, slope). A voice is never believed in reverse, and hardly beyond its own words."""
    anchor = log_odds(np.broadcast_to(np.asarray(chance, np.float64), stated.shape))
    evidence = Evidence(anchor, log_odds(stated) - anchor, outcome, weight, prior)
    best = _climbed(evidence, prior.centre, BOTH)
    if not LOWEST[1] <= best[1] <= HIGHEST[1]:
        best = _climbed(evidence, np.clip(best, LOWEST, HIGHEST), SHIFT_ALONE)
    shift, slope = np.clip(best, LOWEST, HIGHEST)
    return float(shift), float(slope)


def _climbed(evidence: Evidence, at: Floats, free: NDArray[np.bool_]) -> Floats:
    """Newton's steps to the top, each halved until it leads upwards; there is one top only."""
    height = evidence.likelihood(at)
    for _ in range(STEPS):
        gradient, curvature = evidence.slopes(at)
        step = np.zeros(2)
        step[free] = np.linalg.solve(curvature[np.ix_(free, free)], gradient[free])
        while (higher := evidence.likelihood(at + step)) < height:
            step /= 2
            if np.max(np.abs(step)) < CLOSE_ENOUGH:
                return at
        at, height = at + step, higher
        if np.max(np.abs(step)) < CLOSE_ENOUGH:
            break
    return at


def prior_of(voice: str) -> Prior:
    """Rules speak from counted outcomes already; whoever is no rule is a model."""
    return FOR_A_RULE if voice in VOICES else FOR_A_MODEL
