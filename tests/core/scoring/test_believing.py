"""Voices begin as equals, and what comes true moves them; nothing is known before it happened."""

from datetime import timedelta

import numpy as np
import pytest

from core.committee.calibration import UNPROVEN
from core.domain.tuning import VOICES as RULES
from core.scoring.believing import Believe, counted_at, trust_in
from core.scoring.hedging import PACE
from tests.builders import NOON, scored
from tests.core.scoring.memory_scores import MemoryScores, columns
from tests.fakes import MemoryLedger

HORIZON = timedelta(hours=12)
GPT, CLAUDE = "gpt-6.1-terra", "claude-sonnet-5-5"


def rows(voice, days=60, skill=0.0, size=0.2, seed=0):
    """Twice a day a forecast of two coins, right as often as the skill makes it."""
    random = np.random.default_rng(seed)
    for number in range(2 * days):
        for symbol in ("BTC/USDT:USDT", "ETH/USDT:USDT"):
            outcome = float(random.random() < 0.5)
            right = random.random() < 0.5 + skill
            said = 0.5 + size * (1 if (outcome > 0.5) == right else -1)
            as_of = NOON + number * HORIZON
            yield scored(
                decision=f"{number}{symbol}",
                voice=voice,
                symbol=symbol,
                as_of=as_of,
                ends_at=as_of + HORIZON,
                known_at=as_of + HORIZON,
                stated=(said, said, 1 - said),
                chance=(0.5, 0.5, 0.5),
                outcome=(outcome, outcome, 1 - outcome),
                believed=(0.5 + (said - 0.5) * 0.6,) * 2 + (0.5 - (said - 0.5) * 0.6,),
                weight=0.5,
            )


async def heard(*scored_rows):
    scores = MemoryScores(MemoryLedger())
    await scores.resolve([], [row for voice in scored_rows for row in voice])
    return Believe(scores)


async def test_with_nothing_resolved_all_are_equal_and_models_are_unproven():
    trusts = await (await heard()).trusts((*RULES, GPT), NOON)

    assert [trust.weight for trust in trusts.values()] == [0.25] * 4
    assert trusts["trend"].up == trusts["trend"].target == (0.0, 1.0)
    assert (trusts[GPT].up, trusts[GPT].target) == (UNPROVEN.up, UNPROVEN.target)


async def test_nobody_asked_is_nobody_believed():
    assert await (await heard()).trusts((), NOON) == {}


async def test_the_better_voice_earns_weight_and_belief():
    believe = await heard(rows(GPT, skill=0.25, seed=1), rows(CLAUDE, skill=-0.1, seed=2))

    trusts = await believe.trusts((GPT, CLAUDE), NOON + timedelta(days=90))

    assert trusts[GPT].weight > 0.52
    assert sum(trust.weight for trust in trusts.values()) == pytest.approx(1)
    assert trusts[GPT].up[1] > 0.5
    assert trusts[CLAUDE].up[1] < 0.3
    assert trusts[GPT].target[1] > trusts[CLAUDE].target[1]


async def test_a_stranger_joins_as_an_equal():
    believe = await heard(rows(GPT, seed=1), rows(CLAUDE, seed=2))

    trusts = await believe.trusts((GPT, CLAUDE, "new"), NOON + timedelta(days=90))

    assert trusts["new"].weight == pytest.approx(1 / 3)
    assert trusts["new"].up == (0.0, 0.3)


async def test_the_order_of_the_voices_does_not_matter():
    believe = await heard(rows(GPT, skill=0.2, seed=1), rows("trend", seed=2))
    later = NOON + timedelta(days=70)

    assert await believe.trusts((GPT, "trend"), later) == await believe.trusts(
        ("trend", GPT), later
    )


async def test_what_comes_true_later_has_no_say_now():
    short = await heard(rows(GPT, days=10, skill=0.2, seed=1))
    long = await heard(rows(GPT, days=60, skill=0.2, seed=1))
    moment = NOON + timedelta(days=5)

    assert await short.trusts((GPT, CLAUDE), moment) == await long.trusts((GPT, CLAUDE), moment)


async def test_it_is_counted_four_times_a_day():
    believe = await heard()
    asked = []
    original = believe.scores.record

    async def record(since, until):
        asked.append(until)
        return await original(since, until)

    believe.scores.record = record
    for minutes in (0, 5, 300, 359, 360):
        await believe.trusts((GPT,), NOON + timedelta(minutes=minutes))

    assert asked == [NOON, NOON + timedelta(hours=6)]
    assert counted_at(NOON + timedelta(minutes=7)) == NOON
    assert len(believe.counted) == 1


def test_a_lone_record_moves_belief_by_what_it_is_worth_and_not_by_its_rows():
    few = trust_in(columns(list(rows(GPT, days=30, skill=0.3, seed=4))), GPT)
    twice = list(rows(GPT, days=30, skill=0.3, seed=4))
    hour = timedelta(hours=1)
    again = [
        scored(
            decision=f"again {row.decision}",
            voice=GPT,
            symbol=row.symbol,
            as_of=row.as_of + hour,
            ends_at=row.ends_at + hour,
            known_at=row.known_at + hour,
            stated=row.stated,
            chance=row.chance,
            outcome=row.outcome,
            believed=row.believed,
            weight=row.weight,
        )
        for row in twice
    ]

    same = trust_in(columns([*twice, *again]), GPT)

    assert same.up == pytest.approx(few.up, abs=1e-6)
    assert PACE.floor < few.weight
