"""Stops that hang, trades that stand side by side, and looks between two looks."""

import asyncio
from decimal import Decimal

import pytest

from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderState, OrderStatus, OrderType, Unknown
from core.execution.hurrying import SOON
from tests.core.execution.line import has_no_stops, refuses, swallows
from tests.core.paper.builders import ETH

pytest_plugins = "tests.core.desk"
ENTRY, STOP, CLOSE = OrderType.IOC, OrderType.STOP_MARKET, OrderType.MARKET


class Hangs:
    """The first order gets no answer until `released`; later ones do. `arrives`: it was taken."""

    def __init__(self, *, arrives: bool) -> None:
        self.arrives = arrives
        self.begun, self.released = asyncio.Event(), asyncio.Event()

    async def __call__(self, broker, order):
        if not self.begun.is_set():
            self.begun.set()
            if self.arrives:
                await broker.place(order)
            await self.released.wait()
            return Unknown(order.client_order_id)
        return await broker.place(order)


async def until_stopped(desk, name: str) -> None:
    for _ in range(300):
        await asyncio.sleep(0.01)
        if name in await desk.stops():
            return
    raise AssertionError(f"no {name} in three seconds")


@pytest.mark.parametrize(("arrives", "stops"), [(False, ["card01s2"]), (True, ["card01s1"])])
async def test_a_stop_that_hangs_is_looked_for_and_joined_by_another_if_need_be(
    desk, arrives, stops
):
    fault = desk.line.faults[STOP] = Hangs(arrives=arrives)
    opening = asyncio.ensure_future(desk.trade())
    await until_stopped(desk, stops[0])
    await asyncio.sleep(SOON + 0.2)
    assert list(await desk.stops()) == stops
    fault.released.set()
    assert (await opening).status is TradeStatus.OPEN
    assert desk.line.placed("s")[-1] == stops[0]


async def test_a_stop_that_hangs_keeps_no_other_trade_from_its_stop(desk):
    await desk.trade()
    (stop,) = [s.order for s in await desk.broker.open_orders() if s.order.type is STOP]
    await desk.broker.cancel(stop)
    fault = desk.line.faults[STOP] = Hangs(arrives=False)
    looking = asyncio.ensure_future(desk.protect())
    await fault.begun.wait()
    buying = asyncio.ensure_future(desk.trade(ETH))
    await until_stopped(desk, "card02s1")
    fault.released.set()
    await asyncio.gather(looking, buying)


async def test_between_two_looks_a_stop_that_is_gone_is_missed(desk):
    trade = await desk.trade()
    (stop,) = [s.order for s in await desk.broker.open_orders() if s.order.type is STOP]
    await desk.broker.cancel(stop)
    await desk.protect.hurry()
    assert await desk.stops() == {}
    desk.clock.advance(seconds=1)
    await desk.protect.hurry()
    assert await desk.stops() == {f"{trade.id}s2": 98}


async def test_between_two_looks_a_fill_that_nobody_told_of_gets_its_stop(desk):
    async def falls_silent(broker, order):
        await broker.place(order)
        desk.line.unfound.add(order.client_order_id)
        return Unknown(order.client_order_id)

    desk.line.faults[ENTRY] = falls_silent
    desk.line.silent.add("activity")
    await desk.trade()
    assert desk.line.placed("s") == []
    desk.line.unfound.clear()
    await desk.protect.hurry()
    assert desk.line.placed("s") == ["card01s1"]


async def test_between_two_looks_nobody_is_asked_where_all_was_just_confirmed(desk):
    await desk.trade()
    desk.line.silent |= {"find", "open_orders", "account"}
    before = list(desk.line.said)
    await desk.protect.hurry()
    assert desk.line.said == before
    assert desk.protect.bare.since == {}


async def test_where_the_desk_watches_the_price_itself_nothing_hurries(desk):
    desk.line.faults[STOP] = has_no_stops
    await desk.trade()
    desk.clock.advance(seconds=5)
    before = dict(desk.protect.seen)
    await desk.protect.hurry()
    assert desk.protect.seen == before


async def test_an_unanswered_question_does_not_keep_an_old_lost_stop_from_being_joined(desk):
    desk.line.faults[STOP] = swallows
    await desk.trade()
    desk.line.faults.clear()
    desk.line.silent.add("find")
    desk.clock.advance(seconds=2)
    await desk.watch()
    assert len(await desk.stops()) == 1


def went_off(desk, share: str) -> None:
    """The venue says that the stop is over, and has sold so much of it."""

    async def found(order):
        if order.type is not STOP:
            return await desk.broker.find(order)
        filled = order.amount * Decimal(share)
        status = OrderStatus.FILLED if filled == order.amount else OrderStatus.EXPIRED
        return OrderState(order, status, filled, desk.clock.now())

    desk.line.find = found
    desk.line.unlisted.add("card01s1")


@pytest.mark.parametrize(("share", "closes"), [("0.5", ["card01c1"]), ("1", [])])
async def test_what_a_stop_has_left_for_good_is_sold_at_once(desk, share, closes):
    trade = await desk.trade()
    went_off(desk, share)
    await desk.protect()
    assert desk.line.placed("1c") == closes
    desk.clock.advance(seconds=1)
    await desk.protect()
    await desk.settle()
    assert (await desk.again(trade)).exit is Exit.STOP


async def test_no_silence_restarts_the_clock_of_a_position_whose_stop_went_off(desk):
    await desk.trade()
    went_off(desk, "1")
    await desk.protect()
    since = dict(desk.protect.bare.since)
    desk.line.silent.add("account")
    desk.clock.advance(seconds=30)
    await desk.protect()
    assert desk.line.placed("1c") == []
    assert since and desk.protect.bare.since == since


async def test_nobody_grows_tired_of_closing_what_nothing_protects(desk):
    desk.line.faults |= {STOP: refuses, CLOSE: refuses}
    await desk.trade()
    for _ in range(30):
        desk.clock.advance(seconds=2)
        await desk.watch()
    assert len(desk.line.placed("1c")) > 15
