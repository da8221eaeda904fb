"""Grid lines lie at round numbers, whatever the price."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.scale import decimals, extent, money, rounds


@settings(max_examples=100, deadline=None)
@given(st.floats(1e-9, 1e9), st.floats(1e-6, 10), st.integers(3, 9))
def test_rounds_are_few_evenly_spaced_and_in_view(low, share, most):
    high = low * (1 + share)
    values = rounds(low, high, most)
    assert 1 <= len(values) <= most + 1
    assert all(low * (1 - 1e-9) <= value <= high * (1 + 1e-9) for value in values)
    steps = np.diff(values)
    assert np.allclose(steps, steps[0] if len(steps) else 0, rtol=1e-3)


def test_a_step_is_never_finer_than_the_quantum():
    assert rounds(100.0, 100.4, 8, quantum=0.1) == pytest.approx(
        (100.0, 100.1, 100.2, 100.3, 100.4)
    )


@given(st.floats(1e-8, 1e8), st.integers(0, 8))
@settings(max_examples=60, deadline=None)
def test_a_price_that_never_moved_still_has_a_view_around_it(price, digits):
    low, high = extent(np.array([price, price]), 10.0**-digits)
    assert low < price < high


def test_what_is_undefined_does_not_count():
    assert extent(np.array([np.nan, 1.0, 9.0]), 0.1) == (1.0, 9.0)
    assert extent(np.array([np.nan]), 0.1) == (0.0, 1.0)


@pytest.mark.parametrize(("step", "count"), [(5.0, 0), (1.0, 0), (0.5, 1), (0.02, 2), (0.001, 3)])
def test_decimals_tell_steps_apart(step, count):
    assert decimals(step) == count


def test_zero_has_no_sign():
    assert money(-0.0001, 2) == "0.00"
    assert money(-1234.5, 1) == "-1,234.5"
