"""One trade worked out by hand: Bitcoin at 64,000, a stop of 1.375 %, a quarter percent of risk."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.instrument import MaintenanceTier
from core.domain.proposal import Clamp, Refusal, Rule, Target, TradePlan
from core.domain.trading import Side
from core.risk import review
from tests.builders import INSTRUMENT, candidate, instrument, limits, settings
from tests.core.risk.cases import (
    ETH,
    PLAIN,
    SOL,
    STANDING,
    TERMS,
    at,
    holding,
    standing,
    started,
    terms,
)

LONG = candidate(target_distance=Decimal("0.03575"))
SHORT = replace(LONG, side=Side.SELL)
LOSS = 968 + Decimal("63.604") + Decimal("12.624")  # to the stop, both fees, the slip
TWO = replace(PLAIN, two_targets=True)


def planned(wanted=LONG, on=TERMS, where=STANDING, how=PLAIN) -> TradePlan:
    plan = review(wanted, on, where, how)
    assert isinstance(plan, TradePlan), plan
    return plan


def refused(wanted=LONG, on=TERMS, where=STANDING, how=PLAIN) -> Refusal:
    refusal = review(wanted, on, where, how)
    assert isinstance(refusal, Refusal), refusal
    return refusal


class TestLevels:
    def test_a_long_enters_a_tenth_of_its_stop_higher_at_worst(self):
        plan = planned()

        assert (plan.reference, plan.entry_limit, plan.stop_loss) == (64_000, 64_088, 63_120)
        assert plan.targets == (Target(Decimal(66_288), Decimal(1)),)

    def test_a_short_is_the_mirror_image(self):
        plan = planned(SHORT)

        assert (plan.entry_limit, plan.stop_loss) == (63_912, 64_880)
        assert plan.targets == (Target(Decimal(61_712), Decimal(1)),)

    def test_prices_between_ticks_are_rounded_against_the_trade(self):
        odd = at(Decimal("64000.1"))
        long, short = planned(on=odd), planned(SHORT, on=odd)

        assert (long.entry_limit, long.stop_loss) == (Decimal("64088.1"), Decimal("63120.0"))
        assert (short.entry_limit, short.stop_loss) == (Decimal("63912.1"), Decimal("64880.2"))
        assert (long.targets[0].price, short.targets[0].price) == (
            Decimal("66288.1"),
            Decimal("61712.1"),
        )

    def test_two_targets_lie_two_fifths_of_the_way_around_the_one(self):
        plan = planned(how=TWO)
        half = Decimal("0.5")

        assert plan.targets == (
            Target(Decimal("65372.8"), half),
            Target(Decimal("67203.2"), half),
        )
        assert plan.trail == 64_088 - 63_120

    def test_one_target_needs_no_trail(self):
        assert planned().trail is None

    def test_an_amount_too_small_to_split_goes_for_the_middle(self):
        plan = planned(replace(LONG, scale=Decimal("0.125")), how=TWO)

        assert plan.amount == Decimal("0.002")
        assert plan.targets == (Target(Decimal(66_288), Decimal(1)),)
        assert plan.trail is None


class TestSize:
    def test_the_size_loses_the_budget_at_the_stop_and_never_more(self):
        plan = planned()

        assert plan.amount == Decimal("0.023")
        assert plan.risk == Decimal("0.023") * LOSS
        assert plan.risk <= 25 < (plan.amount + Decimal("0.001")) * LOSS
        assert plan.clamps == ()

    def test_half_the_scale_is_half_the_budget(self):
        assert planned(replace(LONG, scale=Decimal("0.5"))).amount == Decimal("0.011")

    def test_a_scale_above_one_asks_for_no_more_than_one(self):
        assert planned(replace(LONG, scale=Decimal(9))) == planned()

    def test_twice_the_equity_is_twice_the_budget(self):
        double = standing(equity=Decimal(20_000), started=started(day=20_000, week=20_000))

        assert planned(where=double).amount == Decimal("0.039")  # held by the gap
        assert planned(where=double).clamps[0].before == Decimal("0.047")

    def test_the_plan_says_what_it_costs_and_earns(self):
        plan = planned()
        gain = 2_200 - Decimal("32.044") - Decimal("13.2576")

        assert plan.reward == plan.amount * gain
        assert plan.gap_loss == plan.amount * 64_088 * Decimal("0.06")
        assert (plan.equity, plan.month_left) == (10_000, 150)
        assert plan.time_stop == LONG.horizon

    def test_two_targets_earn_their_mean(self):
        plan = planned(how=TWO)
        near, far = Decimal("65372.8"), Decimal("67203.2")
        gains = [t - 64_088 - Decimal("32.044") - t * Decimal("0.0002") for t in (near, far)]

        assert plan.reward == plan.amount * sum(gains) / 2

    @pytest.mark.parametrize(("most", "leverage"), [(125, 3), (2, 2), (1, 1)])
    def test_leverage_is_the_account_s_but_never_more_than_the_contract_s(self, most, leverage):
        contract = instrument(max_leverage=most)

        assert planned(on=terms(instrument=contract)).leverage == leverage

    def test_a_larger_position_may_have_less_leverage(self):
        tiers = (INSTRUMENT.tiers[0], MaintenanceTier(Decimal(1_000), Decimal("0.01"), leverage=2))
        contract = instrument(tiers=tiers)

        assert planned(on=terms(instrument=contract)).leverage == 2
        assert contract.leverage_at(Decimal(999)) == 125

    def test_a_third_of_the_price_liquidates_at_three_times(self):
        plan = planned()

        assert plan.liquidation_price == Decimal("42896.9")
        assert planned(SHORT).liquidation_price == Decimal("84876.5")


class TestClamps:
    """Each limit that leaves less makes the trade smaller, and says so; two fifths are enough."""

    @pytest.mark.parametrize(
        ("rule", "where"),
        [
            (Rule.DAY_LOSS, standing(started=started(day=10_035))),
            (Rule.WEEK_LOSS, standing(started=started(week=10_085))),
            (Rule.MONTH_LOSS, standing(started=started(month=10_135))),
            (Rule.ROLLING_LOSS, standing(started=started(rolling=10_135))),
            (Rule.DIRECTION, standing(open=(holding(at_entry=35),))),
            (Rule.EXPOSURE, standing(open=(holding(notional=39_000),))),
            (Rule.GAP, standing(started=started(month=10_100))),
            (Rule.MARGIN, standing(free_margin=Decimal(330))),
        ],
    )
    def test_a_tight_limit_shrinks_the_trade(self, rule, where):
        gap = "0.06" if rule is Rule.GAP else "0.001"
        plan = planned(on=terms(instrument=instrument(gap=Decimal(gap))), where=where)
        first = next(clamp for clamp in plan.clamps if clamp.rule is rule)

        assert first.after < first.before == Decimal("0.023")
        assert plan.amount == plan.clamps[-1].after

    def test_a_clamp_tells_from_what_to_what(self):
        plan = planned(where=standing(open=(holding(at_entry=35),)))

        assert plan.clamps == (Clamp(Rule.DIRECTION, Decimal("0.023"), Decimal("0.014")),)

    def test_clamps_follow_each_other(self):
        tight = standing(started=started(day=10_030), open=(holding(at_entry=35),))
        plan = planned(where=tight)

        assert [clamp.rule for clamp in plan.clamps] == [Rule.DAY_LOSS, Rule.DIRECTION]
        assert plan.clamps[0].after == plan.clamps[1].before

    def test_less_than_two_fifths_of_the_wish_is_a_refusal(self):
        enough = standing(open=(holding(at_entry=39),))
        little = standing(open=(holding(at_entry=41),))

        assert planned(where=enough).amount == Decimal("0.010")
        assert refused(where=little) == Refusal(
            Rule.DIRECTION,
            {"limit": 50, "used": 41, "wanted": Decimal("0.023") * LOSS, "equity": 10_000},
        )

    def test_a_refused_notional_is_told_in_notional(self):
        refusal = refused(where=standing(open=(holding(notional=39_900),)))

        assert refusal.rule is Rule.EXPOSURE
        assert refusal.numbers["wanted"] == Decimal("0.023") * 64_088


class TestWorth:
    def test_guards_are_asked_before_anything_is_counted(self):
        paused = replace(PLAIN, paused=True)

        assert refused(how=paused) == Refusal(Rule.PAUSED)
        assert refused(where=standing(open=(holding(ETH), holding(SOL), holding(ETH)))).rule is (
            Rule.POSITIONS
        )

    def test_a_target_too_near_for_its_stop_is_refused(self):
        refusal = refused(replace(LONG, target_distance=Decimal("0.025")))

        assert refusal.rule is Rule.REWARD
        assert refusal.numbers["limit"] == Decimal("1.6")
        assert Decimal("1.40") < refusal.numbers["ratio"] < Decimal("1.41")

    def test_the_ratio_may_be_exactly_the_least(self):
        ratio = planned().reward_ratio
        exact = replace(PLAIN, limits=limits(reward_ratio=ratio, exposure=Decimal(4)))

        assert planned(how=exact).reward_ratio == ratio

    def test_what_the_venue_would_not_take_is_refused(self):
        refusal = refused(replace(LONG, scale=Decimal("0.05")))

        assert refusal == Refusal(
            Rule.TOO_SMALL, {"minimum": Decimal(100), "notional": Decimal("63.12")}
        )

    def test_an_amount_of_nothing_is_too_small_even_without_a_minimum(self):
        free = terms(instrument=instrument(min_notional=Decimal(0)))

        assert refused(replace(LONG, scale=Decimal("0.01")), on=free).rule is Rule.TOO_SMALL

    def test_a_liquidation_near_the_stop_is_refused(self):
        far = replace(LONG, stop_distance=Decimal("0.2"), target_distance=Decimal("0.9"))
        bold = settings(limits=limits(leverage=5, exposure=Decimal(4)), two_targets=False)
        on = terms(instrument=instrument(min_notional=Decimal(5)))
        refusal = refused(far, on=on, how=bold)

        assert refusal.rule is Rule.LIQUIDATION
        assert refusal.numbers["stop"] == 51_200
        assert 51_200 < refusal.numbers["price"] < 65_280
        assert planned(far, on=on).leverage == 3
