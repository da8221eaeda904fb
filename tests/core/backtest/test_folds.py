"""Folds: learning and judging keep their distance, and nothing is judged twice."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.folds import Span, purged_folds, walk_forward
from tests.core.backtest.runs import DAY, HOUR, NEW_YEAR

END = NEW_YEAR + 100 * DAY
HOURS = st.integers(1, 400).map(lambda hours: hours * HOUR)
GAPS = st.integers(0, 72).map(lambda hours: hours * HOUR)


def days(span):
    return ((span.start - NEW_YEAR) / DAY, (span.end - NEW_YEAR) / DAY)


class TestSpan:
    def test_it_holds_its_start_and_not_its_end(self):
        span = Span(NEW_YEAR, END)
        assert NEW_YEAR in span
        assert END not in span

    @pytest.mark.parametrize("end", [NEW_YEAR, NEW_YEAR - HOUR])
    def test_it_ends_after_it_starts(self, end):
        with pytest.raises(ValueError, match="must end after"):
            Span(NEW_YEAR, end)


class TestWalkForward:
    def test_by_hand(self):
        folds = walk_forward(NEW_YEAR, END, 60 * DAY, 20 * DAY, gap=2 * DAY)
        assert [(days(fold.train), days(fold.test)) for fold in folds] == [
            ((0, 60), (62, 82)),
            ((20, 80), (82, 100)),
        ]

    def test_anchored_windows_grow(self):
        folds = walk_forward(NEW_YEAR, END, 60 * DAY, 20 * DAY, anchored=True)
        assert [days(fold.train) for fold in folds] == [(0, 60), (0, 80)]

    def test_a_longer_step_leaves_some_unjudged(self):
        folds = walk_forward(NEW_YEAR, END, 50 * DAY, 10 * DAY, 30 * DAY)
        assert [days(fold.test) for fold in folds] == [(50, 60), (80, 90)]

    def test_a_stretch_too_short_gives_no_folds(self):
        assert walk_forward(NEW_YEAR, END, 100 * DAY, 10 * DAY) == ()

    def test_tests_must_not_overlap(self):
        with pytest.raises(ValueError, match="overlap"):
            walk_forward(NEW_YEAR, END, 50 * DAY, 10 * DAY, 5 * DAY)

    @pytest.mark.parametrize(
        ("train", "test", "gap"), [(0, 1, 0), (1, 0, 0), (-1, 1, 0), (1, 1, -1)]
    )
    def test_lengths_must_make_sense(self, train, test, gap):
        with pytest.raises(ValueError, match="need a length"):
            walk_forward(NEW_YEAR, END, train * DAY, test * DAY, gap=gap * DAY)

    @given(HOURS, HOURS, GAPS, st.booleans())
    def test_tests_tile_what_comes_after_the_first_training(self, train, test, gap, anchored):
        folds = walk_forward(NEW_YEAR, END, train, test, anchored=anchored, gap=gap)
        assert folds[0].test.start == NEW_YEAR + train + gap
        assert folds[-1].test.end == END
        assert all(one.test.end == after.test.start for one, after in pairwise(folds))

    @given(HOURS, HOURS, GAPS, st.booleans())
    def test_training_ends_a_gap_before_its_test_and_never_before_the_start(
        self, train, test, gap, anchored
    ):
        for fold in walk_forward(NEW_YEAR, END, train, test, anchored=anchored, gap=gap):
            assert fold.train.end + gap == fold.test.start
            assert fold.train.start >= NEW_YEAR
            assert anchored or fold.train.end - fold.train.start == train


class TestPurgedFolds:
    def test_by_hand(self):
        first, middle, last = purged_folds(NEW_YEAR, NEW_YEAR + 90 * DAY, 3, 5 * DAY)
        assert (days(first.test), [days(span) for span in first.train]) == ((0, 30), [(35, 90)])
        assert days(middle.test) == (30, 60)
        assert [days(span) for span in middle.train] == [(0, 25), (65, 90)]
        assert [days(span) for span in last.train] == [(0, 55)]

    def test_cuts_fall_on_whole_minutes(self):
        for fold in purged_folds(NEW_YEAR, NEW_YEAR + DAY, 7, 0 * HOUR):
            assert (fold.test.start - NEW_YEAR) % timedelta(minutes=1) == 0 * HOUR

    @pytest.mark.parametrize(("k", "gap"), [(1, HOUR), (2, -HOUR)])
    def test_there_are_two_folds_at_least(self, k, gap):
        with pytest.raises(ValueError, match="two folds"):
            purged_folds(NEW_YEAR, END, k, gap)

    def test_a_gap_must_leave_something_to_learn_from(self):
        with pytest.raises(ValueError, match="nothing to learn"):
            purged_folds(NEW_YEAR, END, 2, 50 * DAY)

    def test_a_fold_must_have_something_to_judge(self):
        with pytest.raises(ValueError, match="must end after"):
            purged_folds(NEW_YEAR, NEW_YEAR + timedelta(minutes=2), 5, 0 * HOUR)

    @given(st.integers(2, 12), GAPS)
    def test_tests_tile_the_stretch(self, k, gap):
        tests = [fold.test for fold in purged_folds(NEW_YEAR, END, k, gap)]
        assert (len(tests), tests[0].start, tests[-1].end) == (k, NEW_YEAR, END)
        assert all(one.end == after.start for one, after in pairwise(tests))

    @given(st.integers(2, 12), GAPS, st.integers(0, 2399), st.integers(0, 2399))
    def test_no_moment_of_training_lies_within_the_gap_of_a_test(self, k, gap, one, other):
        learnt, judged = NEW_YEAR + one * HOUR, NEW_YEAR + other * HOUR
        for fold in purged_folds(NEW_YEAR, END, k, gap):
            if judged in fold.test and any(learnt in span for span in fold.train):
                assert abs(learnt - judged) >= gap

    @given(st.integers(2, 12), GAPS, st.integers(0, 2399))
    def test_what_is_not_near_the_test_is_learnt_from(self, k, gap, hour):
        moment = NEW_YEAR + hour * HOUR
        for fold in purged_folds(NEW_YEAR, END, k, gap):
            far = moment < fold.test.start - gap or moment >= fold.test.end + gap
            assert any(moment in span for span in fold.train) == far
