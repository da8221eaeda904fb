"""Purged k-fold: a small grid tried on every fold, and on what lies around it."""

from collections.abc import Callable, Sequence

from bot.search.attempt import Job
from bot.search.farm import Farm
from bot.search.sweep import sweep
from bot.search.terms import Search
from core.backtest.folds import PurgedFold
from core.backtest.grades import Grades, grade, spans
from core.backtest.space import Point


def kfold(
    farm: Farm,
    search: Search,
    points: Sequence[Point],
    folds: Sequence[PurgedFold],
    heard: Callable[[int, int], None],
) -> Grades | None:
    """None where an interrupt (Ctrl-C) left it unfinished: half a comparison is none."""
    stretches = [(span.start, span.end) for span in spans(folds)]
    tunings = [search.space.tuning(point, search.base) for point in points]
    metrics = sweep(farm, [Job(tuning, at) for tuning in tunings for at in stretches], heard)
    if None in metrics:
        return None
    wide = len(stretches)
    rows = [metrics[row * wide : (row + 1) * wide] for row in range(len(points))]
    return grade(points, folds, rows, search.aim)
