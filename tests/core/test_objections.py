"""Whoever objects is heard before risk, and can only make a trade smaller."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.market import Timeframe
from core.domain.notice import NoticeKind
from core.domain.objection import SCALES, Ending, Ground, Objection, Objector
from core.domain.people import Approval
from core.domain.proposal import Proposal, Refusal, Rule
from core.domain.trade import Exit
from core.domain.trading import Side
from tests.builders import ACCOUNT, candidate
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"
HALF, NONE = Decimal("0.5"), Decimal(0)


def objection(scale: Decimal, by: Objector = Objector.VERIFIER) -> Objection:
    return Objection(by=by, scale=scale, grounds=(Ground.EVENT_RISK,), model="claude")


class Opponent:
    """Objects to every wish alike, and remembers what it was asked about."""

    def __init__(self, *objections: Objection) -> None:
        self.objections, self.asked = objections, []

    async def __call__(self, account, wishes):
        self.asked += [wish for wish, _ in wishes]
        return (self.objections,) * len(wishes)


def opposed(desk, *objections):
    opponent = Opponent(*objections)
    desk.propose = replace(desk.propose, opposition=opponent)
    return opponent


@given(st.lists(st.sampled_from(SCALES)))
def test_objections_only_ever_take_away(scales):
    asked = candidate()
    left = asked.opposed([objection(scale) for scale in scales])
    assert 0 <= left.scale <= asked.scale
    assert replace(left, scale=asked.scale, objections=()) == asked


@pytest.mark.parametrize("scale", [Decimal(2), Decimal("0.75"), Decimal("-0.5")])
def test_nothing_else_than_the_four_scales_can_be_said(scale):
    with pytest.raises(ValueError, match="scales by one of"):
        objection(scale)


async def test_an_objection_halves_the_risk_and_stays_on_the_card(desk):
    whole = await desk.card(ETH)
    opposed(desk, objection(HALF))
    card = await desk.card(BTC)
    assert card.candidate.objections == (objection(HALF),)
    assert card.plan.risk == pytest.approx(whole.plan.risk / 2, rel=Decimal("0.01"))


async def test_a_veto_leaves_no_card_and_is_kept(desk):
    opposed(desk, objection(NONE, Objector.NEWS))
    refused = await desk.offered()
    assert refused == Refusal(Rule.VETOED, {"by": "news"})
    assert NoticeKind.PROPOSAL not in await desk.told()
    (fate,) = desk.ledger.pages.fates.values()
    assert (fate.ending, fate.rule, fate.objections[0].scale) == (Ending.VETOED, "vetoed", 0)


async def test_every_decision_has_a_fate(desk):
    flat = await desk.decided(ETH, confidence=0.0)
    edge = await desk.decided(BTC)
    await desk.propose([flat, edge])
    fates = desk.ledger.pages.fates
    assert fates[ACCOUNT, flat.id].ending is Ending.FLAT
    assert fates[ACCOUNT, edge.id].ending is Ending.PROPOSED
    assert fates[ACCOUNT, edge.id].proposal == "card01"


async def test_nobody_is_asked_about_what_risk_would_refuse_anyway(desk):
    await desk.trade(BTC)
    opponent = opposed(desk)
    desk.market("100 101 99 100")
    refused = await desk.offered(BTC)
    assert isinstance(refused, Refusal)
    assert opponent.asked == []


async def test_the_lane_is_free_while_somebody_thinks_about_objections(desk):
    """A position can be closed while a model is asked about another one."""
    trade = await desk.trade(ETH)
    asked, answered = asyncio.Event(), asyncio.Event()

    async def slow(account, wishes):
        asked.set()
        await answered.wait()
        return ((),) * len(wishes)

    desk.propose = replace(desk.propose, opposition=slow)
    offer = asyncio.ensure_future(desk.offered(BTC))
    await asyncio.wait_for(asked.wait(), 5)
    await asyncio.wait_for(desk.close(trade.id, Exit.PERSON), 5)
    answered.set()
    assert isinstance(await offer, Proposal)


async def test_risk_looks_again_after_the_objections(desk):
    """What happened while a model was thinking counts."""

    async def meanwhile(account, wishes):
        await desk.set(paused=True)
        return ((),) * len(wishes)

    desk.propose = replace(desk.propose, opposition=meanwhile)
    refused = await desk.offered(BTC)
    assert isinstance(refused, Refusal)
    assert refused.rule is Rule.PAUSED


async def test_the_autopilots_share_is_taken_before_the_objection(desk):
    await desk.set(approval=Approval.AUTOPILOT)
    opposed(desk, objection(HALF))
    card = await desk.card(BTC, Side.SELL)
    assert card.plan.risk <= Decimal("0.0006") * card.plan.equity


async def test_what_nobody_was_asked_about_is_no_card_though_there_is_room_by_now(desk):
    """A card on BTC waits while the objections to ETH are heard, and is over when they are in."""
    waiting = await desk.card(BTC)

    class Slow(Opponent):
        async def __call__(self, account, wishes):
            desk.clock.moment = waiting.expires_at
            await desk.expire()
            return await super().__call__(account, wishes)

    desk.propose = replace(desk.propose, opposition=(opponent := Slow(objection(NONE))))
    made = [await desk.decided(symbol) for symbol in (BTC, ETH)]
    answers = await desk.propose(made)
    assert [wish.symbol for wish in opponent.asked] == [ETH]
    assert [answer.outcome.rule for answer in answers] == [Rule.WAITING, Rule.VETOED]


@pytest.mark.parametrize(("timeframe", "minutes"), [(Timeframe.H1, 60), (Timeframe.M1, 4)])
async def test_a_thought_that_has_outlived_its_candle_is_no_card(desk, timeframe, minutes):
    """A laptop may be closed while a model is asked."""
    await desk.set(timeframe=timeframe)
    took = iter((minutes, minutes + 1))

    async def sleepy(account, wishes):
        desk.clock.advance(minutes=next(took))
        desk.street.says(BTC, "100")
        return ((),) * len(wishes)

    desk.propose = replace(desk.propose, opposition=sleepy)
    card = await desk.card(BTC)
    await desk.reject(card.id)
    refused = await desk.offered(BTC)
    assert refused == Refusal(Rule.STALE, {"symbol": BTC, "minutes": minutes + 1})
