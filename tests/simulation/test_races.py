"""A short slice of the races, and the proof that they would notice."""

from collections import Counter

import pytest

from tests.simulation.races import run, sends_first
from tests.simulation.races_laws import Effect
from tests.simulation.races_taps import Tap

SLICE = range(24)


def test_taps_at_once_on_one_card_have_one_effect():
    verdicts = [run(seed) for seed in SLICE]
    assert [v.broken for v in verdicts] == [[]] * len(SLICE)
    taps = sum((v.taps for v in verdicts), Counter())
    effects = sum((v.effects for v in verdicts), Counter())
    assert set(taps) == set(Tap)
    assert set(effects) >= {Effect.BOUGHT, Effect.REJECTED, Effect.REPLACED}
    assert {v.processes for v in verdicts} == {1, 2}


def test_a_desk_that_sends_before_it_looks_at_the_button_is_found_out():
    found = [words for seed in range(4) for words in run(seed, sends_first).broken]
    assert any(words.startswith("one entry is sent") for words in found)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_ten_thousand_races_have_one_effect_each():
    assert [v.seed for v in map(run, range(10_000)) if v.broken] == []
