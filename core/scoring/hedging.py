"""Weights that are earned, slowly: Hedge over the buckets whose outcomes are known.

A voice's weight falls with its loss, is pulled back to the prior while there are few buckets, and
never leaves its floor and cap. Everything is symmetric: no voice is special.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.market import Floats


@dataclass(frozen=True, slots=True)
class Pace:
    """`rate` punishes losses, `share` of the whole is dealt out anew each time, `patience` is how
    many buckets the prior is worth, and no weight moves further than `step` at once.
    """

    rate: float = 3.0
    share: float = 0.01
    patience: float = 60.0
    floor: float = 0.10
    cap: float = 0.60
    step: float = 0.02

    def bounds(self, voices: int) -> tuple[float, float]:
        """Many voices cannot each have a tenth, and a lone one has it all."""
        return min(self.floor, 1 / (2 * voices)), max(self.cap, 1 / voices)


PACE = Pace()


@dataclass(frozen=True, slots=True)
class _Scales:
    """`raw` is what Hedge itself thinks, `weight` what is in force; 0 for who has not joined."""

    raw: Floats
    weight: Floats
    there: NDArray[np.bool_]

    def joined(self, there: NDArray[np.bool_], prior: Floats, pace: Pace) -> "_Scales":
        """New voices come in at the prior, and the others make room in proportion."""
        new = there & ~self.there
        if not np.any(new):
            return self
        there = there | self.there
        part = np.where(there, prior, 0.0) / np.sum(prior[there])
        left = 1 - np.sum(part[new])
        raw = np.where(new, part, self.raw * left)
        low, high = pace.bounds(int(np.sum(there)))
        weight = np.where(new, part, self.weight * left)
        weight[there] = bounded(weight[there], low, high)
        return _Scales(raw / np.sum(raw), weight, there)

    def judged(self, losses: Floats, prior: Floats, seen: int, pace: Pace) -> "_Scales":
        """One bucket further; `seen` counts it."""
        there = self.there
        count = int(np.sum(there))
        kept = self.raw[there] * np.exp(-pace.rate * (losses[there] - np.min(losses[there])))
        fresh = (1 - pace.share) * kept / np.sum(kept) + pace.share / count
        trust = seen / (seen + pace.patience)
        part = prior[there] / np.sum(prior[there])
        low, high = pace.bounds(count)
        before = self.weight[there]
        wanted = bounded(
            trust * fresh + (1 - trust) * part,
            np.maximum(low, before - pace.step),
            np.minimum(high, before + pace.step),
        )
        raw, weight = self.raw.copy(), self.weight.copy()
        raw[there], weight[there] = fresh, wanted
        return _Scales(raw, weight, there)


def hedge(losses: Floats, prior: Floats, pace: Pace = PACE) -> Floats:
    """The weights in force for each bucket, and last of all those in force now: (buckets + 1, voices).

    `losses` has a row for each bucket and NaN where a voice had not joined yet; who abstains has
    the ensemble's loss, so that silence neither pays nor costs.
    """
    return np.array(list(_course(losses, prior, pace)))


def _course(losses: Floats, prior: Floats, pace: Pace) -> Iterator[Floats]:
    nobody = np.zeros(len(prior))
    scales = _Scales(nobody, nobody, np.zeros(len(prior), np.bool_))
    for seen, row in enumerate(losses, 1):
        scales = scales.joined(~np.isnan(row), prior, pace)
        yield scales.weight
        scales = scales.judged(row, prior, seen, pace) if np.any(scales.there) else scales
    yield scales.joined(np.ones(len(prior), np.bool_), prior, pace).weight


def bounded(wanted: Floats, low: Floats | float, high: Floats | float) -> Floats:
    """The nearest weights within their bounds that sum to one: all are moved by the same amount."""
    low, high = np.broadcast_to(low, wanted.shape), np.broadcast_to(high, wanted.shape)
    corners = np.sort(np.concatenate((low - wanted, high - wanted)))
    sums = np.sum(np.clip(wanted + corners[:, None], low, high), axis=1)
    moved: Floats = np.clip(wanted + np.interp(1.0, sums, corners), low, high)
    return moved / np.sum(moved)
