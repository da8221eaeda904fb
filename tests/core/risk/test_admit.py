"""The same limits asked again at the tap, and the same plan with a part of its size."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.instrument import NEAR_END
from core.domain.proposal import Refusal, Rule, TradePlan
from core.domain.trading import Side
from core.risk import admit, shrunk
from tests.builders import NOON, PLAN, SYMBOL, instrument, limits, plan, settings
from tests.core.risk.cases import (
    ETH,
    PLAIN,
    SOL,
    STANDING,
    TERMS,
    holding,
    standing,
    started,
    terms,
)

HALF = Decimal("0.5")


def asked(wanted=PLAN, where=STANDING, how=PLAIN, on=TERMS) -> Refusal | None:
    return admit(wanted, on, where, how)


def test_a_plan_that_fits_may_be_done():
    assert asked() is None


def test_a_plan_may_fill_its_room_to_the_brim():
    brim = standing(open=(holding(at_entry=25),))

    assert asked(plan(risk=Decimal(25)), brim) is None
    assert asked(plan(risk=Decimal("25.01")), brim).rule is Rule.DIRECTION


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        (Rule.DAY_LOSS, standing(started=started(day=10_030))),
        (Rule.WEEK_LOSS, standing(started=started(week=10_080))),
        (Rule.MONTH_LOSS, standing(started=started(month=10_130))),
        (Rule.ROLLING_LOSS, standing(started=started(rolling=10_130))),
        (Rule.DIRECTION, standing(open=(holding(at_entry=26),))),
        (Rule.EXPOSURE, standing(open=(holding(notional=39_000),))),
        (Rule.GAP, standing(started=started(month=10_060))),
        (Rule.MARGIN, standing(free_margin=Decimal(500))),
    ],
)
def test_what_has_been_lost_or_taken_since_the_card_counts(rule, where):
    refusal = asked(where=where)

    assert refusal.rule is rule
    assert set(refusal.numbers) == {"limit", "used", "wanted", "equity"}


@pytest.mark.parametrize(
    ("where", "rule"),
    [
        (standing(open=(holding(SYMBOL),)), Rule.HOLDING),
        (standing(open=(holding(ETH), holding(SOL), holding(ETH))), Rule.POSITIONS),
        (standing(shock_until=NOON + timedelta(hours=1)), Rule.SHOCK),
    ],
)
def test_guards_are_asked_again(where, rule):
    assert asked(where=where).rule is rule


def test_a_card_is_not_held_against_itself():
    assert asked(where=standing(waiting=frozenset({SYMBOL}), proposals_today=99)) is None


def test_the_wanted_number_is_the_plan_s():
    assert asked(where=standing(open=(holding(at_entry=26),))).numbers["wanted"] == PLAN.risk
    room = asked(where=standing(free_margin=Decimal(500))).numbers
    assert room["wanted"] == PLAN.notional


def test_a_reward_that_no_longer_suffices_is_refused():
    strict = settings(limits=limits(reward_ratio=Decimal("1.7"), exposure=Decimal(4)))

    assert asked(how=strict).rule is Rule.REWARD


@pytest.mark.parametrize(
    ("side", "liquidation", "refused"),
    [
        (Side.BUY, 62_675, False),
        (Side.BUY, 62_676, True),
        (Side.SELL, 65_345, False),
        (Side.SELL, 65_344, True),
    ],
)
def test_the_liquidation_lies_half_as_far_again_as_the_stop(side, liquidation, refused):
    stop = Decimal(64_010 - 890 * side.sign)
    near = plan(side=side, stop_loss=stop, liquidation_price=Decimal(liquidation))
    refusal = asked(near)

    assert (refusal is not None) is refused
    if refused:
        assert refusal == Refusal(Rule.LIQUIDATION, {"price": Decimal(liquidation), "stop": stop})


class TestShrunk:
    def test_half_a_card_has_half_of_everything_but_the_prices(self):
        half = shrunk(PLAN, HALF, TERMS)

        assert isinstance(half, TradePlan)
        assert half.amount == Decimal("0.013")
        for name in ("risk", "reward", "gap_loss"):
            assert getattr(half, name) == getattr(PLAN, name) / 2
        numbers = {"amount": PLAN.amount, "risk": PLAN.risk, "reward": PLAN.reward}
        assert replace(half, **numbers, gap_loss=PLAN.gap_loss) == PLAN

    def test_risk_follows_the_amount_that_rounding_left(self):
        third = shrunk(PLAN, Decimal("0.34"), TERMS)

        assert third.amount == Decimal("0.008")
        assert third.risk == PLAN.risk * third.amount / PLAN.amount
        assert third.reward_ratio == pytest.approx(PLAN.reward_ratio)

    def test_the_whole_part_is_the_plan(self):
        assert shrunk(PLAN, Decimal(1), TERMS) == PLAN

    def test_a_part_that_the_venue_would_not_take_is_refused(self):
        refusal = shrunk(PLAN, Decimal("0.05"), TERMS)

        assert refusal == Refusal(
            Rule.TOO_SMALL, {"minimum": Decimal(100), "notional": Decimal("63.12")}
        )

    def test_a_part_of_nothing_is_refused(self):
        free = terms(instrument=instrument(min_notional=Decimal(0)))

        assert shrunk(PLAN, Decimal("0.01"), free).rule is Rule.TOO_SMALL


def test_a_card_from_before_the_leverage_was_lowered_is_refused():
    lowered = replace(PLAIN, limits=replace(PLAIN.limits, leverage=PLAN.leverage - 1))

    assert asked(how=lowered).rule is Rule.LEVERAGE


def test_a_price_of_another_venue_is_no_price_to_enter_on():
    elsewhere = terms(quote=replace(TERMS.quote, elsewhere=True))

    assert asked(on=elsewhere) == Refusal(Rule.ELSEWHERE, {"symbol": SYMBOL})


@pytest.mark.parametrize(
    ("left", "rule"),
    [(NEAR_END, Rule.ENDING), (-NEAR_END, Rule.ENDING), (NEAR_END * 2, None)],
)
def test_nobody_enters_what_its_venue_takes_off_the_list_soon(left, rule):
    refusal = asked(on=terms(instrument=instrument(ends=NOON + left)))

    assert (refusal.rule if refusal else None) is rule


@pytest.mark.parametrize(
    ("wanted", "where", "on", "numbers"),
    [
        (plan(leverage=99), STANDING, TERMS, {"leverage": 99, "most": PLAIN.limits.leverage}),
        (PLAN, standing(strange=frozenset({SYMBOL})), TERMS, {"symbol": SYMBOL}),
        (
            PLAN,
            STANDING,
            terms(instrument=instrument(ends=NOON)),
            {"symbol": SYMBOL, "at": NOON},
        ),
        (
            PLAN,
            standing(now=NOON + timedelta(seconds=95)),
            TERMS,
            {"symbol": SYMBOL, "seconds": 95},
        ),
    ],
)
def test_a_refusal_carries_the_numbers_that_people_are_told(wanted, where, on, numbers):
    assert asked(wanted, where, PLAIN, on).numbers == numbers
