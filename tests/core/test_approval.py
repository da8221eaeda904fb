"""A person's answer to a card: yes, half, otherwise, no; or none at all."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from core.approval import Adjustment, PriceMoved
from core.domain.ledger import Claim
from core.domain.notice import NoticeKind
from core.domain.proposal import Proposal, ProposalStatus, Refusal, Rule, Yes
from core.domain.trade import Kind, Trade, TradeStatus
from core.errors import ButtonSpent, ProposalClosed, ProposalExpired
from tests.bot.storage.presses import issued
from tests.builders import ACCOUNT
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"
HALF = Decimal("0.5")
DOUBLE = Decimal(2)


async def status(desk, card) -> ProposalStatus:
    return (await desk.ledger.proposal(card.id)).status


async def shadows(desk):
    return await desk.ledger.live_trades(ACCOUNT, Kind.SHADOW)


async def held(desk):
    return [p.amount for p in (await desk.broker.account()).positions]


async def button(desk, card) -> Claim:
    """A press of the card's button, which counts once."""
    name = await issued(desk.ledger.database, subject=card.id)
    return Claim(name, 42, 42, desk.clock.now())


async def test_a_yes_becomes_exactly_one_position_as_the_card_said(desk):
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON)
    assert (trade.id, trade.plan, trade.status) == (card.id, card.plan, TradeStatus.OPEN)
    assert await held(desk) == [card.plan.amount]
    assert trade.entry_price <= card.plan.entry_limit
    assert await desk.orders() == {"card01s1": 98, "card01ta1": 103, "card01tb2": 107}


async def test_the_card_remembers_who_said_yes_and_when(desk):
    card = await desk.card()
    desk.clock.advance(minutes=4)
    await desk.approve(card.id, Yes.PERSON)
    kept = await desk.ledger.proposal(card.id)
    assert (kept.status, kept.yes) == (ProposalStatus.APPROVED, Yes.PERSON)
    assert kept.answered_at == desk.clock.now()
    assert NoticeKind.PROPOSAL_OUTCOME in await desk.told()


async def test_a_second_yes_buys_nothing(desk):
    card = await desk.card()
    await desk.approve(card.id, Yes.PERSON)
    with pytest.raises(ProposalClosed):
        await desk.approve(card.id, Yes.PERSON)
    assert desk.line.placed("e") == ["card01e1"]
    assert await held(desk) == [card.plan.amount]


async def test_a_spent_button_buys_nothing_and_leaves_the_card_waiting(lasting_desk):
    desk = lasting_desk
    card = await desk.card()
    press = await button(desk, card)
    await desk.ledger.commit(press)
    with pytest.raises(ButtonSpent):
        await desk.approve(card.id, Yes.PERSON, claim=press)
    assert desk.line.said == []
    assert await status(desk, card) is ProposalStatus.PENDING


async def test_twenty_taps_at_once_are_one_entry(lasting_desk):
    desk = lasting_desk
    card = await desk.card()
    press = await button(desk, card)
    taps = [desk.approve(card.id, Yes.PERSON, claim=press) for _ in range(20)]
    outcomes = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(isinstance(outcome, Trade) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, ProposalClosed) for outcome in outcomes) == 19
    assert desk.line.placed("e") == ["card01e1"]
    assert await held(desk) == [card.plan.amount]
    assert list(await desk.stops()) == ["card01s1"]


async def test_processes_that_hear_the_same_tap_send_one_entry(lasting_desk):
    """They share the ledger and no lock; the button decides."""
    desk = lasting_desk
    card = await desk.card()
    press = await button(desk, card)
    others = [replace(desk.approve, lane=asyncio.Lock()) for _ in range(5)]
    taps = [approve(card.id, Yes.PERSON, claim=press) for approve in others]
    outcomes = await asyncio.gather(*taps, return_exceptions=True)
    assert sum(isinstance(outcome, Trade) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, ButtonSpent | ProposalClosed) for outcome in outcomes) == 4
    assert desk.line.placed("e") == ["card01e1"]


async def test_yes_and_no_at_once_are_one_answer(lasting_desk):
    desk = lasting_desk
    card = await desk.card()
    answers = [desk.approve(card.id, Yes.PERSON), desk.reject(card.id)]
    outcomes = await asyncio.gather(*answers, return_exceptions=True)
    assert sum(isinstance(outcome, ProposalClosed) for outcome in outcomes) == 1
    answered = await status(desk, card)
    assert (answered is ProposalStatus.APPROVED) is bool(await held(desk))


async def test_a_yes_to_an_expired_card_buys_nothing(desk):
    card = await desk.card()
    desk.clock.advance(minutes=15)
    with pytest.raises(ProposalExpired):
        await desk.approve(card.id, Yes.PERSON)
    assert desk.line.said == []


@pytest.mark.parametrize("price", ["100.3", "98", "97.5"])
async def test_a_price_outside_the_card_buys_nothing_and_the_card_still_waits(desk, price):
    card = await desk.card()
    desk.street.says(BTC, price)
    assert await desk.approve(card.id, Yes.PERSON) == PriceMoved(card, Decimal(price))
    assert desk.line.said == []
    desk.street.says(BTC, "100.2")
    assert isinstance(await desk.approve(card.id, Yes.PERSON), Trade)


