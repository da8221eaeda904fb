"""A voice is believed as far as its record goes, and little further than its prior without one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.committee.calibration import Calibration
from core.scoring.fitting import FOR_A_MODEL, FOR_A_RULE, Prior, fit

steady = settings(max_examples=60, deadline=None)
NOTHING = np.zeros(0)
SHARES = st.floats(0, 1)
ROWS = st.lists(
    st.tuples(SHARES, SHARES, st.floats(0.05, 0.95), st.floats(0, 50)), min_size=1, max_size=40
)


def columns(rows):
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def told(rows, prior=FOR_A_MODEL):
    return fit(*columns(rows), prior)


def overconfident(n=20_000, true_slope=0.4, true_shift=0.0, chance=0.5, seed=1):
    random = np.random.default_rng(seed)
    stated = 1 / (1 + np.exp(-(np.log(chance / (1 - chance)) + random.normal(0, 1, n))))
    q = Calibration(true_shift, true_slope)(stated, chance)
    return stated, (random.random(n) < q).astype(float)


@pytest.mark.parametrize(("prior", "slope"), [(FOR_A_MODEL, 0.3), (FOR_A_RULE, 1.0)])
def test_without_a_record_a_voice_is_believed_as_its_kind(prior, slope):
    assert fit(NOTHING, NOTHING, NOTHING, NOTHING, prior) == (0.0, slope)
    assert fit(np.array([0.9]), np.array([1.0]), 0.5, np.zeros(1), prior) == (0.0, slope)


@pytest.mark.parametrize("chance", [0.5, 0.28])
def test_a_long_record_tells_how_much_to_believe(chance):
    stated, outcome = overconfident(true_slope=0.5, true_shift=0.2, chance=chance)

    shift, slope = fit(stated, outcome, chance, np.ones(len(stated)))

    assert shift == pytest.approx(0.2, abs=0.05)
    assert slope == pytest.approx(0.5, abs=0.05)


def test_a_short_record_moves_belief_a_little():
    stated, outcome = overconfident(n=20, true_slope=1.5)

    assert 0.3 < fit(stated, outcome, 0.5, np.ones(20))[1] < 0.6


def test_a_voice_that_is_always_wrong_is_not_believed_in_reverse():
    stated, outcome = overconfident(true_slope=-1.0)

    shift, slope = fit(stated, outcome, 0.5, np.ones(len(stated)))

    assert slope == 0
    assert abs(shift) < 0.05


@steady
@given(ROWS)
def test_belief_stays_within_sense(rows):
    shift, slope = told(rows)

    assert -0.5 <= shift <= 0.5
    assert 0 <= slope <= 2


@steady
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_record_does_not_matter(rows, random):
    assert told(random.sample(rows, len(rows))) == pytest.approx(told(rows), abs=1e-6)


@steady
@given(ROWS)
def test_a_row_that_weighs_double_counts_as_two_rows(rows):
    double = [(*row[:3], 2 * row[3]) for row in rows]

    assert told(double) == pytest.approx(told(rows * 2), abs=1e-6)


@steady
@given(ROWS)
def test_nothing_nearby_is_more_probable(rows):
    """The top of the hill, unless a bound lies in the way."""
    best = np.array(told(rows))
    if not (-0.49 < best[0] < 0.49 and 0.01 < best[1] < 1.99):
        return

    def height(at):
        stated, outcome, chance, weight = columns(rows)
        q = np.clip(Calibration(*at)(stated, chance), 1e-12, 1 - 1e-12)
        fitting = np.sum(weight * (outcome * np.log(q) + (1 - outcome) * np.log(1 - q)))
        away = (at - np.array([0.0, 0.3])) / np.array([0.1, 0.15])
        return fitting - 0.5 * np.sum(away**2)

    for step in np.array([[1e-3, 0], [-1e-3, 0], [0, 1e-3], [0, -1e-3]]):
        assert height(best + step) <= height(best) + 1e-6


def test_an_outcome_may_be_a_share():
    stated, outcome = np.full(400, 0.6), np.full(400, 0.52)

    shift, slope = fit(stated, outcome, 0.5, np.ones(400), Prior(shift_spread=1e-6))

    assert 1 / (1 + np.exp(-slope * np.log(1.5))) == pytest.approx(0.52, abs=0.01)
    assert shift == pytest.approx(0, abs=1e-6)
