"""What is known of a finished trial: where it stood, and what it brought."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.backtest.objectives import Aim, Metrics, Score, ranked
from core.backtest.space import Point, Value

Place = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A pruned trial has no metrics: it was not seen to the end."""

    number: int
    point: Point
    metrics: Metrics | None

    @property
    def place(self) -> Place:
        return tuple(sorted(self.point.items()))

    def score(self, aim: Aim) -> Score:
        return aim.score(self.metrics or {})


def distinct(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """Each point once, as it was seen to the end if it ever was: a sampler may come back to one."""
    found: dict[Place, Tried] = {}
    for each in tried:
        known = found.get(each.place)
        if known is None or (known.metrics is None and each.metrics is not None):
            found[each.place] = each
    return tuple(found.values())


def best_first(tried: Sequence[Tried], aim: Aim) -> tuple[Tried, ...]:
    """The feasible ones, each point once."""
    known = distinct(tried)
    return tuple(known[row] for row in ranked([each.score(aim) for each in known], aim))


def leader(tried: Sequence[Tried], aim: Aim) -> Tried | None:
    """The feasible one that is best in the first objective, the earliest of equals."""
    known = [each for each in tried if each.score(aim).feasible]
    return max(
        known, key=lambda each: aim.signs[0] * (each.score(aim).values[0] or 0.0), default=None
    )
