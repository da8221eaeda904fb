"""What a search came to, as it is told: the best few, today's set beside them, and how it was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.backtest.grades import Grades
from core.backtest.legs import Leg
from core.backtest.objectives import Aim, Metrics
from core.backtest.sensitivity import Sensitivity
from core.backtest.space import Point
from core.backtest.tried import Tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """`top` are the best feasible ones, best first; `pruned` trials were ended early. `now` is the
    set that the desk has today and `today` what it brought. Not `complete`: somebody interrupted.
    """

    aim: Aim
    names: tuple[str, ...]
    tried: int
    pruned: int
    feasible: int
    complete: bool
    top: tuple[Tried, ...]
    now: Point
    today: Metrics
    sensitivity: Sensitivity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A small grid under purged k-fold."""

    aim: Aim
    names: tuple[str, ...]
    grades: Grades


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A walk forward. `tried` counts the trials of all legs."""

    aim: Aim
    names: tuple[str, ...]
    tried: int
    complete: bool
    legs: tuple[Leg, ...]
    efficiency: float | None
    steadiness: Mapping[str, float | None]
