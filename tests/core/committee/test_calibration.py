"""A stated probability is believed only as far as its record reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.committee.calibration import AS_STATED, UNPROVEN_MODEL, Calibration

INNER = st.floats(0.001, 0.999)
SLOPES = st.floats(0, 1)


@given(stated=INNER, chance=INNER)
def test_rules_are_taken_as_they_are(stated, chance):
    assert AS_STATED(stated, chance) == pytest.approx(stated)


@given(chance=INNER, slope=SLOPES)
def test_who_states_chance_gets_chance(chance, slope):
    assert Calibration(slope=slope)(chance, chance) == pytest.approx(chance)


@given(stated=INNER, chance=INNER, slope=SLOPES)
def test_a_slope_below_one_pulls_towards_chance_and_never_past_it(stated, chance, slope):
    believed = Calibration(slope=slope)(stated, chance)

    low, high = sorted((stated, chance))
    assert low - 1e-9 <= believed <= high + 1e-9


@given(first=INNER, second=INNER, chance=INNER)
def test_who_states_more_is_believed_more(first, second, chance):
    low, high = sorted((first, second))

    assert UNPROVEN_MODEL(low, chance) <= UNPROVEN_MODEL(high, chance)


def test_a_model_without_a_record_that_states_seventy_means_fifty_six():
    assert UNPROVEN_MODEL(0.70, 0.5) == pytest.approx(0.563, abs=0.001)


def test_a_shift_moves_every_statement_by_the_same_odds():
    calm = Calibration(shift=-1.0)

    assert calm(0.5, 0.5) == pytest.approx(0.2689, abs=1e-4)
    assert calm(0.7311, 0.5) == pytest.approx(0.5, abs=1e-4)


@pytest.mark.parametrize("certain", [0, 1])
def test_certainty_is_not_infinite(certain):
    believed = UNPROVEN_MODEL(certain, 0.5)

    assert 0 < believed < 1
    assert AS_STATED(certain, 0.5) == pytest.approx(certain, abs=2e-6)
