"""A forecast of sixty percent should come true in sixty of a hundred."""

from datetime import timedelta

import pytest

from core.scoring.reliability import Event, ReadReliability
from tests.builders import NOON
from tests.core.scoring.memory_scores import MemoryScores
from tests.core.scoring.test_believing import CLAUDE, GPT, rows
from tests.fakes import FakeClock, MemoryLedger

LATER = NOON + timedelta(days=61)


async def reading(*voices):
    scores = MemoryScores(MemoryLedger())
    await scores.resolve([], [row for voice in voices for row in voice])
    return ReadReliability(FakeClock(LATER), scores, tuple)


async def test_nothing_known_has_no_bins():
    found = await (await reading())("", Event.UP)

    assert (found.forecasts, found.intervals, found.voices) == (0, (), ())


async def test_a_voice_is_drawn_as_stated_with_what_came_and_how_sure_that_is():
    found = await (await reading(rows(GPT, skill=0.1, seed=1)))(GPT, Event.UP)

    assert found.bins.forecast.tolist() == pytest.approx([0.3, 0.7])
    assert found.bins.outcome[0] < 0.5 < found.bins.outcome[1]
    assert sum(found.bins.weight) == pytest.approx(found.effective)
    assert all(one.low < one.share < one.high for one in found.intervals)
    assert found.trust.up[1] > 0.3


async def test_all_together_are_drawn_as_believed():
    found = await (await reading(rows(GPT, seed=1), rows(CLAUDE, seed=1)))("", Event.UP)

    assert found.bins.forecast.tolist() == pytest.approx([0.38, 0.62])
    assert found.voices == (CLAUDE, GPT)
    assert found.forecasts == 240


async def test_targets_of_both_sides_are_one_diagram_and_one_path():
    read = await reading(rows(GPT, seed=1))

    up, target = await read(GPT, Event.UP), await read(GPT, Event.TARGET)

    assert target.effective == pytest.approx(up.effective)
