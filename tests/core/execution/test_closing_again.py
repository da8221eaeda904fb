"""A close that got lost on its way is sent again; an entry never is."""

from decimal import Decimal

import pytest

from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType
from tests.core.execution.line import breaks, swallows

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


async def test_a_close_is_sent_again_only_when_the_first_cannot_arrive_any_more(desk):
    trade = await desk.trade()
    desk.line.faults[OrderType.MARKET] = swallows
    await desk.close(trade.id, Exit.PERSON)
    desk.line.faults.clear()
    desk.clock.advance(seconds=10)
    await desk.watch()
    assert desk.line.placed("1c") == ["card01c1"]
    await desk.gives_up(1)
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]
    assert (await desk.again(trade)).exit is Exit.PERSON


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
