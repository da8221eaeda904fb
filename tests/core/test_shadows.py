"""What the cards that nobody said yes to would have made."""

import random
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from core.domain.notice import NoticeKind
from core.domain.people import Approval
from core.domain.proposal import ProposalStatus, Yes
from core.domain.trade import Exit, Kind, TradeStatus
from core.domain.trading import Side
from core.ending import shadow_of
from core.errors import ProposalClosed
from tests.builders import ACCOUNT
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"

PATHS = {
    Exit.STOP: ["100 101 99 99.5", "99.5 99.5 97 97.2"],
    Exit.TARGET: ["100 103.2 100 103", "103 107.5 103 107"],
    Exit.TRAIL: ["100 103.2 100 103", "103 105.5 103 105", "105 105 102 102.5"],
    Exit.TIME: ["100 101 99.5 100.1"] + ["100.1 101 99.5 100.1"] * 47,
    Exit.LIQUIDATION: ["100 101 99.5 100"],
}


async def rejected(desk, symbol=BTC, side=Side.BUY):
    card = await desk.card(symbol, side)
    await desk.reject(card.id)
    return card


async def shadow(desk, card):
    return await desk.ledger.trade(card.id, Kind.SHADOW)


async def both(desk, side=Side.BUY):
    """The same card once for real and once as a shadow."""
    card = await desk.card(BTC, side)
    await desk.ledger.commit(shadow_of(card))
    return await desk.approve(card.id, Yes.PERSON)


def same(one, other) -> bool:
    """Told apart by their kind, and by the reason that only a real close needs beforehand."""
    return replace(one, kind=other.kind, ending=other.ending) == other


@pytest.mark.parametrize("why", PATHS)
async def test_a_shadow_ends_like_the_same_trade_done_for_real(desk, why):
    trade = await both(desk)
    mark = "100 100 60 62" if why is Exit.LIQUIDATION else ""
    await desk.lives(*PATHS[why], mark=mark)
    real, unreal = await desk.again(trade), await shadow(desk, trade)
    assert real.exit is why
    assert same(unreal, real)


def walk_of(seed: int) -> list[str]:
    """Sixty bars without gaps, some of them wild."""
    dice = random.Random(seed)
    closes = [1000]
    for _ in range(60):
        closes.append(closes[-1] + dice.randint(-14, 14))
    bars = []
    for opened, closed in pairwise(closes):
        high = max(opened, closed) + dice.randint(0, 10)
        low = min(opened, closed) - dice.randint(0, 10)
        bars.append(" ".join(str(Decimal(tick) / 10) for tick in (opened, high, low, closed)))
    return bars


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("seed", range(8))
async def test_on_any_path_shadow_and_real_trade_come_to_the_same(desk, seed, side):
    trade = await both(desk, side)
    for number, bar in enumerate(walk_of(seed)):
        await desk.lives(bar, funding=["0.0001"] if number % 8 == 3 else [])
    real, unreal = await desk.again(trade), await shadow(desk, trade)
    assert real.status is TradeStatus.CLOSED
    assert same(unreal, real)


async def test_a_no_is_final_and_goes_on_as_a_shadow(desk):
    card = await desk.card()
    rejected = await desk.reject(card.id)
    assert rejected.status is ProposalStatus.REJECTED
    assert rejected.answered_at == desk.clock.now()
    with pytest.raises(ProposalClosed):
        await desk.approve(card.id, Yes.PERSON)
    made = await shadow(desk, card)
    assert (made.plan, made.created_at) == (card.plan, card.created_at)
    assert (await desk.told())[-1] is NoticeKind.PROPOSAL_OUTCOME
    assert desk.line.said == []


