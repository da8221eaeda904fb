"""Purged k-fold: every set of a grid is graded where it was not chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean, pstdev

from core.backtest.folds import PurgedFold, Span
from core.backtest.objectives import Aim, Metrics
from core.backtest.space import Point

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Marks:
    """A set's objective on each fold's test, None where nothing feasible came of it."""

    point: Point
    tests: tuple[float | None, ...]

    @property
    def mean(self) -> float | None:
        """None unless every fold has a value."""
        known = [value for value in self.tests if value is not None]
        return fmean(known) if len(known) == len(self.tests) else None

    @property
    def spread(self) -> float | None:
        return None if self.mean is None else pstdev(value or 0.0 for value in self.tests)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best set around a fold: its objective there, and on the fold itself."""

    point: Point
    learnt: float
    judged: float | None


@dataclass(frozen=True, slots=True)
class Grades:
    """`marks` come best first; `chosen` has one a fold, None where nothing was feasible."""

    marks: tuple[Marks, ...]
    chosen: tuple[Chosen | None, ...]


def spans(folds: Sequence[PurgedFold]) -> tuple[Span, ...]:
    """Every stretch that each set is tried on: for each fold its test, and what lies around it."""
    return tuple(span for fold in folds for span in (fold.test, *fold.train))


def grade(
    points: Sequence[Point],
    folds: Sequence[PurgedFold],
    metrics: Sequence[Sequence[Metrics | None]],
    aim: Aim,
) -> Grades:
    """`metrics` has a row for each point with one entry for each of `spans(folds)`."""
    tables = [_by_span(row, spans(folds), aim) for row in metrics]
    sign = aim.signs[0]
    marks = [
        Marks(point, tuple(table[fold.test] for fold in folds))
        for point, table in zip(points, tables, strict=True)
    ]
    known = [one for one in marks if one.mean is not None]
    rest = [one for one in marks if one.mean is None]
    known.sort(key=lambda one: -sign * (one.mean or 0.0))
    chosen = (_choose(points, tables, fold, sign) for fold in folds)
    return Grades((*known, *rest), tuple(chosen))


def _choose(
    points: Sequence[Point],
    tables: Sequence[dict[Span, float | None]],
    fold: PurgedFold,
    sign: int,
) -> Chosen | None:
    """Who did best around a fold, and what it then did on it; the earlier one of equals."""
    learnt = {row: _learnt(table, fold) for row, table in enumerate(tables)}
    known = {row: value for row, value in learnt.items() if value is not None}
    if not known:
        return None
    row = max(known, key=lambda row: (sign * known[row], -row))
    return Chosen(points[row], known[row], tables[row][fold.test])


def _learnt(table: dict[Span, float | None], fold: PurgedFold) -> float | None:
    """The objective on what lies around a test, longer sides counting more."""
    parts = [(table[span], (span.end - span.start) / SECOND) for span in fold.train]
    known = [(value, weight) for value, weight in parts if value is not None]
    if len(known) < len(parts):
        return None
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known)


def _by_span(
    metrics: Sequence[Metrics | None], spans: Sequence[Span], aim: Aim
) -> dict[Span, float | None]:
    scores = [aim.score(each or {}) for each in metrics]
    heights = [score.values[0] if score.feasible else None for score in scores]
    return dict(zip(spans, heights, strict=True))
