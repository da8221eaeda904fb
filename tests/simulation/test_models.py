"""A short slice of the simulation of hostile models, and the proof that it would notice."""

from functools import partial

import pytest

from tests.simulation.models import run
from tests.simulation.models_answers import TRICKS
from tests.simulation.models_broken import DESKS, READERS
from tests.simulation.models_words import INJECTIONS

SLICE = range(6)
SEEDS = 1_000


def test_no_law_is_broken_whatever_models_and_strangers_say():
    verdicts = [run(seed) for seed in SLICE]
    assert [v.broken for v in verdicts] == [[]] * len(SLICE)
    assert set().union(*(v.tricks for v in verdicts)) == {t.__name__.strip("_") for t in TRICKS}
    assert all(sum(getattr(v, what) for v in verdicts) for what in ("trades", "braked", "screens"))


def test_there_are_at_least_five_hundred_texts_that_try_to_give_orders():
    assert len(INJECTIONS) >= 500


def test_the_same_seed_is_the_same_run():
    assert run(3) == run(3)


@pytest.mark.parametrize("law", DESKS)
def test_a_desk_with_one_thing_missing_is_found_out(law, monkeypatch):
    bend = partial(DESKS[law], patch=monkeypatch.setattr)
    found = (one for seed in SLICE for one in run(seed, bend).broken)
    assert any(one.startswith(law.partition(",")[0]) for one in found)


@pytest.mark.parametrize("law", READERS)
def test_a_reader_that_believes_too_much_is_found_out(law):
    found = (one for seed in SLICE for one in run(seed, examines=READERS[law]).broken)
    assert any(one.startswith(law.partition(",")[0]) for one in found)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_outputs_break_no_law():
    verdicts = [run(seed) for seed in range(SEEDS)]
    assert [v.seed for v in verdicts if v.broken] == []
    assert sum(v.outputs for v in verdicts) >= 100_000
