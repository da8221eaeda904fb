"""What every Purse and every Minutes promises, whatever it is made of."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.domain.model import (
    CallStatus,
    Exchange,
    Failure,
    PromptKind,
    Source,
    Unsaid,
    Usage,
    exchange_key,
)
from core.spending.caps import Caps
from core.spending.ladder import Spent
from core.spending.settling import settled
from tests.builders import NOON
from tests.model_fakes import PRICE, PROMPT, SAID, USAGE, call

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def caps(day, month=1_000):
    return Caps(month=Decimal(str(month)), day=Decimal(str(day)))


class PurseContract:
    """Fixtures: `purse`, and `allowance` whose `caps` may be set."""

    async def test_what_was_reserved_is_listed_and_counts_in_full(self, purse):
        assert await purse.reserve(call()) is None
        (found,) = await purse.calls(NOON, NOON + HOUR)
        assert found == call()
        assert found.counts == Decimal("0.05")

    async def test_a_settled_call_counts_what_it_cost(self, purse):
        await purse.reserve(call())
        end = settled(call(), SAID, PRICE)
        await purse.settle(end)
        assert await purse.calls(NOON, NOON + HOUR) == (end,)
        assert end.counts == PRICE.of(USAGE) == Decimal("0.028")

    async def test_the_second_word_about_a_call_changes_nothing(self, purse):
        await purse.reserve(call())
        end = settled(call(), SAID, PRICE)
        await purse.settle(end)
        await purse.settle(replace(end, cost=Decimal(9), status=CallStatus.FAILED))
        assert await purse.calls(NOON, NOON + HOUR) == (end,)

    async def test_what_was_never_reserved_cannot_be_settled(self, purse):
        await purse.settle(settled(call(), SAID, PRICE))
        assert await purse.calls(NOON - DAY, NOON + DAY) == ()

    async def test_calls_come_oldest_first_and_their_end_is_left_out(self, purse):
        for name, hours in (("b", 1), ("a", 0), ("c", 2)):
            await purse.reserve(call(id=name, at=NOON + hours * HOUR))
        found = await purse.calls(NOON, NOON + 2 * HOUR)
        assert [one.id for one in found] == ["a", "b"]

    async def test_a_cap_forbids_what_would_pass_it_and_keeps_nothing_of_it(
        self, purse, allowance
    ):
        allowance.caps = caps(day=1)
        assert await purse.reserve(call(id="a", reserved=Decimal("0.9"))) is None
        assert await purse.reserve(call(id="b", reserved=Decimal("0.06"))) is Failure.BUDGET
        assert [one.id for one in await purse.calls(NOON, NOON + DAY)] == ["a"]

    async def test_the_last_twentieth_is_for_questions_in_the_chat(self, purse, allowance):
        allowance.caps = caps(day=1)
        await purse.reserve(call(id="a", reserved=Decimal("0.95")))
        chat = call(id="c", kind=PromptKind.CHAT)
        assert await purse.reserve(call(id="b", reserved=Decimal("0.01"))) is Failure.BUDGET
        assert await purse.reserve(chat) is None
        assert await purse.reserve(replace(chat, id="d")) is Failure.BUDGET

    async def test_a_new_day_begins_with_nothing_spent_but_the_month_goes_on(
        self, purse, allowance
    ):
        allowance.caps = caps(day=1, month=2)
        big = Decimal("0.9")
        assert await purse.reserve(call(id="a", reserved=big)) is None
        assert await purse.reserve(call(id="b", reserved=big, at=NOON + DAY)) is None
        assert await purse.reserve(call(id="c", reserved=big, at=NOON + 2 * DAY)) is Failure.BUDGET
        assert await purse.reserve(call(id="d", reserved=big, at=NOON + 31 * DAY)) is None

    async def test_what_an_answer_left_over_may_be_spent_again(self, purse, allowance):
        allowance.caps = caps(day=1)
        first = call(id="a", reserved=Decimal("0.9"))
        await purse.reserve(first)
        await purse.settle(settled(first, SAID, PRICE))
        assert await purse.reserve(call(id="b", reserved=Decimal("0.9"))) is None

    async def test_what_is_spent_is_told_by_day_and_month(self, purse):
        assert await purse.spent(NOON) == Spent()
        await purse.reserve(call(id="a"))
        await purse.reserve(call(id="b", at=NOON + DAY, reserved=Decimal("0.01")))
        assert await purse.spent(NOON) == Spent(Decimal("0.06"), Decimal("0.06"))
        assert await purse.spent(NOON + DAY) == Spent(Decimal("0.01"), Decimal("0.06"))
        assert await purse.spent(NOON + 40 * DAY) == Spent()

    async def test_many_at_once_never_overdraw(self, purse, allowance):
        allowance.caps = caps(day=1)
        many = [call(id=f"{n}", reserved=Decimal("0.07")) for n in range(40)]
        answers = await asyncio.gather(*(purse.reserve(one) for one in many))
        assert answers.count(None) == 13
        made = await purse.calls(NOON, NOON + DAY)
        assert sum(one.counts for one in made) <= Decimal("0.95")

    async def test_after_a_crash_the_next_start_settles_at_the_worst(self, purse):
        await purse.reserve(call())
        assert await purse.clear(NOON + HOUR) == 1
        (left,) = await purse.calls(NOON, NOON + HOUR)
        assert (left.status, left.cost) == (CallStatus.FAILED, Decimal("0.05"))
        assert left.settled_at == NOON + HOUR
        assert await purse.clear(NOON + HOUR) == 0


def exchange(**changes):
    usual = Exchange(
        key=exchange_key("openai", "gpt-6.1-terra", PROMPT),
        call="c1",
        at=NOON,
        provider="openai",
        model="gpt-6.1-terra",
        prompt=replace(
            PROMPT,
            system="Voraussage, 예측 \u2028",
            schema={"b": [1, {"a": None}], "a": {"enum": ["x"]}},
        ),
        reply=replace(
            SAID,
            text='{"p_up":0.5} \ud83d 반론\r\n',
            usage=replace(USAGE, billed=Decimal("0.0123")),
            sources=(Source("https://a.b/1", "half \ud83d", "2026"), Source("https://a.b/2")),
        ),
    )
    return replace(usual, **changes)


class MinutesContract:
    """Fixture: `minutes`."""

    async def test_an_exchange_comes_back_word_for_word(self, minutes):
        await minutes.keep(exchange())
        found = await minutes.find(exchange().key)
        assert found == exchange()
        assert list(found.prompt.schema) == ["b", "a"]

    async def test_a_refusal_comes_back_too(self, minutes):
        refused = exchange(
            reply=Unsaid(failure=Failure.REFUSED, detail="no \ud83d", usage=Usage(input=5))
        )
        await minutes.keep(refused)
        assert await minutes.find(refused.key) == refused

    async def test_the_first_one_under_a_key_is_found(self, minutes):
        await minutes.keep(exchange())
        await minutes.keep(exchange(call="c2", reply=SAID))
        assert await minutes.find(exchange().key) == exchange()

    async def test_an_unknown_key_finds_nothing(self, minutes):
        await minutes.keep(exchange())
        assert await minutes.find(exchange_key("openai", "other", PROMPT)) is None
        assert await minutes.find(exchange_key("openai", "gpt-6.1-terra", PROMPT, 1)) is None
