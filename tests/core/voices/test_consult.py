"""A question to a model is paid once, kept, and never waited for too long."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.domain.model import CallStatus, Failure, Said, Unsaid, exchange_key
from core.prompt import Faults
from core.spending.caps import Caps
from core.spending.worst import worst_case
from core.voices.breaker import REST
from core.voices.consult import About, Consult
from tests.builders import NOON, SYMBOL
from tests.model_fakes import (
    MODEL,
    PRICE,
    PROMPT,
    SAID,
    USAGE,
    ScriptedOracle,
    ShortPatience,
    desk,
)

ABOUT = About(NOON - timedelta(minutes=1), (SYMBOL,))
BAD = replace(SAID, text="bad")
NOTHING = Caps(month=Decimal(0), day=Decimal(0))


def read(said):
    return Faults(("bad.",)) if said.text == "bad" else said.text


def unsaid(failure):
    return Unsaid(failure=failure)


class Room:
    """A model, its provider and the desk, ready to be asked."""

    def __init__(self, *script, model=MODEL, **changes):
        self.oracle = ScriptedOracle(script or (SAID,))
        self.desk = desk(**changes)
        self.consult = Consult(model, self.oracle, self.desk)

    async def ask(self):
        return await self.consult(PROMPT, ABOUT, read)

    async def ask_thrice(self):
        for _ in range(3):
            await self.ask()

    def cap(self, caps):
        self.desk.purse.allowance.caps = caps

    @property
    def calls(self):
        return list(self.desk.purse.made.values())

    @property
    def statuses(self):
        return [call.status for call in self.calls]

    @property
    def settled_once(self):
        return self.desk.purse.settlements == dict.fromkeys(self.desk.purse.made, 1)


async def test_an_answer_is_reserved_asked_kept_and_settled():
    room = Room()
    assert await room.ask() == "fine"
    (call,) = room.calls
    assert call.reserved == worst_case(MODEL, PROMPT)
    assert (call.status, call.cost) == (CallStatus.ANSWERED, PRICE.of(USAGE))
    assert (call.as_of, call.symbols, call.kind) == (ABOUT.as_of, (SYMBOL,), PROMPT.kind)
    (kept,) = room.desk.minutes.kept
    assert kept.key == exchange_key("openai", MODEL.name, PROMPT)
    assert (kept.call, kept.reply) == (call.id, SAID)
    assert room.settled_once


async def test_a_second_chance_is_paid_and_kept_by_itself():
    room = Room(BAD, SAID)
    assert await room.ask() == "fine"
    first, second = room.calls
    assert second.reserved > first.reserved
    assert [one.key for one in room.desk.minutes.kept] == [
        exchange_key("openai", MODEL.name, PROMPT, turn) for turn in (0, 1)
    ]
    assert room.settled_once


async def test_two_bad_answers_are_invalid_and_say_nothing_about_the_provider():
    room = Room(BAD)
    assert (await room.ask()).failure is Failure.INVALID
    assert room.statuses == [CallStatus.ANSWERED] * 2
    assert room.desk.health.of("openai").failures == 0


@pytest.mark.parametrize("failure", sorted(set(Failure)))
async def test_every_failure_of_a_provider_is_settled_once(failure):
    room = Room(unsaid(failure))
    assert await room.ask() == unsaid(failure)
    (call,) = room.calls
    assert (call.status, call.failure) == (CallStatus.FAILED, failure)
    assert room.settled_once


@pytest.mark.parametrize(
    ("failure", "kept"), [(Failure.REFUSED, 1), (Failure.TRUNCATED, 1), (Failure.TIMEOUT, 0)]
)
async def test_words_are_kept_and_broken_lines_are_not(failure, kept):
    room = Room(unsaid(failure))
    await room.ask()
    assert len(room.desk.minutes.kept) == kept


class TestWhatNeverReachesTheProvider:
    async def test_what_the_caps_forbid(self):
        room = Room()
        room.cap(NOTHING)
        assert await room.ask() == unsaid(Failure.BUDGET)
        assert (room.oracle.asked, room.calls) == ([], [])

    async def test_a_provider_that_rests(self):
        room = Room(unsaid(Failure.TIMEOUT))
        await room.ask_thrice()
        assert await room.ask() == unsaid(Failure.RESTING)
        assert len(room.oracle.asked) == len(room.calls) == 3

    async def test_a_model_past_its_last_day(self):
        assert await Room(model=replace(MODEL, shutdown=NOON.date())).ask() == "fine"
        room = Room(model=replace(MODEL, shutdown=date(2023, 12, 31)))
        assert await room.ask() == unsaid(Failure.RETIRED)
        assert room.oracle.asked == []

    async def test_a_provider_that_is_switched_off(self):
        room = Room(unsaid(Failure.UNPAID))
        await room.ask()
        assert await room.ask() == unsaid(Failure.UNPAID)
        assert len(room.oracle.asked) == 1
        assert room.desk.tell.offs == [("openai", Failure.UNPAID)]

    async def test_a_second_chance_that_money_does_not_reach_for(self):
        room = Room(BAD, SAID)
        most = worst_case(MODEL, PROMPT) / Decimal("0.94")
        room.cap(Caps(month=most, day=most))
        assert await room.ask() == unsaid(Failure.BUDGET)
        assert len(room.oracle.asked) == 1


async def test_after_a_rest_one_trial_heals():
    room = Room(*[unsaid(Failure.TIMEOUT)] * 3, SAID)
    await room.ask_thrice()
    room.desk.clock.moment += REST
    assert await room.ask() == "fine"
    assert await room.ask() == "fine"


async def test_after_a_rest_only_one_of_many_is_sent():
    room = Room(unsaid(Failure.TIMEOUT))
    await room.ask_thrice()
    room.desk.clock.moment += REST
    answers = await asyncio.gather(room.ask(), room.ask())
    assert {answer.failure for answer in answers} == {Failure.TIMEOUT, Failure.RESTING}
    assert len(room.oracle.asked) == 4
    assert room.settled_once


async def test_a_trial_that_the_caps_forbid_is_no_trial():
    room = Room(*[unsaid(Failure.UNREACHABLE)] * 3, SAID)
    await room.ask_thrice()
    room.desk.clock.moment += REST
    usual = room.desk.purse.allowance.caps
    room.cap(NOTHING)
    assert (await room.ask()).failure is Failure.BUDGET
    room.cap(usual)
    assert await room.ask() == "fine"


async def test_what_closes_many_doors_at_once_is_reported_once():
    room = Room(unsaid(Failure.FORBIDDEN))
    await asyncio.gather(room.ask(), room.ask(), room.ask())
    assert room.desk.tell.offs == [("openai", Failure.FORBIDDEN)]


class Slow:
    """Answers when the test says so."""

    def __init__(self, answer=SAID):
        self.may = asyncio.Event()
        self.answer = answer

    async def __call__(self):
        await self.may.wait()
        return self.answer


class TestTooLate:
    async def test_what_comes_too_late_is_paid_and_kept_but_not_heard(self):
        slow, patience = Slow(), ShortPatience()
        room = Room(slow, patience=patience)
        assert await room.ask() == unsaid(Failure.LATE)
        assert room.statuses == [CallStatus.RESERVED]
        slow.may.set()
        await asyncio.gather(*patience.left)
        (call,) = room.calls
        assert (call.status, call.cost) == (CallStatus.LATE, PRICE.of(USAGE))
        assert len(room.desk.minutes.kept) == 1
        assert room.settled_once

    async def test_nobody_pays_for_a_second_chance_that_nobody_waits_for(self):
        slow, patience = Slow(BAD), ShortPatience()
        room = Room(slow, SAID, patience=patience)
        await room.ask()
        slow.may.set()
        assert await asyncio.gather(*patience.left) == [unsaid(Failure.LATE)]
        assert room.statuses == [CallStatus.LATE]

    async def test_what_the_provider_did_meanwhile_is_learnt(self):
        slow, patience = Slow(unsaid(Failure.UNPAID)), ShortPatience()
        room = Room(slow, patience=patience)
        await room.ask()
        slow.may.set()
        await asyncio.gather(*patience.left)
        assert room.desk.tell.offs == [("openai", Failure.UNPAID)]
        assert room.calls[0].failure is Failure.UNPAID


async def cancelled(asked):
    await asyncio.sleep(0.01)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked


async def test_what_is_interrupted_on_its_way_has_cost_its_worst():
    room = Room(Slow())
    await cancelled(asyncio.ensure_future(room.ask()))
    (call,) = room.calls
    assert (call.status, call.cost) == (CallStatus.FAILED, call.reserved)
    assert call.settled_at == NOON
    assert room.settled_once


async def test_a_reservation_that_is_interrupted_costs_nothing():
    room = Room()
    reserve = room.desk.purse.reserve

    async def slowly(call):
        await reserve(call)
        await asyncio.sleep(9)

    room.desk.purse.reserve = slowly
    await cancelled(asyncio.ensure_future(room.ask()))
    assert room.statuses == [CallStatus.FAILED]
    assert room.calls[0].cost == 0


async def test_an_oracle_that_breaks_is_settled_too():
    async def breaks():
        raise KeyError("a bug")

    room = Room(breaks)
    with pytest.raises(KeyError):
        await room.ask()
    assert room.settled_once


async def test_whatever_the_model_calls_itself_the_books_name_the_one_that_was_asked():
    room = Room(Said(text="fine", usage=USAGE, model="another"))
    await room.ask()
    assert room.calls[0].model == MODEL.name
