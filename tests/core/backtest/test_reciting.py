"""What changes a model's answers, in numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.reciting import Effect, Probe, effect, recital

CHANCES = st.none() | st.floats(0.02, 0.98)
PAIRS = st.lists(st.tuples(CHANCES, CHANCES))


def probe(said, again=None, **changes):
    usual = {"named": said, "flipped": 1 - said, "shuffled": said}
    return Probe(repeats=(said, said if again is None else again), **(usual | changes))


def test_a_perfect_reader_turns_around_with_the_market():
    found = recital([probe(0.7), probe(0.4)])

    assert found.flipped.changed == 1
    assert found.mirrored == pytest.approx(0)
    assert found.repeated == found.named == Effect(2, 0.0, 0.0)


def test_who_recites_says_the_same_upside_down():
    found = recital([probe(0.8, flipped=0.8), probe(0.8, flipped=0.7)])

    assert found.flipped.changed == 0
    assert found.mirrored == pytest.approx(0.55)


def test_a_missing_view_is_nothing_to_compare_with():
    found = recital([probe(0.6, named=None), probe(0.6, named=0.4)])

    assert (found.named.n, found.named.changed) == (1, 1)
    assert found.named.moved == pytest.approx(0.2)


def test_every_repetition_counts():
    steady = Probe(repeats=(0.6, 0.6, 0.3), named=None, flipped=None, shuffled=None)

    assert recital([steady]).repeated == Effect(2, 0.5, pytest.approx(0.15))


def test_from_nothing_nothing_is_concluded():
    assert recital([]).flipped == Effect()
    assert recital([]).mirrored is None


@given(PAIRS)
def test_shares_lie_between_nothing_and_everything_and_the_order_of_a_pair_is_the_same(pairs):
    found = effect(pairs)

    assert found.n <= len(pairs)
    assert (found.n == 0) == (found.changed is None) == (found.moved is None)
    assert 0 <= (found.changed or 0) <= 1
    assert 0 <= (found.moved or 0) <= 1
    assert effect([(other, one) for one, other in pairs]) == found


@given(st.lists(st.floats(0.02, 0.98)))
def test_who_never_moves_never_changes(chances):
    never = Effect(len(chances), 0.0, 0.0) if chances else Effect()
    assert effect([(p, p) for p in chances]) == never
