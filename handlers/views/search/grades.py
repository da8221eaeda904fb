"""A grid under purged k-fold: every set where it was not chosen, and what choosing was worth."""

from statistics import fmean

from core.backtest.findings import Graded
from handlers.views.search.cells import Table, figure, number
from handlers.words import Reader

SHOWN = 10


def summary(reader: Reader, graded: Graded) -> str:
    marks = graded.grades.marks
    folds = len(marks[0].tests) if marks else 0
    return reader.t("kfold.summary", sets=len(marks), folds=folds, objective=_objective(graded))


def mark_table(reader: Reader, graded: Graded) -> Table:
    """A head and the best sets by their mean over the folds."""
    t, objective, marks = reader.t, _objective(graded), graded.grades.marks[:SHOWN]
    folds = range(1, len(marks[0].tests) + 1) if marks else ()
    head = (*graded.names, t("kfold.mean"), t("kfold.spread"), *map(str, folds))
    rows = (
        (
            *(number(one.point[name]) for name in graded.names),
            figure(objective, one.mean),
            figure(objective, one.spread),
            *(figure(objective, test) for test in one.tests),
        )
        for one in marks
    )
    return (head, *rows)


def chosen(reader: Reader, graded: Graded) -> str:
    """Whoever chooses around a fold gets this on it: the honest figure."""
    known = [one for one in graded.grades.chosen if one is not None and one.judged is not None]
    if not known:
        return reader.t("kfold.nobody")
    objective = _objective(graded)
    return reader.t(
        "kfold.chosen",
        learnt=figure(objective, fmean(one.learnt for one in known)),
        judged=figure(objective, fmean(one.judged or 0.0 for one in known)),
    )


def _objective(graded: Graded) -> str:
    return graded.aim.objectives[0]
