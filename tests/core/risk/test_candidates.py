"""What a decision asks for, before risk has a say."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.people import Approval
from core.domain.proposal import Candidate, Refusal, Rule
from core.risk.candidates import candidate_of, scale_of
from tests.builders import decision, limits, settings

PILOTED = settings(
    approval=Approval.AUTOPILOT,
    limits=limits(autopilot_risk=Decimal("0.001"), risk_per_trade=Decimal("0.0025")),
)


def test_a_decision_with_an_edge_asks_for_its_share_of_the_risk():
    asked = candidate_of(decision(confidence=0.5), settings())
    assert isinstance(asked, Candidate)
    assert asked.scale == Decimal("0.5")


@pytest.mark.parametrize("confidence", [0.0, -0.1])
def test_no_confidence_is_no_edge_and_says_what_was_decided(confidence):
    made = decision(confidence=confidence)
    assert candidate_of(made, settings()) == Refusal(Rule.NO_EDGE, {"verdict": str(made.verdict)})


@pytest.mark.parametrize(
    ("confidence", "scale"), [(0.333333, "0.33"), (0.335001, "0.34"), (0.0001, "0.01"), (1.0, "1")]
)
def test_confidence_counts_in_percent_and_never_for_nothing(confidence, scale):
    assert scale_of(confidence, settings(approval=Approval.ASK)) == Decimal(scale)


def test_the_autopilot_asks_for_its_own_share():
    assert scale_of(0.5, PILOTED) == Decimal("0.2")
    assert scale_of(0.5, replace(PILOTED, approval=Approval.ASK)) == Decimal("0.5")


def test_an_autopilot_that_may_risk_nothing_leaves_the_card_to_a_person():
    unpiloted = replace(PILOTED, limits=replace(PILOTED.limits, autopilot_risk=Decimal(0)))
    assert scale_of(0.5, unpiloted) == Decimal("0.5")
