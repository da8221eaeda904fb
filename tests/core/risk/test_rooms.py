"""How much each limit leaves, and what a refusal tells about it."""

from decimal import Decimal

import pytest

from core.domain.proposal import Rule
from core.domain.trading import Side
from core.risk.rooms import Room, rooms
from tests.builders import INSTRUMENT, LIMITS, settings
from tests.core.risk.cases import ETH, RICH, SOL, holding, standing, started

PERIODS = (Rule.DAY_LOSS, Rule.WEEK_LOSS, Rule.MONTH_LOSS, Rule.ROLLING_LOSS)
LEAVE = list(zip(PERIODS, (50, 100, 150, 150), strict=True))


def found(where, side=Side.BUY, leverage=3) -> dict[Rule, Room]:
    return {room.rule: room for room in rooms(side, leverage, where, settings(), INSTRUMENT)}


def test_every_limit_on_size_is_asked_once():
    asked = [room.rule for room in rooms(Side.BUY, 3, standing(), settings(), INSTRUMENT)]

    assert asked == [
        *PERIODS,
        Rule.DIRECTION,
        Rule.EXPOSURE,
        Rule.GAP,
        Rule.MARGIN,
        Rule.RISK,
    ]


def test_an_untouched_account_has_all_its_room():
    made = found(standing())

    assert [made[rule].risk for rule in PERIODS] == [50, 100, 150, 150]
    assert made[Rule.DIRECTION].risk == 50
    assert made[Rule.EXPOSURE].notional == 10_000
    assert made[Rule.GAP].notional == 150 / Decimal("0.06")
    assert made[Rule.MARGIN].notional == 30_000 / Decimal("1.0015")


@pytest.mark.parametrize(("rule", "limit"), LEAVE)
def test_a_loss_limit_tells_its_limit_and_what_is_used_of_it(rule, limit):
    lost = found(standing(equity=Decimal(9_980), open=(holding(to_stop=15),)))

    assert (lost[rule].limit, lost[rule].used) == (limit, 35)
    assert lost[rule].left == limit - 35


def test_one_direction_does_not_use_up_the_other():
    held = standing(
        open=(holding(ETH, Side.BUY, at_entry=30), holding(SOL, Side.SELL, at_entry=5))
    )

    assert found(held, Side.BUY)[Rule.DIRECTION].left == 20
    assert found(held, Side.SELL)[Rule.DIRECTION].left == 45
    assert found(held, Side.SELL)[Rule.DIRECTION].used == 5


def test_exposure_counts_both_directions():
    held = standing(open=(holding(notional=4_000), holding(SOL, Side.SELL, notional=3_500)))

    assert found(held)[Rule.EXPOSURE].left == 2_500
    assert found(held)[Rule.EXPOSURE].used == 7_500


@pytest.mark.parametrize("name", ["month", "rolling"])
def test_a_gap_may_cost_what_is_left_of_the_tighter_month(name):
    lost = found(standing(started=started(**{name: 10_060})))

    assert lost[Rule.GAP].left == Decimal("90.9") / Decimal("0.06")


def test_margin_leaves_money_for_the_fee_of_the_entry():
    room = found(standing(free_margin=Decimal(1_000)), leverage=5)[Rule.MARGIN].left
    fee = room * INSTRUMENT.taker_fee

    assert room / 5 + fee == pytest.approx(Decimal(1_000))


def test_an_overdrawn_limit_leaves_nothing_and_never_less():
    broke = standing(
        equity=Decimal(9_000),
        free_margin=Decimal(-10),
        open=(holding(to_stop=100, at_entry=100, notional=99_999),),
    )

    left = {rule: room.left for rule, room in found(broke).items()}
    assert set(left.values()) == {Decimal(0), left[Rule.RISK]}


def test_a_refusal_tells_limit_used_wanted_and_equity():
    numbers = found(standing(open=(holding(at_entry=30),)))[Rule.DIRECTION].numbers(
        Decimal(25), RICH
    )

    assert numbers == {"limit": 50, "used": 30, "wanted": 25, "equity": 10_000}
    assert LIMITS.same_direction_risk * RICH == 50
