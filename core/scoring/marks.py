"""The marks that forecasters are given: Brier and its parts, log score, hit rate with its interval."""

import math
from dataclasses import dataclass

import numpy as np

from core.committee.calibration import SMALLEST
from core.domain.market import Floats

Z95 = 1.959964
BINS = 6


@dataclass(frozen=True, slots=True)
class Bins:
    """Forecasts of like size together: their mean, what came of them, and how many they are worth."""

    forecast: Floats
    outcome: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Murphy:
    """brier = reliability - resolution + uncertainty + within, which is what binning hides."""

    brier: float
    reliability: float
    resolution: float
    uncertainty: float

    @property
    def within(self) -> float:
        return self.brier - (self.reliability - self.resolution + self.uncertainty)


@dataclass(frozen=True, slots=True)
class Interval:
    """A share and where it may truly lie, at 95 %; `n` is effective."""

    share: float
    low: float
    high: float
    n: float

    def overlaps(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high

    def holds(self, share: float) -> bool:
        return self.low <= share <= self.high


def mean(values: Floats, weight: Floats) -> float:
    """NaN for nothing."""
    total = float(np.sum(weight))
    return float(np.sum(values * weight)) / total if total > 0 else math.nan


def brier(p: Floats, outcome: Floats, weight: Floats) -> float:
    """Mean squared distance; 0 is perfect, and 0.5 said of a coin scores 0.25."""
    return mean((p - outcome) ** 2, weight)


def log_score(p: Floats, outcome: Floats, weight: Floats) -> float:
    """Mean surprise in nats; less is better, and 0.5 said of a coin scores 0.69."""
    sure = np.clip(p, SMALLEST, 1 - SMALLEST)
    return -mean(outcome * np.log(sure) + (1 - outcome) * np.log(1 - sure), weight)


def skill(achieved: float, reference: float) -> float:
    """Which part of the reference's Brier score was saved; below 0 it was made worse."""
    return 1 - achieved / reference if reference > 0 else math.nan


def binned(p: Floats, outcome: Floats, weight: Floats, most: int = BINS) -> Bins:
    """Bins of about equal weight; equal forecasts are never parted."""
    if not len(p):
        return Bins(np.zeros(0), np.zeros(0), np.zeros(0))
    place = np.unique(p, return_inverse=True)[1]
    heavy = np.bincount(place, weight)
    middle = np.cumsum(heavy) - heavy / 2
    number = np.minimum((middle / np.sum(heavy) * most).astype(np.int64), most - 1)[place]
    total = np.asarray(np.bincount(number, weight, most), np.float64)
    some = total > 0
    return Bins(
        np.bincount(number, weight * p, most)[some] / total[some],
        np.bincount(number, weight * outcome, most)[some] / total[some],
        total[some],
    )


def murphy(p: Floats, outcome: Floats, weight: Floats, most: int = BINS) -> Murphy:
    """How honest, how telling, and how hard the question was."""
    bins, base = binned(p, outcome, weight, most), mean(outcome, weight)
    return Murphy(
        brier=brier(p, outcome, weight),
        reliability=mean((bins.forecast - bins.outcome) ** 2, bins.weight),
        resolution=mean((bins.outcome - base) ** 2, bins.weight),
        uncertainty=mean((outcome - base) ** 2, weight),
    )


def wilson(share: float, n: float, z: float = Z95) -> Interval:
    """Wilson's interval; everything is possible when nothing was seen."""
    if n <= 0 or math.isnan(share):
        return Interval(math.nan, 0.0, 1.0, 0.0)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half), n)


def hits(p: Floats, outcome: Floats, weight: Floats) -> Interval:
    """How often the likelier side came; a forecast of exactly one half names no side."""
    sided = (p != 0.5) & (outcome != 0.5)
    right = np.where(p > 0.5, outcome, 1 - outcome)[sided]
    return wilson(mean(right, weight[sided]), float(np.sum(weight[sided])))
