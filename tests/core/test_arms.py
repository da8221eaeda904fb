"""The committee and its rules alone trade beside each other on paper, whatever people do."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.arms import RunArms
from core.committee.consensus import alone
from core.committee.merging import Rules
from core.contest import ReadContest, begun, differ
from core.domain.model import Call, CallStatus, PromptKind
from core.domain.objection import Ground, Objection, Objector
from core.domain.opinion import Abstention, Opinion, Silence, Verdict
from core.domain.trade import Exit, Kind, TradeStatus
from core.domain.trading import Side
from tests.builders import ACCOUNT, NOON, decision, opinion, trade
from tests.core.paper.builders import BTC

pytest_plugins = "tests.core.desk"
UP = {Side.BUY: 0.6, Side.SELL: 0.1}
DOWN = {Side.BUY: 0.1, Side.SELL: 0.6}


def said(analyst: str, **changes) -> Opinion:
    return opinion(analyst=analyst, symbol=BTC, p_up=0.6, p_target_first=UP, **changes)


@pytest.fixture
def arms(desk):
    return RunArms(ACCOUNT, desk.clock, desk.ledger, desk.propose)


async def lives(desk, arms, *views, **changes):
    made = await desk.decided(BTC, views=views, costs=dict.fromkeys(Side, 0.001), **changes)
    await arms(await desk.propose([made]))
    return {kind: await desk.ledger.live_trades(ACCOUNT, kind) for kind in Kind}


async def test_both_arms_enter_what_their_voices_want(desk, arms):
    live = await lives(desk, arms, said("trend"), said("breakout"), said("gpt"))
    (ours,), (theirs,) = live[Kind.COMMITTEE], live[Kind.RULES]
    assert (ours.symbol, ours.side, ours.plan.risk) == (theirs.symbol, Side.BUY, theirs.plan.risk)
    assert live[Kind.REAL] == ()


async def test_the_rules_stay_out_where_only_the_models_see_something(desk, arms):
    silent = Abstention("trend", BTC, Silence.NO_SETUP)
    live = await lives(desk, arms, silent, said("gpt"), said("claude"))
    assert len(live[Kind.COMMITTEE]) == 1
    assert live[Kind.RULES] == ()


async def test_without_models_there_is_nothing_to_compare(desk, arms):
    live = await lives(desk, arms, said("trend"), said("breakout"))
    assert live[Kind.COMMITTEE] == live[Kind.RULES] == ()


async def test_an_objection_counts_for_the_committee_alone(desk, arms):
    half = Objection(by=Objector.VERIFIER, scale=Decimal("0.5"), grounds=(Ground.OTHER,))

    async def opposition(account, wishes):
        return ((half,),) * len(wishes)

    desk.propose = replace(desk.propose, opposition=opposition)
    live = await lives(desk, arms, said("trend"), said("breakout"), said("gpt"))
    (ours,), (theirs,) = live[Kind.COMMITTEE], live[Kind.RULES]
    assert ours.plan.risk == pytest.approx(theirs.plan.risk / 2, rel=Decimal("0.02"))


async def test_a_pause_stops_the_account_and_not_the_comparison(desk, arms):
    await desk.set(paused=True)
    live = await lives(desk, arms, said("trend"), said("breakout"), said("gpt"))
    assert len(live[Kind.COMMITTEE]) == len(live[Kind.RULES]) == 1


async def test_an_arm_holds_one_position_a_symbol_and_ends_like_a_real_one(desk, arms):
    await lives(desk, arms, said("trend"), said("breakout"), said("gpt"))
    desk.market("100 100.5 99.5 100")
    live = await lives(desk, arms, said("trend"), said("breakout"), said("gpt"))
    assert len(live[Kind.COMMITTEE]) == 1
    await desk.lives("100 100 97 97.5")
    (stopped,) = await desk.ledger.closed_trades(ACCOUNT, kind=Kind.RULES)
    assert (stopped.exit, stopped.status) == (Exit.STOP, TradeStatus.CLOSED)
    assert await desk.ledger.live_trades(ACCOUNT, Kind.RULES) == ()


async def test_after_its_own_stop_an_arm_rests(desk, arms):
    await lives(desk, arms, said("trend"), said("breakout"), said("gpt"))
    await desk.lives("100 100 97 97.5")
    live = await lives(desk, arms, said("trend"), said("breakout"), said("gpt"))
    assert live[Kind.COMMITTEE] == live[Kind.RULES] == ()


def test_the_rules_alone_are_merged_as_if_nobody_else_had_spoken():
    views = (
        opinion(analyst="trend", p_up=0.4, p_target_first=DOWN),
        opinion(analyst="breakout", p_up=0.4, p_target_first=DOWN),
        opinion(analyst="gpt", p_up=0.9, p_target_first=UP),
    )
    made = alone(decision(views=views), {"trend", "breakout"}, Rules())
    assert made.views == views[:2]
    assert (made.best.side, made.p_up, made.verdict) == (
        Side.SELL,
        pytest.approx(0.4),
        Verdict.EDGE,
    )


class Paid:
    """A purse from which one call was paid."""

    def __init__(self, cost: str) -> None:
        self.cost = Decimal(cost)

    async def calls(self, start, end):
        call = Call(
            id="c",
            at=end,
            as_of=end,
            symbols=(BTC,),
            kind=PromptKind.MARKET,
            provider="openai",
            model="gpt",
            reserved=Decimal(1),
            status=CallStatus.ANSWERED,
            cost=self.cost,
        )
        return (call,) if self.cost else ()


def closed(kind: Kind, net: int, day: int):
    return trade(
        id=f"{kind}{day}",
        kind=kind,
        status=TradeStatus.CLOSED,
        realized=Decimal(net),
        fees=Decimal(0),
        closed_at=NOON - timedelta(days=day),
    )


async def contest(desk, cost="0", *trades):
    await desk.ledger.commit(*trades)
    desk.clock.moment = NOON
    read = ReadContest(ACCOUNT, desk.clock, desk.ledger, desk.street, Paid(cost))
    return await read(Decimal(10_000))


async def test_what_models_cost_is_taken_off_the_committees_result(desk):
    ours, rules = closed(Kind.COMMITTEE, 20, 3), closed(Kind.RULES, -10, 3)
    seen = await contest(desk, "8", ours, rules)
    assert (seen.committee, seen.rules) == (Decimal("0.002"), Decimal("-0.001"))
    assert (seen.net, seen.trades, seen.differ) == (Decimal("0.0012"), (1, 1), False)


async def test_before_anything_was_compared_there_is_no_contest(desk):
    assert await contest(desk) is None


async def test_holding_is_measured_since_the_arms_began():
    (call,) = await Paid("1").calls(NOON - timedelta(days=30), NOON)
    month = NOON - timedelta(days=30)
    assert begun(month, [], []) == month
    assert begun(month, [call], []) == NOON
    early = replace(closed(Kind.RULES, 1, 2), opened_at=NOON - timedelta(days=40))
    assert begun(month, [call], [early]) == month


def test_a_difference_counts_when_chance_alone_would_hardly_make_it():
    steady = [closed(Kind.COMMITTEE, 20 + day % 3, day) for day in range(20)]
    luck = [closed(Kind.COMMITTEE, 200 if day == 7 else -9, day) for day in range(20)]
    assert differ(steady, [])
    assert not differ(luck, [])
    assert not differ(steady[:9], [])
