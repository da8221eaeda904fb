"""What followed a setup in the past, shrunk towards chance as long as precedents are few.

Outcomes of neighbouring candles overlap, so rows are not counted but episodes: n = the larger of
the separate times that a setup came up and the horizons that its rows fill twice over.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.domain.market import Floats
from core.rules.setups import Setups

Rows: TypeAlias = NDArray[np.int64]

WINDOW = 2_400
SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class Precedents:
    """Per row: the mean outcome of resolved rows with the same setup, and the effective number."""

    mean: Floats
    effective_n: Floats

    def probability(self, chance: float, prior: float) -> Floats:
        """Posterior mean under a Beta prior worth `prior` outcomes, centred on chance."""
        known = np.where(self.effective_n > 0, self.mean, chance)
        weight = np.maximum(self.effective_n + prior, SMALLEST)
        shrunk: Floats = (known * self.effective_n + prior * chance) / weight
        return np.where(self.effective_n + prior > 0, shrunk, chance)


def precedents(setups: Setups, outcome: Floats, horizon: int) -> Precedents:
    """For each row, look at the WINDOW rows that had resolved when its candle closed."""
    rows = len(setups)
    mean, effective = np.full(rows, np.nan), np.zeros(rows)
    stop = np.maximum(np.arange(rows) - horizon + 1, 0)
    start = np.maximum(stop - WINDOW, 0)
    resolved = ~np.isnan(outcome)
    for kind in (1, -1):
        here = setups == kind
        past = start[here], stop[here]
        like = here & resolved
        begins = like.copy()
        begins[1:] &= ~like[:-1]
        count, episodes = _between(like, *past), _between(begins, *past)
        total = _between(np.where(like, outcome, 0.0), *past)
        effective[here] = np.minimum(count, np.maximum(episodes, 2 * count / horizon))
        mean[here] = total / np.maximum(count, 1)
    return Precedents(mean, effective)


def _between(column: Floats | NDArray[np.bool_], start: Rows, stop: Rows) -> Floats:
    """Sums over rows start..stop of each row."""
    sums = np.zeros(len(column) + 1)
    column.cumsum(dtype=np.float64, out=sums[1:])
    between: Floats = sums[stop] - sums[start]
    return between
