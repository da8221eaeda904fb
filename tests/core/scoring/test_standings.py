"""What every voice is worth, and whether that could be luck."""

import math
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.model import Call, PromptKind
from core.domain.tuning import VOICES as RULES
from core.scoring.standings import ReadStandings, tell_apart
from tests.builders import NOON
from tests.core.scoring.memory_scores import MemoryScores
from tests.core.scoring.test_believing import CLAUDE, GPT, rows
from tests.fakes import FakeClock, MemoryLedger

CALL = {
    "at": NOON,
    "as_of": NOON,
    "symbols": (),
    "kind": PromptKind.MARKET,
    "provider": "openai",
    "model": GPT,
    "reserved": Decimal(1),
}


@dataclass
class FakePurse:
    """Has paid what the test says."""

    paid: list[Call] = field(default_factory=list)

    async def calls(self, start, end):
        return tuple(call for call in self.paid if start <= call.at < end)


async def reading(*voices, paid=(), at=NOON + timedelta(days=61), seats=RULES):
    scores = MemoryScores(MemoryLedger())
    await scores.resolve([], [row for voice in voices for row in voice])
    return ReadStandings(FakeClock(at), scores, FakePurse(list(paid)), lambda: seats)


async def test_before_anything_came_true_all_are_equal_and_nothing_is_known():
    standings = await (await reading())()

    assert standings.is_empty
    assert [one.voice for one in standings.voices] == list(RULES)
    assert [one.weight for one in standings.voices] == pytest.approx([1 / 3] * 3)
    assert math.isnan(standings.voices[0].marks.brier)
    assert not standings.apart


async def test_the_weightiest_comes_first_with_its_marks():
    read = await reading(rows(GPT, skill=0.25, seed=1), rows(CLAUDE, skill=-0.1, seed=2), seats=())

    standings = await read()

    first, second = standings.voices
    assert (first.voice, second.voice) == (GPT, CLAUDE)
    assert first.marks.skill > 0 > second.marks.skill
    assert first.marks.hits.share > 0.6
    assert first.spoken == 240
    assert first.marks.effective == pytest.approx(120 * 2 / 1.7)
    assert standings.apart
    assert second.marks.brier > standings.together.brier > first.marks.brier


async def test_a_weight_that_grew_this_week_says_so():
    read = await reading(
        rows(GPT, days=5, skill=0.5, seed=1), rows(CLAUDE, days=5, skill=-0.4, seed=2), seats=(),
        at=NOON + timedelta(days=7),
    )  # fmt: skip

    first, second = (await read()).voices

    assert first.moved > 0 > second.moved
    assert first.moved + second.moved == pytest.approx(0)


async def test_who_joins_now_moves_nobody_else():
    read = await reading(rows(GPT, days=30, seed=1), rows(CLAUDE, days=30, seed=1), seats=("new",),
        at=NOON + timedelta(days=31))  # fmt: skip

    assert [one.moved for one in (await read()).voices] == pytest.approx([0, 0, 0], abs=1e-9)


async def test_what_a_voice_cost_is_what_its_forecasts_cost():
    paid = [
        Call(id="1", cost=Decimal("0.02"), **CALL),
        Call(id="2", cost=Decimal("0.03"), **CALL),
        Call(id="3", cost=Decimal(9), **(CALL | {"kind": PromptKind.CHAT})),
        Call(id="4", cost=Decimal(9), **(CALL | {"at": NOON - timedelta(days=40)})),
    ]
    read = await reading(rows(GPT, days=2), rows("trend", days=2), paid=paid, seats=())
    read = ReadStandings(FakeClock(NOON + timedelta(days=5)), read.scores, read.purse, lambda: ())

    costs = {one.voice: one.cost for one in (await read()).voices}

    assert costs == {GPT: Decimal("0.05"), "trend": Decimal(0)}


async def test_who_has_not_spoken_for_a_month_is_gone_unless_it_has_a_seat():
    long_ago = await reading(rows(GPT, days=2), at=NOON + timedelta(days=60))

    assert [one.voice for one in (await long_ago()).voices] == list(RULES)


async def test_two_that_did_alike_cannot_be_told_apart():
    read = await reading(rows(GPT, days=9, seed=1), rows(CLAUDE, days=9, seed=2), seats=())

    assert not tell_apart((await read()).voices)