async def test_a_price_that_moved_does_not_spend_the_button(lasting_desk):
    desk = lasting_desk
    card = await desk.card()
    press = await button(desk, card)
    desk.street.says(BTC, "101")
    await desk.approve(card.id, Yes.PERSON, claim=press)
    desk.street.says(BTC, "100")
    assert isinstance(await desk.approve(card.id, Yes.PERSON, claim=press), Trade)


async def test_a_desk_that_was_paused_meanwhile_refuses_at_the_tap(desk):
    card = await desk.card()
    await desk.set(paused=True)
    assert await desk.approve(card.id, Yes.PERSON) == Refusal(Rule.PAUSED)
    assert await status(desk, card) is ProposalStatus.REFUSED
    assert desk.line.said == []
    assert [shadow.plan for shadow in await shadows(desk)] == [card.plan]


async def test_a_limit_that_was_used_up_meanwhile_refuses_at_the_tap(desk):
    one, other = await desk.card(), await desk.card(ETH)
    await desk.set(same_direction_risk=Decimal("0.004"))
    assert isinstance(await desk.approve(one.id, Yes.PERSON), Trade)
    refusal = await desk.approve(other.id, Yes.PERSON)
    assert refusal.rule is Rule.DIRECTION
    assert await status(desk, other) is ProposalStatus.REFUSED
    assert [shadow.id for shadow in await shadows(desk)] == [other.id]


async def test_a_refusal_spends_the_button(lasting_desk):
    desk = lasting_desk
    card = await desk.card()
    press = await button(desk, card)
    await desk.set(paused=True)
    await desk.approve(card.id, Yes.PERSON, claim=press)
    with pytest.raises(ButtonSpent):
        await desk.ledger.commit(press)


async def test_half_is_half_the_size_at_the_same_prices(desk):
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON, part=HALF)
    assert trade.amount == desk.street.instrument(BTC).round_amount(card.plan.amount / 2)
    assert (trade.stop, trade.targets) == (card.plan.stop_loss, card.plan.targets)
    assert trade.plan.risk <= card.plan.risk / 2


async def test_a_part_that_is_too_small_to_trade_leaves_the_card_waiting(desk):
    card = await desk.card()
    outcome = await desk.approve(card.id, Yes.PERSON, part=Decimal("0.001"))
    assert outcome.rule is Rule.TOO_SMALL
    assert await status(desk, card) is ProposalStatus.PENDING
    assert isinstance(await desk.approve(card.id, Yes.PERSON), Trade)


async def test_an_expired_card_cannot_be_rejected(desk):
    card = await desk.card()
    desk.clock.advance(minutes=15)
    with pytest.raises(ProposalExpired):
        await desk.reject(card.id)


async def test_adjusting_makes_a_new_card_and_closes_the_old_one(desk):
    old = await desk.card()
    new = await desk.adjust(old.id, Adjustment(size=HALF, stop=DOUBLE, target=DOUBLE))
    assert await status(desk, old) is ProposalStatus.REPLACED
    assert await status(desk, new) is ProposalStatus.PENDING
    assert (new.plan.stop_loss, new.candidate.scale) == (Decimal(96), HALF)
    assert new.plan.risk <= Decimal(25) / 2
    with pytest.raises(ProposalClosed):
        await desk.approve(old.id, Yes.PERSON)
    assert isinstance(await desk.approve(new.id, Yes.PERSON), Trade)
    assert desk.line.placed("e") == [f"{new.id}e1"]


async def test_a_card_can_be_had_again_at_todays_price(desk):
    old = await desk.card()
    desk.street.says(BTC, "110")
    new = await desk.adjust(old.id, Adjustment())
    assert (new.plan.reference, new.plan.entry_limit) == (110, Decimal("110.2"))
    assert isinstance(await desk.approve(new.id, Yes.PERSON), Trade)


async def test_nobody_adjusts_a_card_beyond_its_risk(desk):
    old = await desk.card()
    new = await desk.adjust(old.id, Adjustment(size=DOUBLE))
    assert (new.plan.amount, new.plan.risk) == (old.plan.amount, old.plan.risk)


async def test_an_adjustment_that_risk_refuses_leaves_the_old_card_waiting(desk):
    old = await desk.card()
    refusal = await desk.adjust(old.id, Adjustment(target=HALF))
    assert refusal.rule is Rule.REWARD
    assert await status(desk, old) is ProposalStatus.PENDING


async def test_an_answered_card_cannot_be_adjusted(desk):
    card = await desk.card()
    await desk.approve(card.id, Yes.PERSON)
    with pytest.raises(ProposalClosed):
        await desk.adjust(card.id, Adjustment())


async def test_adjusting_does_not_use_up_the_cards_of_a_day(desk):
    await desk.set(proposals_per_day=2)
    card: Proposal = await desk.card()
    for _ in range(5):
        card = await desk.adjust(card.id, Adjustment(size=Decimal("0.9")))
    await desk.reject(card.id)
    assert isinstance(await desk.offered(), Proposal)
