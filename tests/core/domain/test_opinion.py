"""Questions, opinions and decisions refuse nonsense at birth."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.opinion import Distances, Verdict
from core.domain.trading import Side
from tests.builders import decision, opinion


@pytest.mark.parametrize(
    ("stop", "target"), [(0, 1), (1, 0), (-1, 1), (math.nan, 1), (1, math.nan)]
)
def test_distances_are_positive(stop, target):
    with pytest.raises(ValueError, match="positive"):
        Distances(stop, target)


@given(st.floats(1e-4, 1), st.floats(1e-4, 1))
def test_at_the_fair_chance_stop_and_target_weigh_the_same(stop, target):
    fair = Distances(stop, target).fair

    assert 0 < fair < 1
    assert fair * target == pytest.approx((1 - fair) * stop)


@pytest.mark.parametrize("p", [-0.01, 1.01, math.nan])
def test_an_opinion_is_made_of_probabilities(p):
    with pytest.raises(ValueError, match="must lie in"):
        opinion(p_up=p)
    with pytest.raises(ValueError, match="must lie in"):
        opinion(p_target_first={Side.BUY: 0.4, Side.SELL: p})


def test_certainty_is_a_probability_too():
    assert opinion(p_up=1, p_target_first={Side.BUY: 0, Side.SELL: 1}).p_up == 1


def test_an_opinion_answers_for_both_sides():
    with pytest.raises(ValueError, match="both sides"):
        opinion(p_target_first={Side.BUY: 0.4})


@pytest.mark.parametrize("verdict", Verdict)
def test_only_an_edge_has_a_side(verdict):
    side = decision(verdict=verdict).side

    assert side is (Side.BUY if verdict is Verdict.EDGE else None)
