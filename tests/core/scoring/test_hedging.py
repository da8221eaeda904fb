"""Weights are earned slowly, sum to one and favour nobody."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.scoring.hedging import PACE, Pace, bounded, hedge

steady = settings(max_examples=60, deadline=None)


@st.composite
def races(draw):
    voices = draw(st.integers(1, 9))
    rows = draw(st.integers(0, 40))
    flat = draw(st.lists(st.floats(0, 1), min_size=rows * voices, max_size=rows * voices))
    return np.array(flat).reshape(rows, voices)


@st.composite
def boxes(draw):
    voices = draw(st.integers(2, 9))
    low, high = PACE.bounds(voices)
    wanted = draw(st.lists(st.floats(-1, 2), min_size=voices, max_size=voices))
    return np.array(wanted), low, high


def equal(losses):
    return np.full(losses.shape[1], 1 / losses.shape[1])


@steady
@given(races())
def test_weights_sum_to_one_and_keep_to_floor_and_cap(losses):
    course = hedge(losses, equal(losses))
    low, high = PACE.bounds(losses.shape[1])

    assert course.shape == (len(losses) + 1, losses.shape[1])
    assert course.sum(axis=1) == pytest.approx(1)
    assert course.min() >= low - 1e-9
    assert course.max() <= high + 1e-9


@steady
@given(races())
def test_no_weight_moves_faster_than_a_step(losses):
    course = hedge(losses, equal(losses))

    assert np.abs(np.diff(course, axis=0)).max(initial=0) <= PACE.step + 1e-9


@steady
@given(races(), st.randoms(use_true_random=False))
def test_no_voice_is_special(losses, random):
    order = random.sample(range(losses.shape[1]), losses.shape[1])

    mixed = hedge(losses[:, order], equal(losses))

    assert mixed == pytest.approx(hedge(losses, equal(losses))[:, order], abs=1e-9)


@steady
@given(races())
def test_equal_losses_leave_equal_weights(losses):
    same = np.repeat(losses[:, :1], losses.shape[1], axis=1)

    assert hedge(same, equal(losses)) == pytest.approx(1 / losses.shape[1])


def test_without_outcomes_the_prior_holds():
    assert hedge(np.empty((0, 3)), np.array([0.5, 0.3, 0.2])).tolist() == [[0.5, 0.3, 0.2]]


def test_the_better_voice_gains_and_the_worst_keeps_its_floor():
    losses = np.tile([0.20, 0.21, 0.60], (400, 1))

    last = hedge(losses, np.full(3, 1 / 3))[-1]

    assert PACE.cap >= last[0] > last[1] > last[2]
    assert PACE.floor <= last[2] < 0.2


def test_a_few_buckets_hardly_move_the_prior():
    after = hedge(np.tile([0.1, 0.4], (3, 1)), np.full(2, 0.5))[-1]

    assert 0.5 < after[0] <= 0.5 + 3 * PACE.step


@steady
@given(st.lists(st.tuples(st.floats(0.1, 0.4), st.floats(0.1, 0.4)), max_size=60))
def test_silence_never_gains_on_the_better_half_nor_loses_to_the_worse(pairs):
    """Who abstains has the ensemble's loss, which lies between the others'."""
    losses = np.array([(low, (low + high) / 2, high) for low, high in map(sorted, pairs)])

    last = hedge(losses.reshape(-1, 3), np.full(3, 1 / 3))[-1]

    assert last[0] + 1e-9 >= last[1] >= last[2] - 1e-9


def test_a_new_voice_joins_at_the_prior_and_the_others_make_room():
    losses = np.full((50, 3), 0.25)
    losses[:, 0] = 0.2
    losses[:30, 2] = np.nan

    course = hedge(losses, np.full(3, 1 / 3))

    assert (course[:30, 2] == 0).all()
    assert course[30, 2] == pytest.approx(1 / 3)
    assert course[30, 0] / course[30, 1] == pytest.approx(course[29, 0] / course[29, 1], rel=0.1)


def test_a_voice_that_has_never_spoken_stands_at_the_prior():
    losses = np.column_stack((np.full((40, 2), 0.25), np.full(40, np.nan)))

    assert hedge(losses, np.full(3, 1 / 3))[-1] == pytest.approx(1 / 3)


def test_a_lone_voice_has_it_all():
    assert hedge(np.full((5, 1), 0.3), np.ones(1)).tolist() == [[1.0]] * 6


def test_many_voices_have_a_lower_floor():
    assert Pace().bounds(10) == (0.05, 0.60)
    assert Pace().bounds(1) == (0.1, 1.0)


@steady
@given(boxes())
def test_bounded_weights_are_within_and_no_nearer_ones_are(box):
    wanted, low, high = box
    found = bounded(wanted, low, high)

    assert found.sum() == pytest.approx(1)
    assert ((found >= low - 1e-9) & (found <= high + 1e-9)).all()
    free = (found > low + 1e-6) & (found < high - 1e-6)
    moved = (found - wanted)[free]
    assert moved.size == 0 or np.ptp(moved) < 1e-6
