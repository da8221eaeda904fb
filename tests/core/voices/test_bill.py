"""The bill adds up, and says what a month at this pace would be."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ledger import EquityMark
from core.domain.model import CallStatus, Failure, PromptKind
from core.spending.ladder import Spent
from core.voices.bill import ReadBudget, parts_of, projected
from core.voices.breaker import Health
from tests.builders import ACCOUNT, NOON
from tests.fakes import FakeClock, MemoryLedger
from tests.model_fakes import CAPS, FakeAllowance, MemoryPurse, call

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOW = NOON + 9 * DAY


def made(name, at=NOON, **changes):
    usual = call(id=name, at=at, as_of=at, cost=Decimal("0.02"), status=CallStatus.ANSWERED)
    return replace(usual, **changes)


CALLS = (
    made("a", symbols=("BTC", "ETH")),
    made("b", symbols=("BTC", "ETH"), model="haiku", provider="anthropic"),
    made("c", at=NOON + HOUR, symbols=("BTC",), status=CallStatus.FAILED, failure=Failure.TIMEOUT),
    made("d", at=NOON + HOUR, symbols=("BTC",), kind=PromptKind.RISK, status=CallStatus.LATE),
    made("e", at=NOW, kind=PromptKind.CHAT, cost=Decimal("0.10")),
)


async def bill(*calls, equity=10_000, health=None):
    ledger = MemoryLedger()
    if equity:
        await ledger.commit(EquityMark(ACCOUNT, NOON, Decimal(equity), Decimal(equity)))
    reads = ReadBudget(
        account=ACCOUNT,
        clock=FakeClock(NOW),
        purse=MemoryPurse(made={one.id: one for one in calls}),
        allowance=FakeAllowance(),
        ledger=ledger,
        health=health or Health(),
    )
    return await reads()


async def test_it_knows_the_month_the_day_and_each_model():
    found = await bill(*CALLS, made("before", at=NOON - DAY))
    assert found.budget.spent == Spent(Decimal("0.10"), Decimal("0.18"))
    assert found.budget.caps == CAPS
    assert [(p.model, p.cost, p.calls, p.failed) for p in found.parts] == [
        ("gpt-6.1-terra", Decimal("0.16"), 4, 2),
        ("haiku", Decimal("0.02"), 1, 0),
    ]
    assert found.failures == {Failure.TIMEOUT: 1}


async def test_a_decision_is_a_symbol_at_a_close_and_chat_is_none_of_its_cost():
    found = await bill(*CALLS)
    assert found.decisions == 3
    assert found.per_decision == Decimal("0.08") / 3


async def test_the_pace_is_a_month_of_what_was_spent_since_the_first_question():
    found = await bill(*CALLS)
    assert found.projected == Decimal("0.18") * 31 / 9
    assert found.drag == found.projected


async def test_nothing_is_made_up_where_nothing_is_known():
    found = await bill(equity=None)
    assert (found.parts, found.per_decision, found.drag, found.projected) == ((), None, None, None)


async def test_providers_that_are_not_asked_are_named_with_the_reason():
    health = Health()
    health.learn("openai", Failure.UNPAID, NOON)
    assert (await bill(*CALLS, health=health)).troubled == {"openai": Failure.UNPAID}


async def test_second_turns_are_counted_and_questions_of_a_person_are_none():
    first, later = made("a"), made("c", at=NOON + HOUR)
    chat = made("d", kind=PromptKind.CHAT)
    found = await bill(first, replace(first, id="b"), later, chat, replace(chat, id="e"))
    assert found.again == 1


def test_an_hour_is_no_pace_yet():
    assert projected([made("a")], Decimal("0.02"), NOON + HOUR) is None
    assert projected([made("a")], Decimal("0.02"), NOON + DAY) == Decimal("0.62")


async def test_before_there_is_a_pace_the_equity_is_measured_by_what_was_spent():
    found = await bill(made("a", at=NOW - HOUR))
    assert (found.projected, found.drag) == (None, Decimal("0.02"))


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.decimals(0, 1, places=4)), max_size=20))
def test_the_parts_add_up(costs):
    calls = [made(f"{n}", model=model, cost=cost) for n, (model, cost) in enumerate(costs)]
    parts = parts_of(calls)
    assert sum(part.cost for part in parts) == sum(cost for _, cost in costs)
    assert [part.cost for part in parts] == sorted((part.cost for part in parts), reverse=True)
