"""What a search is asked: where to look, what for, how often and in which manner."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.backtest.objectives import Aim
from core.backtest.space import DEFAULT, Space
from core.domain.tuning import STANDARD, Tuning

HEARTBEAT = 20


class Sampler(StrEnum):
    """Who chooses the next point: a Parzen estimator, dice, evolution strategies or a grid."""

    TPE = "tpe"
    RANDOM = "random"
    CMAES = "cmaes"
    NSGA = "nsga"
    GRID = "grid"


class Pruner(StrEnum):
    """Who ends an attempt early that does worse than others did by then."""

    NONE = "none"
    MEDIAN = "median"
    HYPERBAND = "hyperband"


@dataclass(frozen=True, slots=True)
class Place:
    """A study's name, the database that holds it, and how often (seconds) a trial shows life."""

    study: str
    url: str
    heartbeat: int = HEARTBEAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """`trials` counts finished ones, of all machines together. `base` holds what is not searched.

    `segments` is how many parts of the stretch a pruner looks at, one after the other.
    """

    space: Space = DEFAULT
    aim: Aim = field(default_factory=Aim)
    trials: int = 200
    sampler: Sampler = Sampler.TPE
    pruner: Pruner = Pruner.NONE
    segments: int = 4
    seed: int = 7
    base: Tuning = STANDARD

    def __post_init__(self) -> None:
        several = len(self.aim.objectives) > 1
        if several and self.pruner is not Pruner.NONE:
            raise ValueError("several objectives cannot be pruned: choose one, or --pruner none")
        if several and self.sampler is Sampler.CMAES:
            raise ValueError("cmaes knows one objective: choose tpe or nsga for several")
        if self.sampler is Sampler.GRID and self.space.count is None:
            raise ValueError("a grid needs a step in every range, as in LOW..HIGH:STEP")
