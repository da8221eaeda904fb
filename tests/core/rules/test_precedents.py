"""Precedents count what had happened by then, by episodes, and shrink towards chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.tuning import STANDARD
from core.rules.precedents import WINDOW, Precedents, precedents

HORIZON = 4
PRIOR = STANDARD.prior
KINDS = st.lists(st.sampled_from([-1, 0, 0, 1]), min_size=1, max_size=60)


def looked_up(setups, outcome, horizon=HORIZON) -> Precedents:
    return precedents(np.array(setups, dtype=np.int8), np.array(outcome, dtype=float), horizon)


def test_thirty_outcomes_weigh_as_much_as_chance():
    known = Precedents(np.array([1.0]), np.array([PRIOR]))

    assert PRIOR == 30
    assert known.probability(0.5, PRIOR)[0] == pytest.approx(0.75)


def test_without_precedents_there_is_only_chance():
    made = looked_up([1, 0, 0], [np.nan] * 3)

    assert list(made.effective_n) == [0, 0, 0]
    assert list(made.probability(0.3, PRIOR)) == pytest.approx([0.3] * 3)


def test_a_row_learns_only_from_what_had_resolved_when_it_closed():
    outcome = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    made = looked_up([1] * 6, outcome)

    assert list(made.effective_n[:4]) == [0, 0, 0, 0]
    assert made.mean[4] == 1.0
    assert made.mean[5] == 0.5


def test_bulls_learn_from_bulls_and_bears_from_bears():
    made = looked_up([1, -1, 0, 0, 0, 1, -1], [1.0, 0.25, 0.5, 0.5, 0.5, 0, 0])

    assert made.mean[5] == 1.0
    assert made.mean[6] == 0.25
    assert np.isnan(made.mean[2])


def test_one_long_episode_counts_its_horizons_twice_over():
    made = looked_up([1] * 20, [1.0] * 20)

    assert made.effective_n[19] == pytest.approx(2 * 16 / HORIZON)


def test_separate_episodes_count_once_each():
    made = looked_up([1, 0] * 10, [1.0] * 20, horizon=10)

    assert made.effective_n[18] == 5  # rows 0, 2, 4, 6 and 8 had resolved


def test_there_are_never_more_precedents_than_rows():
    made = looked_up([1, 1], [1.0, 0.0], horizon=1)

    assert made.effective_n[1] == 1


def test_what_is_older_than_the_window_is_forgotten():
    rows = WINDOW + HORIZON + 1
    setups = np.zeros(rows, dtype=np.int8)
    setups[[0, 1, rows - 2, rows - 1]] = 1
    outcome = np.zeros(rows)
    outcome[0] = 1.0
    made = precedents(setups, outcome, HORIZON)

    assert made.mean[rows - 2] == 0.5
    assert made.mean[rows - 1] == 0.0


@settings(max_examples=60)
@given(KINDS, st.integers(1, 8), st.data())
def test_columns_are_what_looking_back_from_every_row_would_find(kinds, horizon, data):
    some = st.one_of(st.just(np.nan), st.floats(0, 1))
    outcome = data.draw(st.lists(some, min_size=len(kinds), max_size=len(kinds)))
    made = looked_up(kinds, outcome, horizon)
    for row, kind in enumerate(kinds):
        past = range(max(row - horizon + 1, 0))
        like = [r for r in past if kinds[r] == kind and not np.isnan(outcome[r])]
        begins = [r for r in like if r == 0 or kinds[r - 1] != kind or np.isnan(outcome[r - 1])]
        number = min(len(like), max(len(begins), 2 * len(like) / horizon))
        if kind:
            assert made.effective_n[row] == pytest.approx(number)
            if like:
                assert made.mean[row] == pytest.approx(sum(outcome[r] for r in like) / len(like))


@settings(max_examples=60)
@given(mean=st.floats(0, 1), number=st.floats(0, 1_000), chance=st.floats(0.01, 0.99))
def test_a_posterior_lies_between_chance_and_record(mean, number, chance):
    p = Precedents(np.array([mean]), np.array([number])).probability(chance, PRIOR)[0]
    low, high = sorted((mean if number else chance, chance))

    assert low - 1e-12 <= p <= high + 1e-12


def test_without_a_prior_the_record_is_believed_and_chance_where_there_is_none():
    known = Precedents(np.array([0.8, np.nan]), np.array([5.0, 0.0]))

    assert list(known.probability(0.3, 0.0)) == pytest.approx([0.8, 0.3])
