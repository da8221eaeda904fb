"""Is anybody there to answer, and what becomes of cards while nobody is?"""

from datetime import timedelta

import pytest

from core.domain.people import Absence
from core.domain.proposal import ProposalStatus
from core.domain.trade import Kind
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"


async def ignored(desk, symbol=BTC):
    """A card that nobody answers."""
    card = await desk.card(symbol)
    desk.clock.moment = card.expires_at
    await desk.expire()
    return card


async def away(desk) -> bool:
    return await desk.autopilot.attendance.away()


async def test_two_unanswered_cards_mean_that_nobody_is_there(desk):
    await ignored(desk)
    assert not await away(desk)
    await ignored(desk)
    assert await away(desk)


async def test_an_answer_between_them_means_that_somebody_is(desk):
    await ignored(desk)
    await desk.reject((await desk.card()).id)
    await ignored(desk)
    assert not await away(desk)


@pytest.mark.parametrize(("minutes", "gone"), [(-1, True), (0, False), (5, False)])
async def test_whoever_stirs_after_the_first_card_has_run_out_is_there(desk, minutes, gone):
    first = await ignored(desk)
    await ignored(desk)
    desk.presence.moment = first.expires_at + timedelta(minutes=minutes)
    assert await away(desk) is gone


async def test_while_nobody_is_there_cards_may_go_on_as_shadows_at_once(desk):
    await desk.set(absence=Absence.SHADOW)
    await ignored(desk)
    await ignored(desk)
    told = len(await desk.notices())
    card = await desk.card()
    assert card.status is ProposalStatus.EXPIRED
    assert (await desk.ledger.trade(card.id, Kind.SHADOW)).plan == card.plan
    assert len(await desk.notices()) == told


async def test_present_people_get_their_cards(desk):
    await desk.set(absence=Absence.SHADOW)
    await ignored(desk)
    assert (await desk.card()).is_pending


async def test_cards_wait_for_absent_people_unless_the_owner_wants_otherwise(desk):
    await ignored(desk)
    await ignored(desk)
    assert (await desk.card()).is_pending


async def test_a_card_that_still_waits_does_not_call_an_absent_person_back(desk):
    await ignored(desk)
    await ignored(desk)
    await desk.card()
    assert await away(desk)


async def test_whoever_comes_back_after_quiet_cards_is_asked_again(desk):
    await desk.set(absence=Absence.SHADOW)
    await ignored(desk)
    await ignored(desk)
    await desk.card(BTC)
    await desk.card(ETH)
    desk.clock.advance(minutes=1)
    desk.presence.moment = desk.clock.now()
    desk.clock.advance(minutes=1)
    assert (await desk.card(BTC)).is_pending
