"""Laws of risk that hold for any account, any price and any wish."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.proposal import Refusal, Rule, TradePlan
from core.domain.trading import Side
from core.risk import Period, admit, shrunk
from core.risk.rooms import rooms
from tests.builders import INSTRUMENT
from tests.core.risk.cases import ALL_SETTINGS, ASKED, PLANNED, REFUSED, STANDINGS

TOLD = {
    Rule.TOO_SMALL: {"minimum", "notional"},
    Rule.REWARD: {"ratio", "limit"},
    Rule.LIQUIDATION: {"price", "stop"},
    Rule.LEVELS: {"price", "stop"},
    Rule.POSITIONS: {"limit"},
}
ROOM = {"limit", "used", "wanted", "equity"}
DUST = Decimal("1e-20")  # Decimal divides to 28 digits
some = settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])


@some
@given(PLANNED)
def test_a_plan_that_review_made_is_admitted_at_once(asked):
    assert admit(asked.verdict, asked.terms, asked.standing, asked.settings) is None


@some
@given(PLANNED)
def test_a_plan_never_loses_more_than_its_budget_at_the_stop(asked):
    plan, terms = asked.verdict, asked.terms
    fees = terms.instrument.taker_fee * (plan.entry_limit + plan.stop_loss)
    slip = terms.slippage * plan.stop_loss
    lost = plan.amount * (abs(plan.entry_limit - plan.stop_loss) + fees + slip)

    assert plan.risk == lost <= _budget(asked)


@some
@given(PLANNED)
def test_no_limit_is_broken_by_a_plan(asked):
    plan, standing, limits = asked.verdict, asked.standing, asked.settings.limits
    equity, contract = standing.equity, asked.terms.instrument
    fee = plan.notional * contract.taker_fee

    assert all(plan.risk <= standing.left(period, limits) for period in Period)
    assert standing.direction(plan.side) + plan.risk <= limits.same_direction_risk * equity
    assert standing.exposure + plan.notional <= limits.exposure * equity
    assert plan.gap_loss <= standing.month_left(limits) + DUST
    assert plan.notional / plan.leverage + fee <= standing.free_margin + DUST
    assert plan.leverage <= min(limits.leverage, contract.max_leverage)
    assert plan.reward_ratio >= limits.reward_ratio


@some
@given(PLANNED)
def test_clamps_only_shrink_and_one_follows_from_the_other(asked):
    plan = asked.verdict
    wished = asked.terms.instrument.round_amount(_budget(asked) / (plan.risk / plan.amount))
    sizes = [wished, *(clamp.after for clamp in plan.clamps)]

    assert [clamp.before for clamp in plan.clamps] == sizes[:-1]
    assert sizes == sorted(set(sizes), reverse=True)
    assert plan.amount == sizes[-1] >= wished * Decimal("0.4")


def _budget(asked):
    scale = min(asked.candidate.scale, Decimal(1))
    return asked.settings.limits.risk_per_trade * asked.standing.equity * scale


@some
@given(REFUSED)
def test_a_refusal_tells_its_numbers(asked):
    refusal = asked.verdict

    assert set(refusal.numbers) == TOLD.get(refusal.rule, ROOM)
    assert all(isinstance(number, Decimal | int) for number in refusal.numbers.values())


@some
@given(PLANNED)
def test_every_level_is_a_price_of_the_venue_on_its_own_side(asked):
    plan, contract = asked.verdict, asked.terms.instrument
    prices = [plan.stop_loss, plan.entry_limit, *(target.price for target in plan.targets)]

    assert prices == sorted(set(prices), reverse=plan.side is Side.SELL)
    assert all(price % contract.tick_size == 0 for price in prices)
    assert plan.amount % contract.step_size == 0
    assert sum(target.share for target in plan.targets) == 1
    assert plan.accepts(plan.entry_limit)
    assert not plan.accepts(plan.stop_loss)


@some
@given(PLANNED)
def test_rounding_a_level_never_favours_the_trade(asked):
    plan, last, sign = asked.verdict, asked.terms.quote.last, asked.verdict.side.sign
    single = replace(asked, settings=replace(asked.settings, two_targets=False)).verdict
    levels = {plan.stop_loss: -asked.candidate.stop_distance}
    if isinstance(single, TradePlan):
        levels[single.targets[0].price] = asked.candidate.target_distance

    for level, distance in levels.items():
        exact = last * (1 + sign * distance)
        assert 0 <= (exact - level) * sign < asked.terms.instrument.tick_size


@some
@given(PLANNED, st.decimals(0, 1, places=3))
def test_less_room_never_makes_a_larger_trade(asked, part):
    poorer = replace(
        asked.standing,
        equity=asked.standing.equity - 20 * part,
        free_margin=asked.standing.free_margin * part,
    )
    smaller = replace(asked, standing=poorer).verdict

    if isinstance(smaller, TradePlan):
        assert smaller.amount <= asked.verdict.amount


@some
@given(PLANNED, st.decimals("0.01", "1", places=3))
def test_a_part_of_a_plan_is_never_more_than_the_part(asked, part):
    plan = asked.verdict
    less = shrunk(plan, part, asked.terms)

    if isinstance(less, Refusal):
        assert less.numbers["notional"] < less.numbers["minimum"]
    else:
        assert 0 < less.amount <= plan.amount * part
        assert less.risk <= plan.risk * part + DUST
        assert admit(less, asked.terms, asked.standing, asked.settings) is None


@some
@given(STANDINGS, ALL_SETTINGS, st.sampled_from(Side), st.integers(1, 10))
def test_no_room_is_ever_negative(standing, how, side, leverage):
    for room in rooms(side, leverage, standing, how, INSTRUMENT):
        assert room.left >= 0
        assert (room.risk is None) is not (room.notional is None)


@some
@given(ASKED)
def test_the_same_question_has_the_same_answer(asked):
    assert asked.verdict == asked.verdict
