"""What a question will probably cost, before anybody was asked and after."""

from dataclasses import replace
from decimal import Decimal

from core.domain.model import CallStatus, Effort
from core.spending.likely import REASONING, likely_cost
from tests.model_fakes import MODEL, call


def test_at_first_the_length_and_some_thought_are_reckoned():
    thoughtful = replace(MODEL, effort=Effort.MEDIUM)
    expected = Decimal(4_000 + 5 * (200 + REASONING[Effort.MEDIUM])) / 1_000_000
    assert likely_cost(thoughtful, 4_000, 200) == expected


def test_no_answer_is_longer_than_it_may_be():
    brief = replace(MODEL, effort=Effort.HIGH, max_output=1_000)
    assert likely_cost(brief, 0, 200) == Decimal("0.005")


def test_later_it_is_what_answers_have_cost():
    past = [
        call(status=CallStatus.ANSWERED, cost=Decimal("0.02")),
        call(status=CallStatus.ANSWERED, cost=Decimal("0.04")),
        call(status=CallStatus.FAILED, cost=Decimal("0.50")),
    ]
    assert likely_cost(MODEL, 4_000, 200, past) == Decimal("0.03")
