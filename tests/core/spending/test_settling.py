"""A call ends with what it has cost; what nobody can know has cost its worst."""

from decimal import Decimal

import pytest

from core.domain.model import CallStatus, Failure, Said, Unsaid, Usage
from core.spending.settling import abandoned, settled, unsent
from tests.model_fakes import PRICE, SAID, USAGE, call


def test_an_answer_costs_what_was_counted():
    end = settled(call(), SAID, PRICE)
    assert (end.status, end.cost, end.usage) == (CallStatus.ANSWERED, Decimal("0.028"), USAGE)


def test_the_provider_s_own_bill_goes_first():
    said = Said(text="", usage=Usage(output=1, billed=Decimal("0.009")), model="m")
    assert settled(call(), said, PRICE).cost == Decimal("0.009")


@pytest.mark.parametrize("failure", [Failure.UNREACHABLE, Failure.OVERLOADED, Failure.REFUSED])
def test_a_failure_that_was_not_charged_costs_nothing(failure):
    end = settled(call(), Unsaid(failure=failure), PRICE)
    assert (end.status, end.cost, end.failure) == (CallStatus.FAILED, 0, failure)


def test_a_failure_that_was_charged_costs_what_was_counted():
    cut = Unsaid(failure=Failure.TRUNCATED, usage=Usage(output=8_000))
    assert settled(call(), cut, PRICE).cost == Decimal("0.04")


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, Failure.MALFORMED])
def test_nobody_knows_what_an_unheard_answer_cost(failure):
    assert settled(call(), Unsaid(failure=failure), PRICE).cost == call().reserved


def test_a_late_answer_is_paid_like_any_other():
    end = settled(call(), SAID, PRICE, late=True)
    assert (end.status, end.cost) == (CallStatus.LATE, Decimal("0.028"))


def test_what_was_not_sent_is_free_and_what_was_abandoned_is_not():
    assert unsent(call()).counts == 0
    assert abandoned(call()).counts == call().reserved


@pytest.mark.parametrize(
    ("billed", "cost"),
    [("-3", "0.05"), ("NaN", "0.05"), ("Infinity", "0.05"), ("1e40", "100"), ("0.4", "0.4")],
)
def test_a_bill_that_makes_no_sense_does_not_spoil_the_books(billed, cost):
    said = Said(text="", usage=Usage(billed=Decimal(billed)), model="m")
    end = settled(call(), said, PRICE)
    assert end.cost == Decimal(cost)
    assert end.usage.billed is None or end.usage.billed.is_finite()


def test_negative_tokens_give_no_money_back():
    said = Said(text="", usage=Usage(input=-1_000_000), model="m")
    assert settled(call(), said, PRICE).cost == call().reserved
