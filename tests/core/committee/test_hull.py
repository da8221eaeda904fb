"""Laws of the average that hold for any committee whatever its members say."""

from dataclasses import replace
from operator import attrgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.committee.consensus import decide
from core.committee.merging import Rules
from core.domain.opinion import Trust, Verdict
from tests.core.committee.voices import COMMITTEES, DEAR, SILENT, asked, voice

WEIGHTS = st.fixed_dictionaries(
    {name: st.floats(0, 10) for name in ("trend", "breakout", "model")}
)
CLOSE = 2e-6  # where a statement of certainty is cut off
few = settings(max_examples=40)


def decided(views, weights=None):
    trusts = {name: Trust(weight=weight) for name, weight in (weights or {}).items()}
    return decide("d1", asked(), views, DEAR, "hash", Rules(trusts=trusts))


@few
@given(COMMITTEES.filter(bool), WEIGHTS)
def test_the_desk_is_never_surer_than_its_surest_voice(views, weights):
    made = decided(views, weights)
    stated = [view.p_target_first[made.best.side] for view in views]
    ups = [view.p_up for view in views]
    if any(weights[view.analyst] > 0 for view in views):
        assert min(stated) - CLOSE <= made.best.p_target_first <= max(stated) + CLOSE
        assert min(ups) - CLOSE <= made.p_up <= max(ups) + CLOSE


@few
@given(COMMITTEES, st.integers(1, 4))
def test_an_abstention_counts_neither_for_nor_against(views, silent):
    made, quieter = decided(views), decided([SILENT, *views, *[SILENT] * silent])

    assert replace(quieter, views=()) == replace(made, views=())


@few
@given(COMMITTEES, st.data())
def test_the_order_of_the_voices_does_not_matter(views, data):
    made, other = decided(views), decided(data.draw(st.permutations(views)))
    numbers = attrgetter("p_up", "best.p_target_first", "best.expected", "confidence")

    assert other.verdict is made.verdict
    if made.best.side is other.best.side:
        assert numbers(other) == pytest.approx(numbers(made))
    assert other.best.expected == pytest.approx(made.best.expected)


@few
@given(COMMITTEES)
def test_the_best_side_is_worth_at_least_as_much_as_the_other(views):
    made = decided(views)
    mirrored = [
        voice(*reversed(view.p_target_first.values()), 1 - view.p_up, view.analyst)
        for view in views
    ]
    free = replace(DEAR, funding=dict.fromkeys(DEAR.funding, 0.0))
    plain = decide("d1", asked(), views, free, "hash", Rules())
    turned = decide("d1", asked(), mirrored, free, "hash", Rules())

    assert turned.best.expected == pytest.approx(plain.best.expected)
    assert made.best.expected <= plain.best.expected + 1e-12


@few
@given(COMMITTEES)
def test_an_edge_pays_more_than_it_costs_and_more_than_breaking_even(views):
    made = decided(views)

    assert 0 <= made.confidence <= 1
    assert 0 <= made.disagreement <= 0.5
    if made.verdict is Verdict.EDGE:
        assert made.best.expected > 0
        assert made.best.p_target_first > made.best.break_even - 1e-9


@few
@given(COMMITTEES.filter(lambda views: len(views) >= 2))
def test_one_voice_more_of_the_mean_changes_nothing_but_the_certainty(views):
    before = decided(views)
    stated = before.best.p_target_first
    sides = dict.fromkeys(asked().distances, stated)
    agreeing = replace(views[0], p_up=before.p_up, p_target_first=sides)
    after = decided([*views, agreeing])

    if after.best.side is before.best.side:
        assert after.best.p_target_first == pytest.approx(stated)
        assert after.disagreement <= before.disagreement + 1e-9
