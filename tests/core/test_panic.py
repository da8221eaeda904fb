"""Everything off, now."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.notice import NoticeKind
from core.domain.proposal import ProposalStatus, Rule, Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.errors import ProposalClosed
from tests.builders import ACCOUNT
from tests.core.execution.line import falls_silent, refuses
from tests.core.paper.builders import BTC, ETH, limit, market

pytest_plugins = "tests.core.desk"


async def test_every_position_is_closed_and_every_order_gone(desk):
    one, other = await desk.trade(), await desk.trade(ETH, Side.SELL)
    desk.street.says(BTC, "101")
    done = await desk.panic()
    assert (await desk.broker.account()).positions == ()
    assert await desk.orders() == {}
    assert [trade.id for trade in done.closed] == [one.id, other.id]
    assert all(trade.exit is Exit.PANIC for trade in done.closed)
    assert (done.cancelled, done.left) == (6, ())
    assert (await desk.broker.account()).equity == 10_000 + done.net


async def test_the_desk_is_paused_until_somebody_says_otherwise(desk):
    await desk.panic()
    known = await desk.ledger.settings(ACCOUNT)
    assert (known.paused, known.paused_at) == (True, desk.clock.now())
    assert (await desk.offered()).rule is Rule.PAUSED
    await desk.restarted()
    assert (await desk.ledger.settings(ACCOUNT)).paused


async def test_waiting_cards_are_forgotten(desk):
    card = await desk.card()
    await desk.panic()
    assert (await desk.ledger.proposal(card.id)).status is ProposalStatus.EXPIRED
    with pytest.raises(ProposalClosed):
        await desk.approve(card.id, Yes.PERSON)
    assert desk.line.placed() == []


async def test_a_card_that_was_being_written_meanwhile_is_forgotten_too(desk):
    card = await desk.card()
    async with desk.approve.lane:
        panic = asyncio.ensure_future(desk.panic())
        for _ in range(100):  # it pauses, forgets what waits, and then waits for the lane
            await asyncio.sleep(0)
        assert (await desk.ledger.settings(ACCOUNT)).paused
        await desk.ledger.commit(replace(card, id="late"))
    await panic
    assert (await desk.ledger.proposal("late")).status is ProposalStatus.EXPIRED


async def test_people_are_told_what_was_done(desk):
    await desk.trade()
    done = await desk.panic()
    notice = (await desk.notices())[-1]
    assert notice.kind is NoticeKind.PANIC_DONE
    assert notice.numbers == {"closed": 1, "net": done.net, "cancelled": 3, "left": ""}
    closed = next(n for n in await desk.notices() if n.kind is NoticeKind.TRADE_CLOSED)
    assert closed.silent


async def test_with_nothing_to_close_it_still_pauses_and_says_so(desk):
    done = await desk.panic()
    assert (done.closed, done.net, done.cancelled, done.left) == ((), Decimal(0), 0, ())
    assert (await desk.told()) == [NoticeKind.PANIC_DONE]


async def test_what_could_not_be_closed_is_named_and_stays_protected(desk):
    await desk.trade()
    other = await desk.trade(ETH)

    async def stubborn(broker, order):
        act = refuses if order.symbol == ETH else type(broker).place
        return await act(broker, order)

    desk.line.faults[OrderType.MARKET] = stubborn
    done = await desk.panic()
    assert [trade.symbol for trade in done.closed] == [BTC]
    assert done.left == (ETH,)
    assert (await desk.notices())[-1].numbers["left"] == ETH
    assert list(await desk.stops()) == [f"{other.id}s1"]


async def test_it_tries_twice(desk):
    trade = await desk.trade()
    answers = iter([refuses, falls_silent])

    async def wakes_up(broker, order):
        return await next(answers)(broker, order)

    desk.line.faults[OrderType.MARKET] = wakes_up
    done = await desk.panic()
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]
    assert ([closed.id for closed in done.closed], done.left) == ([trade.id], ())


async def test_a_second_panic_finds_nothing_left(desk):
    await desk.trade()
    await desk.panic()
    assert (await desk.panic()).closed == ()
    assert desk.line.placed("1c") == ["card01c1"]


async def test_it_works_while_nothing_else_runs(desk):
    """No loop, no job and no risk rule: the fills are fetched by panic itself."""
    await desk.trade()
    await desk.set(max_positions=0, exposure=Decimal(0))
    desk.market("100 101 99 100.5")
    done = await desk.panic()
    assert [trade.status for trade in done.closed] == [TradeStatus.CLOSED]


async def test_it_waits_for_nobody(desk, monkeypatch):
    """Somebody else holds the lane and does not come back."""
    monkeypatch.setattr("core.panic.PATIENCE", 0.01)
    trade = await desk.trade()
    async with desk.close.lane:
        done = await desk.panic()
    assert [closed.id for closed in done.closed] == [trade.id]
    assert (await desk.again(trade)).exit is Exit.PANIC
    assert not desk.close.lane.locked()


async def test_what_is_not_the_desks_is_not_touched(desk):
    await desk.broker.place(market(Side.BUY, "1", name="somebody"))
    await desk.broker.place(limit(Side.BUY, "1", "90", name="somebody2"))
    await desk.trade(ETH)
    done = await desk.panic()
    (position,) = (await desk.broker.account()).positions
    assert (position.symbol, position.amount) == (BTC, 1)
    assert list(await desk.orders()) == ["somebody2"]
    assert (done.cancelled, done.left) == (3, ())


async def test_a_stop_that_was_hit_meanwhile_does_not_stop_it(desk):
    await desk.trade(BTC)
    hit = await desk.trade(ETH)
    desk.market("100 100 90 91", symbol=ETH)
    desk.street.says(BTC, "100")
    done = await desk.panic()
    assert done.left == ()
    assert (await desk.broker.account()).positions == ()
    assert (await desk.again(hit)).exit is Exit.STOP


async def test_what_a_tap_is_just_buying_is_sold_again(desk):
    card = await desk.card()
    started, done = asyncio.Event(), asyncio.Event()

    async def slow(broker, order):
        started.set()
        await done.wait()
        return await broker.place(order)

    async def panics():
        await started.wait()
        panic = asyncio.ensure_future(desk.panic())
        await asyncio.sleep(0.01)
        done.set()
        return await panic

    desk.line.faults[OrderType.IOC] = slow
    _, panicked = await asyncio.gather(desk.approve(card.id, Yes.PERSON), panics())
    assert [trade.id for trade in panicked.closed] == [card.id]
    assert (await desk.broker.account()).positions == ()


async def vanishes(desk, monkeypatch):
    """A tap whose entry was filled; for now the venue knows nothing of it."""

    async def nothing(*_):
        return None

    async def quiet(_after, _symbols):
        return ()

    desk.line.faults[OrderType.IOC] = falls_silent
    monkeypatch.setattr(desk.line, "find", nothing)
    monkeypatch.setattr(desk.line, "activity", quiet)
    card = await desk.card()
    return await desk.approve(card.id, Yes.PERSON)


async def test_an_entry_that_arrives_after_it_is_sold_at_once(desk, monkeypatch):
    with monkeypatch.context() as dark:
        trade = await vanishes(desk, dark)
        assert (await desk.panic()).left == (BTC,)
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.PANIC
    assert (await desk.broker.account()).positions == ()
    assert await desk.orders() == {}


async def test_a_restart_remembers_what_it_has_to_sell(desk, monkeypatch):
    with monkeypatch.context() as dark:
        trade = await vanishes(desk, dark)
        await desk.panic()
    await desk.restarted()
    assert (await desk.again(trade)).exit is Exit.PANIC
    assert (await desk.broker.account()).positions == ()


async def test_a_card_that_is_answered_at_the_same_moment_does_not_stop_it(desk, monkeypatch):
    await desk.trade(ETH)
    card = await desk.card()
    read = desk.ledger.proposals

    async def answered(*asked, **more):
        found = await read(*asked, **more)
        if (await desk.ledger.proposal(card.id)).is_pending:
            await desk.reject(card.id)
        return found

    monkeypatch.setattr(desk.ledger, "proposals", answered)
    await desk.panic()
    assert (await desk.broker.account()).positions == ()
    assert (await desk.ledger.proposal(card.id)).status is ProposalStatus.REJECTED


async def test_what_could_not_be_closed_has_earned_nothing(desk):
    await desk.trade()
    desk.line.faults[OrderType.MARKET] = refuses
    done = await desk.panic()
    assert (done.closed, done.net, done.left) == ((), 0, (BTC,))
