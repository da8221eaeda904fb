"""When nobody has to be asked: small trades, the autopilot's own limits, and absence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.objection import Objection, Objector
from core.domain.people import Absence, Approval, Profile
from core.domain.proposal import ProposalStatus, Yes
from core.domain.trade import TradeStatus
from core.owner import LIMITS
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"
SHARE = Decimal("0.0012")


class Empty:
    """A room with nobody in it."""

    async def away(self) -> bool:
        return True


async def answers(desk, symbol=BTC) -> bool:
    return await desk.autopilot(await desk.card(symbol))


async def test_it_leaves_the_card_to_a_person_unless_it_was_told_otherwise(desk):
    assert not await answers(desk)
    assert desk.line.said == []


async def test_it_says_yes_where_it_may(desk):
    await desk.set(approval=Approval.AUTOPILOT)
    assert await answers(desk)
    kept = await desk.ledger.proposal("card01")
    assert (kept.status, kept.yes) == (ProposalStatus.APPROVED, Yes.AUTOPILOT)
    assert (await desk.ledger.trade("card01")).status is TradeStatus.OPEN
    assert list((await desk.stops()).values()) == [98]


async def test_it_risks_no_more_than_its_own_share(desk):
    card = await desk.card()
    await desk.set(approval=Approval.AUTOPILOT)
    await desk.autopilot(card)
    trade = await desk.ledger.trade(card.id)
    assert trade.plan.risk <= SHARE * card.plan.equity < card.plan.risk


async def test_it_takes_a_card_whole_that_is_small_enough_already(desk):
    await desk.set(approval=Approval.AUTOPILOT)
    card = await desk.card()
    await desk.autopilot(card)
    assert (await desk.ledger.trade(card.id)).amount == card.plan.amount


async def test_an_objection_halves_what_it_takes_while_nobody_is_there(desk):
    await desk.set(absence=Absence.SMALL_AUTOPILOT)
    desk.autopilot = replace(desk.autopilot, attendance=Empty())
    half = Objection(by=Objector.VERIFIER, scale=Decimal("0.5"))

    async def opposition(account, wishes):
        return ((half,),) * len(wishes)

    desk.propose = replace(desk.propose, opposition=opposition)
    card = await desk.card()
    assert await desk.autopilot(card)
    assert (await desk.ledger.trade(card.id)).plan.risk <= SHARE * card.plan.equity / 2


async def test_it_enters_only_so_often_a_day(desk):
    await desk.set(approval=Approval.AUTOPILOT, autopilot_entries=1)
    assert await answers(desk)
    assert not await answers(desk, ETH)
    desk.clock.advance(days=1)
    await desk.expire()
    assert await answers(desk, ETH)


async def test_what_a_person_enters_does_not_count(desk):
    await desk.trade()
    await desk.set(approval=Approval.AUTOPILOT, autopilot_entries=1)
    assert await answers(desk, ETH)


@pytest.mark.parametrize("approval", [Approval.AUTOPILOT, Approval.SMALL])
async def test_the_cautious_profile_has_none(desk, approval):
    await desk.set(approval=approval)
    known = await desk.ledger.settings("paper")
    cautious = replace(known, profile=Profile.CAUTIOUS, limits=LIMITS[Profile.CAUTIOUS])
    await desk.ledger.commit(replace(cautious, small_below=Decimal(10_000)))
    assert not await answers(desk)


async def test_small_cards_need_no_person_and_large_ones_do(desk):
    await desk.set(approval=Approval.SMALL, small_below=Decimal(10))
    assert not await answers(desk)
    await desk.set(small_below=Decimal(25))
    assert await answers(desk, ETH)
    assert (await desk.ledger.trade("card02")).amount == (
        await desk.ledger.proposal("card02")
    ).plan.amount


async def test_risk_has_the_last_word_also_here(desk):
    await desk.set(approval=Approval.AUTOPILOT)
    card = await desk.card()
    await desk.set(paused=True)
    await desk.autopilot(card)
    assert (await desk.ledger.proposal(card.id)).status is ProposalStatus.REFUSED
    assert desk.line.said == []


async def test_in_absence_it_takes_its_share_where_the_owner_wants_that(desk):
    absent = replace(desk.autopilot, attendance=Empty())
    card = await desk.card()
    assert not await absent(card)
    await desk.set(absence=Absence.SMALL_AUTOPILOT)
    assert await absent(card)
    assert (await desk.ledger.trade(card.id)).plan.risk <= SHARE * card.plan.equity


async def test_present_people_are_asked(desk):
    await desk.set(absence=Absence.SMALL_AUTOPILOT)
    assert not await answers(desk)


async def test_an_absent_owner_is_noticed_by_what_was_not_answered(desk):
    await desk.set(absence=Absence.SMALL_AUTOPILOT)
    for _ in range(2):
        await desk.card()
        desk.clock.advance(minutes=20)
        await desk.expire()
    assert await answers(desk)


async def test_a_price_that_moved_away_leaves_the_card_to_a_person(desk):
    await desk.set(approval=Approval.AUTOPILOT)
    card = await desk.card()
    desk.street.says(BTC, "101")
    assert not await desk.autopilot(card)
    assert (await desk.ledger.proposal(card.id)).is_pending


async def test_a_card_that_a_person_has_answered_is_answered(desk):
    await desk.set(approval=Approval.AUTOPILOT)
    card = await desk.card()
    await desk.reject(card.id)
    assert not await desk.autopilot(card)
    assert desk.line.said == []
