"""Whatever is said against a trade, no objection opens one or makes one larger."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.objection import SCALES, Objection, Objector
from core.domain.proposal import Refusal, Rule, TradePlan
from core.risk import review
from tests.builders import candidate, limits
from tests.core.risk.cases import ASKED, PLAIN, STANDING, TERMS, Asked, holding, standing

some = settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
ONES = st.lists(st.sampled_from(SCALES[:3]), min_size=1, max_size=3)
NEARLY_FULL = standing(open=(holding(at_entry=42),))  # 8 of 50 left, where a trade wants 25


def against(asked, *scales):
    said = [Objection(by=Objector.NEWS, scale=scale) for scale in scales]
    return replace(asked, candidate=asked.candidate.opposed(said))


@some
@given(ASKED, ONES)
def test_an_objection_never_opens_a_trade_and_never_enlarges_one(asked, scales):
    asked = replace(asked, candidate=replace(asked.candidate, scale=min(asked.candidate.scale, 1)))
    whole, left = asked.verdict, against(asked, *scales).verdict
    if isinstance(left, TradePlan):
        assert isinstance(whole, TradePlan)
        assert left.amount <= whole.amount
        assert left.risk <= whole.risk
        assert (left.symbol, left.side, left.stop_loss) == (
            whole.symbol,
            whole.side,
            whole.stop_loss,
        )


def test_a_smaller_wish_finds_no_room_where_the_whole_one_found_none():
    asked = Asked(candidate(target_distance=Decimal("0.05")), TERMS, NEARLY_FULL, PLAIN)
    refused = asked.verdict
    assert isinstance(refused, Refusal)
    assert refused.rule is Rule.DIRECTION
    smaller = replace(asked, candidate=replace(asked.candidate, scale=Decimal("0.5")))
    assert isinstance(smaller.verdict, TradePlan)
    assert against(asked, Decimal("0.5")).verdict == refused


@pytest.mark.parametrize("scale", SCALES[:3])
def test_what_nobody_had_said_can_be_known_again(scale):
    wish = candidate(scale=Decimal("0.48"))
    said = Objection(by=Objector.VERIFIER, scale=scale)
    assert wish.opposed([said, said]).unopposed == wish


def test_a_trade_that_nobody_opposes_is_reviewed_once():
    plan = review(candidate(), TERMS, STANDING, replace(PLAIN, limits=limits()))
    assert plan == review(candidate().unopposed, TERMS, STANDING, replace(PLAIN, limits=limits()))
