"""What a set is worth where it was not chosen."""

from datetime import timedelta

import pytest

from core.backtest.folds import purged_folds
from core.backtest.grades import grade, spans
from core.backtest.objectives import Aim
from tests.core.backtest.runs import DAY, NEW_YEAR

FOLDS = purged_folds(NEW_YEAR, NEW_YEAR + 30 * DAY, 3, DAY)
LUCKY, GOOD = {"quorum": 1}, {"quorum": 2}


def metrics(value):
    return {"sharpe": value, "trades": 0.0 if value is None else 5.0}


def graded(lucky, good, aim=None):
    """Each is what the set brought on a span, told by its first day."""
    rows = [[metrics(each(span)) for span in spans(FOLDS)] for each in (lucky, good)]
    return grade([LUCKY, GOOD], FOLDS, rows, aim or Aim())


def test_a_fold_is_graded_on_its_test_and_learnt_from_around_it():
    assert len(spans(FOLDS)) == 3 + 1 + 2 + 1
    assert spans(FOLDS)[0] == FOLDS[0].test


def test_the_best_mean_over_the_folds_comes_first():
    found = graded(lambda _: 1.0, lambda _: 2.0)
    assert [one.point for one in found.marks] == [GOOD, LUCKY]
    assert (found.marks[0].mean, found.marks[0].spread) == (2.0, 0.0)


def test_where_less_is_better_the_least_comes_first():
    rows = [[{"drawdown": d, "trades": 1.0} for _ in spans(FOLDS)] for d in (0.1, 0.2)]
    found = grade([LUCKY, GOOD], FOLDS, rows, Aim(("drawdown",)))
    assert found.marks[0].point == LUCKY
    assert {one.point["quorum"] for one in found.chosen} == {1}


def test_without_a_value_on_one_fold_there_is_no_mean_and_it_comes_last():
    hole = FOLDS[1].test
    found = graded(lambda span: None if span == hole else 9.0, lambda _: 1.0)
    assert [one.mean for one in found.marks] == [1.0, None]
    assert found.marks[1].spread is None


def test_whoever_is_chosen_around_a_fold_is_judged_on_it():
    tests = {fold.test for fold in FOLDS}
    found = graded(lambda span: -1.0 if span in tests else 5.0, lambda _: 1.0)
    assert [(one.point, one.learnt, one.judged) for one in found.chosen] == [
        (LUCKY, 5.0, -1.0)
    ] * 3


def test_longer_sides_count_more():
    first = FOLDS[1].train[0]
    length = [(span.end - span.start) / timedelta(days=1) for span in FOLDS[1].train]
    found = graded(lambda span: 3.0 if span == first else 0.0, lambda _: -9.0)
    assert found.chosen[1].learnt == pytest.approx(3.0 * length[0] / sum(length))


def test_where_nobody_was_feasible_nobody_is_chosen():
    assert graded(lambda _: None, lambda _: None).chosen == (None, None, None)
