"""A close that got lost on its way is sent again; an entry never is."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.execution.closing import CloseOut
from tests.core.execution.line import breaks, swallows
from tests.core.paper.builders import BTC, market

pytest_plugins = "tests.core.desk"


async def test_a_close_that_was_lost_in_a_restart_is_sent_again(desk):
    trade = await desk.trade()
    desk.line.faults[OrderType.MARKET] = breaks
    with pytest.raises(ConnectionError):
        await desk.close(trade.id, Exit.PERSON)
    desk.clock.advance(minutes=5)
    await desk.restarted()
    desk.clock.advance(seconds=1)
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.PERSON
    assert (await desk.broker.account()).positions == ()
    assert await desk.orders() == {}


async def lost_close(desk, share=Decimal(1)):
    trade = await desk.trade()
    desk.line.faults[OrderType.MARKET] = swallows
    await desk.close(trade.id, Exit.PERSON, share)
    desk.line.faults.clear()
    return trade


async def test_a_close_of_which_nothing_was_heard_is_joined_by_another_after_some_seconds(desk):
    trade = await lost_close(desk)
    desk.clock.advance(seconds=2)
    await desk.watch()
    assert desk.line.placed("1c") == ["card01c1"]
    desk.clock.advance(seconds=2)
    await desk.watch()
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]
    assert (await desk.again(trade)).exit is Exit.PERSON


async def test_where_somebody_else_holds_a_part_a_lost_close_is_awaited_to_its_end(desk):
    trade = await lost_close(desk)
    await desk.broker.place(market(Side.BUY, "3", name="somebody"))
    for _ in range(2):
        desk.clock.advance(seconds=5)
        await desk.watch()
    assert (await desk.again(trade)).beside == 3
    assert desk.line.placed("1c") == ["card01c1"]
    await desk.gives_up(1)
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]
    assert (await desk.again(trade)).exit is Exit.PERSON


@pytest.mark.parametrize("shown", [0, -1, 2])
async def test_a_lost_close_is_joined_by_none_where_the_position_is_not_what_it_was(desk, shown):
    await lost_close(desk)

    def bent(account):
        held = tuple(replace(p, amount=p.amount * shown) for p in account.positions)
        return replace(account, positions=held if shown else ())

    desk.line.shows = bent
    desk.clock.advance(seconds=5)
    await desk.watch()
    assert desk.line.placed("1c") == ["card01c1"]


async def test_a_lost_share_is_not_sold_again_while_it_may_still_come(desk):
    trade = await lost_close(desk, Decimal("0.5"))
    desk.clock.advance(seconds=9)
    await desk.watch()
    assert desk.line.placed("1c") == ["card01c1"]
    await desk.close(trade.id, Exit.PERSON)
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]


async def test_an_exact_half_that_was_sold_is_not_followed_by_the_other_half(desk):
    trade = await desk.trade()
    sell = CloseOut(desk.clock, desk.line, desk.ledger, desk.send, desk.edit)
    await sell(trade, Exit.PERSON, Decimal("0.001"))
    await desk.watch()
    half = (await desk.again(trade)).remaining / 2
    await sell(await desk.again(trade), Exit.PERSON, half)
    for _ in range(5):
        desk.clock.advance(seconds=3)
        await desk.watch()
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]
    assert (await desk.again(trade)).remaining == half


async def test_nothing_is_entered_in_a_symbol_while_a_lost_close_may_still_come(desk):
    trade = await lost_close(desk)
    sent = desk.clock.now()
    desk.line.unfound.add("card01c1")
    desk.clock.advance(seconds=4)
    await desk.watch()
    assert not (await desk.again(trade)).is_live
    assert (await desk.stand()).rests_until == {BTC: sent + desk.line.arrival}
    await desk.gives_up()
    assert (await desk.stand()).rests_until == {}


async def test_two_who_close_the_same_trade_at_once_send_one_order(desk):
    trade = await desk.trade()
    sell = CloseOut(desk.clock, desk.line, desk.ledger, desk.send, desk.edit)
    both = (sell(trade, Exit.PANIC), sell(trade, Exit.NAKED))
    await asyncio.gather(*both, return_exceptions=True)
    assert desk.line.placed("1c") == ["card01c1"]


async def test_a_share_whose_close_was_lost_is_still_a_share(desk):
    trade = await desk.trade()
    desk.line.faults[OrderType.MARKET] = swallows
    await desk.close(trade.id, Exit.PERSON, Decimal("0.5"))
    desk.line.faults.clear()
    await desk.gives_up()
    for _ in range(3):
        await desk.watch()
    after = await desk.again(trade)
    assert (after.status, after.remaining) == (TradeStatus.OPEN, Decimal("5.391"))
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]


async def test_a_trade_that_ended_meanwhile_is_not_closed_again(desk):
    trade = await desk.trade()
    desk.line.faults[OrderType.MARKET] = swallows
    await desk.close(trade.id, Exit.PERSON)
    desk.line.faults.clear()
    desk.market("100 100.5 97 97.5")
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.STOP
    assert desk.line.placed("1c") == ["card01c1"]