async def test_a_card_that_nobody_answers_expires_into_a_shadow(desk):
    card = await desk.card()
    desk.clock.advance(minutes=10)
    later = await desk.card(ETH)
    desk.clock.advance(minutes=5)
    assert [expired.id for expired in await desk.expire()] == [card.id]
    assert (await desk.ledger.proposal(card.id)).status is ProposalStatus.EXPIRED
    assert (await desk.ledger.proposal(later.id)).is_pending
    assert (await shadow(desk, card)).plan == card.plan
    notice = (await desk.notices())[-1]
    assert (notice.kind, notice.subject) == (NoticeKind.PROPOSAL_OUTCOME, card.id)
    assert notice.silent
    assert await desk.expire() == ()


async def test_a_shadow_costs_and_earns_nothing(desk):
    await rejected(desk)
    await desk.lives("100 101 99 99.5", "99.5 99.5 97 97.2")
    account = await desk.broker.account()
    assert (account.wallet, account.equity) == (10_000, 10_000)
    assert desk.line.said == []


async def test_a_shadow_is_entered_when_the_card_came_not_when_it_ran_out(desk):
    card = await desk.card()
    desk.street.says(BTC, "104")
    desk.clock.moment = card.expires_at
    await desk.expire()
    await desk.lives("104 108 104 107")
    after = await shadow(desk, card)
    assert after.opened_at == card.created_at
    assert after.entry_price == Decimal("100.02")


async def test_a_shadow_waits_until_the_market_has_decided(desk):
    card = await rejected(desk)
    await desk.lives("100 101 99 100")
    assert (await shadow(desk, card)).is_live
    await desk.lives("100 100 97 97.2")
    after = await shadow(desk, card)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.STOP)
    assert after.closed_at == desk.clock.now()


async def test_a_shadow_that_is_over_stays_as_it_is(desk):
    card = await rejected(desk)
    await desk.lives("100 100 97 97.2")
    over = await shadow(desk, card)
    await desk.lives("97 120 97 120")
    assert await shadow(desk, card) == over
    assert await desk.ledger.closed_trades(ACCOUNT, kind=Kind.SHADOW) == (over,)


async def test_a_shadow_that_ended_while_the_desk_slept_ended_then(desk):
    card = await rejected(desk)
    desk.market("100 100 97 97.2")
    ended = desk.clock.now()
    desk.market("97 120 97 120")
    await desk.restarted()
    await desk.works()
    assert (await shadow(desk, card)).closed_at == ended


async def test_a_restart_in_between_changes_nothing(desk):
    card = await rejected(desk)
    await desk.lives("100 103.2 100 103")
    await desk.restarted()
    await desk.lives("103 107.5 103 107")
    assert (await shadow(desk, card)).exit is Exit.TARGET


async def test_shadows_go_their_ways_alone(desk):
    one, other = await rejected(desk), await rejected(desk, ETH, Side.SELL)
    await desk.lives("100 100 97 97.2")
    assert not (await shadow(desk, one)).is_live
    assert (await shadow(desk, other)).is_live


async def test_shadows_do_not_use_up_any_limit(desk):
    await desk.set(approval=Approval.ASK, max_positions=1)
    await rejected(desk, ETH)
    await rejected(desk, ETH)
    assert (await desk.trade()).status is TradeStatus.OPEN


async def test_a_shadow_pays_the_funding_of_the_moment_at_which_it_opens(desk):
    desk.market("100 100 100 100", funding=["0.001"])
    trade = await both(desk)
    await desk.lives("100 100 97 97")
    real, unreal = await desk.again(trade), await shadow(desk, trade)
    assert unreal.funding < 0
    assert same(unreal, real)


async def test_a_shadow_that_the_venue_would_refuse_made_nothing(desk):
    card = await rejected(desk, BTC, Side.SELL)
    strict = replace(desk.street.instrument(BTC), min_notional=Decimal(100_000))
    desk.street.instrument = lambda _symbol: strict
    await desk.lives("100 101 99 100")
    after = await shadow(desk, card)
    assert (after.status, after.net) == (TradeStatus.VOID, 0)
