"""/analysts, /calibration, /verifier, /me: numbers where there are some, and why where there are none."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from bot.storage.scores import SqlScores
from core.domain.objection import Ending
from core.domain.people import Language
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit, Kind, TradeStatus
from core.domain.trading import Side
from handlers.views.numbers import WIDTH, cells
from tests.builders import decision, fate, objection, proposal, resolution, scored, trade
from tests.handlers.town import Plan
from tests.phone import labels

DAY = timedelta(days=1)
HORIZON = timedelta(hours=12)
GPT = "gpt-6.1-terra"
LONG = "meta-llama/<Llama-4-Maverick-17B>-instruct"


def forecasts(start, voice, skill=0.0, days=30, seed=0):
    random = np.random.default_rng(seed)
    for number in range(2 * days):
        outcome = float(random.random() < 0.5)
        right = random.random() < 0.5 + skill
        said = 0.5 + random.uniform(0.02, 0.2) * (1 if (outcome > 0.5) == right else -1)
        as_of = start + number * HORIZON
        yield scored(
            decision=f"{number}",
            voice=voice,
            as_of=as_of,
            ends_at=as_of + HORIZON,
            known_at=as_of + HORIZON,
            stated=(said, said - 0.15, 0.85 - said),
            outcome=(outcome, outcome, 1 - outcome),
            believed=(0.5 + (said - 0.5) / 2, 0.35, 0.35),
        )


async def learns(town, *voices, days=30):
    start = town.clock.now() - (days + 1) * DAY
    for place, (voice, skill) in enumerate(voices):
        rows = list(forecasts(start, voice, skill, days, seed=place))
        await town.desk.stores.scores.resolve([], rows)


def block(phone):
    """The lines of figures, which stand between the headline and the first sentence."""
    return [line for line in phone.lines if line and (line[0] in "n.- " or line[:1].isdigit())]


async def test_before_anything_came_true_it_says_why_and_all_are_alike(phone):
    await phone.says("/analysts")

    assert phone.hears("Analysts by weight")
    assert sum("33%" in line for line in phone.lines) == 3
    assert phone.lines.count("n 0") == 3
    assert phone.hears("Nothing has come true yet, so there is nothing to score")
    assert phone.hears("Lines: weight, its move in 7 days, name")
    assert labels(phone.messages[-1]) == ["Calibration"]


async def test_a_long_record_is_announced_and_holds_up_nobody(town, phone, monkeypatch):
    read, go_on = SqlScores.record, asyncio.Event()

    async def slowly(scores, since, until):
        await go_on.wait()
        return await read(scores, since, until)

    monkeypatch.setattr(SqlScores, "record", slowly)
    monkeypatch.setattr("handlers.patience.SOON", 0.05)
    await phone.says("/analysts")
    assert phone.hears("Counting; the answer comes by itself.")
    await phone.says("/status")
    assert not phone.hears("Analysts by weight")
    go_on.set()
    for _ in range(100):
        await phone.look()
        if phone.sees("Analysts by weight"):
            break
        await asyncio.sleep(0.02)
    assert phone.sees("Analysts by weight")


async def test_decisions_that_wait_say_when_the_next_outcome_is_due(town, phone):
    await phone.says("/analyze BTC")
    await phone.says("/analysts")

    waiting = next(line for line in phone.lines if "wait for their outcome" in line)
    assert waiting.startswith("1 decisions wait for their outcome, the next is due 01-0")


async def test_what_can_never_be_scored_is_said(town, phone):
    await town.desk.stores.ledger.commit(decision())
    await town.desk.stores.scores.put_off("d1", None)
    await phone.says("/analysts")

    assert phone.hears("1 can never be scored: their minutes are missing.")
    assert phone.hears("No forecast waits for its outcome")


async def test_the_table_shows_weight_marks_and_what_they_rest_on(town, phone):
    await learns(town, (GPT, 0.3), ("trend", -0.1))
    await phone.says("/analysts")

    lines = block(phone)
    first = next(place for place, line in enumerate(lines) if GPT in line)
    weight, moved, name = lines[first].split()
    assert name == GPT
    assert 25 < float(weight.rstrip("%")) < 40
    assert moved[0] in "+-0"
    brier, skill, hit, interval = lines[first + 1].split()
    assert float(brier) < 0.25
    assert (skill[0], hit[-1], "-" in interval) == ("+", "%", True)
    assert lines[first + 2].startswith("n 60 (60.0)")
    assert phone.hears("All together: Brier .2")
    assert phone.hears("told apart") or phone.hears("Not distinguishable yet")


async def test_alike_voices_are_said_to_be_alike(town, phone):
    await learns(town, (GPT, 0.0), ("trend", 0.02))
    await phone.says("/analysts")

    assert phone.hears("Not distinguishable yet: all 95% intervals overlap.")


@pytest.mark.parametrize("language", Language)
async def test_no_line_of_figures_is_wider_than_a_phone_and_no_name_breaks_the_markup(
    founded, language
):
    async with founded(Plan(language=language)) as town:
        phone = town.phone()
        await phone.says("/start")
        await learns(town, (LONG, 0.1), ("<b>", 0.0), ("mean_reversion", 0.0))
        for command in ("/analysts", "/calibration", "/verifier", "/me"):
            await phone.says(command)
            pre = figures(phone)
            assert all(cells(line) <= WIDTH for line in pre), pre


def figures(phone):
    """What stands in the fixed-width block."""
    return [line for line in phone.lines if line[:3].strip()[:1].isdigit() or line[:1] in ".n"][
        :30
    ]


async def test_calibration_is_a_diagram_that_changes_in_place(town, phone):
    await learns(town, (GPT, 0.2))
    await phone.says("/calibration")

    assert phone.messages[-1]["photo"]
    assert phone.hears("Calibration · whole desk")
    assert GPT in labels(phone.messages[-1])
    count = len(phone.messages)

    await phone.taps(GPT)

    assert len(phone.messages) == count
    assert f"Calibration · {GPT}" in phone.messages[-1]["text"]
    assert "Believed: slope 0." in phone.messages[-1]["text"]

    await phone.taps("Up")

    rows = [line for line in phone.messages[-1]["text"].splitlines() if line.endswith(" 10.0")]
    assert len(rows) == 6


async def test_a_voice_without_a_record_has_no_diagram_and_says_why(town, phone):
    await phone.says("/calibration")

    assert not phone.messages[-1]["photo"]
    assert phone.hears("Nothing has come true yet")
    await phone.taps("trend")
    assert phone.hears("Calibration · trend")


async def test_the_verifier_is_told_what_it_saved(town, phone):
    now = town.clock.now()
    veto = objection(scale=Decimal(0))
    stopped = {Side.BUY: 0.0, Side.SELL: 1.0}
    await town.desk.stores.ledger.commit(
        decision(as_of=now - DAY),
        decision(id="d2", as_of=now - DAY),
        fate(at=now - DAY, ending=Ending.VETOED, objections=(veto,)),
        fate(decision="d2", at=now - DAY),
    )
    answer = resolution(as_of=now - DAY, at=now, target_first=stopped)
    await town.desk.stores.scores.resolve([answer], [])

    await phone.says("/verifier")

    assert phone.lines[0] == "Verifier, 90 days: +1.07R"
    assert phone.lines[1].split() == ["1", "+1.07R", "vetoes"]
    assert phone.lines[2].split() == ["1", "reductions"]
    assert phone.hears("1 of them have not come true yet")
    assert phone.lines[4] == "News: in 90 days it changed or stopped no card."


async def test_without_objections_it_says_so(phone):
    await phone.says("/verifier")

    assert sum("in 90 days it changed or stopped no card" in line for line in phone.lines) == 2


async def test_my_own_answers_are_scored(town, phone):
    now = town.clock.now()
    for number in range(2):
        card = proposal(
            id=f"card{number}", created_at=now - DAY, expires_at=now, status=ProposalStatus.PENDING
        ).reject(now - DAY)
        lost = trade(
            id=card.id,
            kind=Kind.SHADOW,
            status=TradeStatus.CLOSED,
            exit=Exit.STOP,
            created_at=now - DAY,
            closed_at=now - timedelta(hours=1),
            realized=-card.plan.risk,
            fees=Decimal(0),
        )
        await town.desk.stores.ledger.commit(card, lost)

    await phone.says("/me")

    assert phone.lines[0] == "Your answers, 90 days"
    assert phone.lines[1].split() == ["2", "+2.00R", "rejected"]
    assert phone.lines[2] == "Your 2 rejections saved 2.0 R."


async def test_who_has_not_answered_yet_is_told_how_it_begins(phone):
    await phone.says("/me")

    assert phone.hears("No card was answered yet.")
