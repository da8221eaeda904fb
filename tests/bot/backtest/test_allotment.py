"""A budget that a tool may spend, and never more."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.backtest.allotment import Allotment
from core.domain.model import CallStatus, Failure
from tests.builders import NOON
from tests.model_fakes import call

CENTS = st.decimals(min_value=0, max_value=2, places=2)


@given(st.lists(st.tuples(CENTS, st.floats(0, 1))))
async def test_whatever_is_asked_the_budget_is_never_overdrawn(wishes):
    purse = Allotment(Decimal(3))
    for number, (worst, part) in enumerate(wishes):
        one = call(id=str(number), reserved=worst)
        refusal = await purse.reserve(one)
        assert (refusal is Failure.BUDGET) == (purse.spent + worst > 3 and refusal is not None)
        if refusal is None:
            cost = (worst * Decimal(part)).quantize(Decimal("0.0001"), "ROUND_DOWN")
            await purse.settle(replace(one, status=CallStatus.ANSWERED, cost=cost))
        assert purse.spent <= 3
    assert purse.spent == sum((one.cost for one in purse.made.values()), Decimal(0))


async def test_the_second_word_about_a_call_changes_nothing():
    purse, one = Allotment(Decimal(1)), call(reserved=Decimal("0.5"))
    await purse.reserve(one)
    for cost in ("0.1", "0.4"):
        await purse.settle(replace(one, status=CallStatus.ANSWERED, cost=Decimal(cost)))
    assert purse.spent == Decimal("0.1")
    assert purse.cost_of(one.provider, one.model, one.as_of) == Decimal("0.1")
    assert [each.cost for each in await purse.calls(NOON, NOON.replace(hour=13))] == [
        Decimal("0.1")
    ]


async def test_what_was_never_reserved_costs_nothing():
    purse = Allotment(Decimal(1))
    await purse.settle(call(status=CallStatus.ANSWERED, cost=Decimal("0.3")))
    assert (purse.spent, purse.made) == (0, {})
