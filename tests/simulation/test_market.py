"""A short slice of the simulation, and the proof that it would notice."""

import logging

import pytest

from tests.simulation.broken import BROKEN
from tests.simulation.market import run
from tests.simulation.weather import Trouble

SLICE = range(12)


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL)


def test_no_law_is_broken_whatever_goes_wrong():
    verdicts = [run(seed) for seed in SLICE]
    assert [v.broken for v in verdicts] == [[]] * len(SLICE)
    assert set().union(*(v.struck for v in verdicts)) == set(Trouble)
    assert all(v.decided for v in verdicts)
    assert any(v.switches for v in verdicts)


def test_the_same_seed_is_the_same_run():
    one, other = run(3), run(3)
    assert (one.decided, one.noticed, one.switches) == (
        other.decided,
        other.noticed,
        other.switches,
    )


@pytest.mark.parametrize("law", BROKEN)
def test_a_desk_with_one_thing_missing_is_found_out(law):
    found = (sentence for seed in SLICE for sentence in run(seed, BROKEN[law]).broken)
    assert any(sentence.startswith(law.partition(",")[0]) for sentence in found)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_a_thousand_runs_break_no_law():
    assert [v.seed for v in map(run, range(1000)) if v.broken] == []
