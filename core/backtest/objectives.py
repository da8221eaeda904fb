"""What a search wants more of, what it will not do without, and which result comes first."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.backtest.figures import Figures

Metrics = Mapping[str, float | None]
Gains = tuple[float, ...]  # the objectives' values, turned so that more is better
METRICS: Mapping[str, Callable[[Figures], float | None]] = {
    "return": lambda figures: figures.total,
    "annual": lambda figures: figures.annual,
    "sharpe": lambda figures: figures.sharpe,
    "sortino": lambda figures: figures.sortino,
    "calmar": lambda figures: figures.calmar,
    "drawdown": lambda figures: figures.drawdown,
    "expectancy": lambda figures: figures.expectancy,
    "profit_factor": lambda figures: figures.profit_factor,
    "win_rate": lambda figures: figures.win_rate,
    "total_r": lambda figures: figures.total_r,
    "trades": lambda figures: float(figures.trades),
    "exposure": lambda figures: figures.exposure,
    "longest": lambda figures: float(figures.longest),
    "month_gain": lambda figures: max((month.change for month in figures.months), default=None),
    "month_loss": lambda figures: min((month.lowest for month in figures.months), default=None),
}
FALLING = frozenset({"drawdown", "exposure", "longest"})
MISSING = 1.0  # how far a figure that does not exist is from any bound


@dataclass(frozen=True, slots=True)
class Constraint:
    """A figure's bound: at most, or at least."""

    name: str
    bound: float
    at_most: bool

    def violation(self, metrics: Metrics) -> float:
        """How far beyond the bound, in parts of it; zero or less is kept."""
        value = metrics.get(self.name)
        if value is None:
            return MISSING
        over = value - self.bound if self.at_most else self.bound - value
        return over / (abs(self.bound) or 1.0)

    def __str__(self) -> str:
        return f"{self.name}{'<=' if self.at_most else '>='}{self.bound:g}"


@dataclass(frozen=True, slots=True)
class Aim:
    """The names of the objectives, the first being the one that ranks, and the constraints."""

    objectives: tuple[str, ...] = ("sharpe",)
    constraints: tuple[Constraint, ...] = ()

    def __post_init__(self) -> None:
        for name in self.objectives:
            must_exist(name)
        if not self.objectives or len(set(self.objectives)) < len(self.objectives):
            raise ValueError("objectives must be different, and at least one")

    @property
    def signs(self) -> tuple[int, ...]:
        """1 where more is better, -1 where less is."""
        return tuple(-1 if name in FALLING else 1 for name in self.objectives)

    def score(self, metrics: Metrics) -> "Score":
        return Score(
            tuple(metrics.get(name) for name in self.objectives),
            tuple(constraint.violation(metrics) for constraint in self.constraints),
            round(metrics.get("trades") or 0),
        )


@dataclass(frozen=True, slots=True)
class Score:
    """The objectives' values and the constraints' violations, in the order of the aim."""

    values: tuple[float | None, ...]
    violations: tuple[float, ...]
    trades: int

    @property
    def feasible(self) -> bool:
        """Did it trade, does every objective have a value, and is every constraint kept?"""
        return (
            self.trades > 0
            and None not in self.values
            and all(violation <= 0 for violation in self.violations)
        )


def measure(figures: Figures) -> dict[str, float | None]:
    """Every figure that can be an objective or be held to a bound; None where it is undefined."""
    return {name: _finite(read(figures)) for name, read in METRICS.items()}


def ranked(scores: Sequence[Score], aim: Aim) -> list[int]:
    """The rows that are feasible, best first: by fronts, within one by the first objective.

    A front is what nothing outside an earlier front beats in every objective (Pareto).
    """
    rest, gains = _feasible(scores, aim)
    order: list[int] = []
    while rest:
        best = _undominated(rest, gains)
        order += best
        rest = [row for row in rest if row not in best]
    return order


def front(scores: Sequence[Score], aim: Aim) -> list[int]:
    """The feasible rows that no other beats, best in the first objective first."""
    return _undominated(*_feasible(scores, aim))


def _feasible(scores: Sequence[Score], aim: Aim) -> tuple[list[int], Mapping[int, Gains]]:
    gains = {row: _gains(score, aim) for row, score in enumerate(scores) if score.feasible}
    return sorted(gains, key=lambda row: (tuple(-gain for gain in gains[row]), row)), gains


def _undominated(rows: Sequence[int], gains: Mapping[int, Gains]) -> list[int]:
    """Rows come best first in the first objective, so only earlier ones can beat a later one."""
    best: list[int] = []
    for row in rows:
        if not any(_beats(gains[other], gains[row]) for other in best):
            best.append(row)
    return best


def _gains(score: Score, aim: Aim) -> Gains:
    pairs = zip(score.values, aim.signs, strict=True)
    return tuple((value or 0.0) * sign for value, sign in pairs)


def _beats(one: Gains, other: Gains) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def must_exist(name: str) -> None:
    """Raises ValueError with a sentence for a figure that there is not."""
    if name not in METRICS:
        raise ValueError(f"there is no figure {name!r}; there are {', '.join(METRICS)}")
