"""Every open trade has a live stop, or is being closed."""

from decimal import Decimal

from core.domain.proposal import Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from tests.core.execution.line import falls_silent, refuses, swallows
from tests.core.paper.builders import BTC, ETH, limit, named, stop

pytest_plugins = "tests.core.desk"
STOP = OrderType.STOP_MARKET
TARGET = OrderType.TAKE_PROFIT


async def test_a_yes_puts_one_stop_and_both_targets_into_the_market(desk):
    trade = await desk.trade()
    assert await desk.orders() == {"card01s1": 98, "card01ta1": 103, "card01tb2": 107}
    waiting = {s.order.client_order_id: s.order for s in await desk.broker.open_orders()}
    assert waiting["card01s1"].amount == trade.amount
    assert waiting["card01ta1"].amount + waiting["card01tb2"].amount == trade.amount


async def test_a_short_is_protected_the_other_way_round(desk):
    await desk.trade(BTC, Side.SELL)
    assert await desk.orders() == {"card01s1": 102, "card01ta1": 97, "card01tb2": 93}


async def test_what_is_in_the_market_already_is_left_alone(desk):
    await desk.trade()
    said = list(desk.line.said)
    for _ in range(3):
        await desk.watch()
    assert desk.line.said == said


async def test_the_new_stop_goes_in_before_the_old_one_comes_out(desk):
    trade = await desk.trade()
    desk.line.said.clear()
    desk.street.says(BTC, "102")
    await desk.move.break_even(trade.id)
    assert desk.line.said == ["place card01s2", "cancel card01s1"]
    assert list(await desk.stops()) == ["card01s2"]


async def test_a_stop_that_somebody_took_away_comes_back(desk):
    await desk.trade()
    await desk.broker.cancel(named("card01s1"))
    await desk.watch()
    assert await desk.stops() == {"card01s2": 98}


async def test_a_stop_for_too_little_is_replaced(desk):
    await desk.trade()
    await desk.broker.cancel(named("card01s1"))
    await desk.broker.place(stop(Side.SELL, "1", "98", name="card01s8"))
    await desk.watch()
    assert await desk.stops() == {"card01s2": 98}


async def test_a_second_stop_is_one_too_many(desk):
    trade = await desk.trade()
    await desk.broker.place(stop(Side.SELL, str(trade.amount), "98", name="card01s8"))
    await desk.watch()
    assert await desk.stops() == {"card01s1": 98}


async def test_a_stop_whose_answer_was_lost_is_not_sent_twice(desk):
    desk.line.faults[STOP] = falls_silent
    await desk.trade()
    desk.line.faults.clear()
    await desk.watch()
    assert await desk.stops() == {"card01s1": 98}
    assert desk.line.placed("s") == ["card01s1"]


async def test_a_stop_that_never_arrived_is_sent_under_another_id(desk):
    desk.line.faults[STOP] = swallows
    await desk.trade()
    desk.line.faults.clear()
    await desk.watch()
    assert await desk.stops() == {}
    desk.clock.advance(seconds=2)
    await desk.watch()
    assert list((await desk.stops()).values()) == [98]
    assert "card01s1" not in await desk.stops()


async def test_a_stop_that_the_venue_refuses_is_tried_again(desk):
    desk.line.faults[STOP] = refuses
    await desk.trade()
    desk.line.faults.clear()
    desk.clock.advance(seconds=1)
    await desk.watch()
    assert list((await desk.stops()).values()) == [98]


async def test_a_stop_that_is_refused_once_is_there_at_once(desk):
    answers = iter([refuses])

    async def wakes_up(broker, order):
        act = next(answers, type(broker).place)
        return await act(broker, order)

    desk.line.faults[STOP] = wakes_up
    await desk.trade()
    assert await desk.stops() == {"card01s2": 98}


async def test_a_trade_whose_stop_the_venue_refuses_for_good_is_closed_before_ten_seconds(desk):
    desk.line.faults[STOP] = refuses
    trade = await desk.trade()
    for _ in range(4):
        desk.clock.advance(seconds=2)
        await desk.watch()
    await desk.watch()
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.NAKED)
    assert (await desk.broker.account()).positions == ()
    assert await desk.orders() == {}


async def test_a_trade_that_can_neither_be_protected_nor_closed_is_tried_again(desk):
    desk.line.faults |= {STOP: refuses, OrderType.MARKET: refuses}
    trade = await desk.trade()
    desk.clock.advance(seconds=9)
    await desk.watch()
    assert desk.line.placed("c1") == ["card01c1"]
    assert desk.protect.seen == {}
    desk.line.faults.clear()
    desk.clock.advance(seconds=1)
    await desk.watch()
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    assert list((await desk.stops()).values()) == [98]


async def test_the_moment_at_which_a_stop_was_seen_is_known(desk):
    trade = await desk.trade()
    desk.clock.advance(minutes=3)
    await desk.watch()
    assert desk.protect.seen == {trade.id: desk.clock.now()}


async def test_the_second_target_stays_when_the_first_is_hit(desk):
    await desk.trade()
    await desk.lives("100 103.5 100 103")
    assert await desk.orders(TARGET) == {"card01tb2": 107}


async def test_targets_that_moved_are_replaced(desk):
    trade = await desk.trade()
    desk.line.said.clear()
    await desk.move.target(trade.id, by=Decimal("0.5"))
    assert set(desk.line.said[:2]) == {"cancel card01ta1", "cancel card01tb2"}
    moved = {"card01ta3": Decimal("104.1"), "card01tb4": Decimal("108.1")}
    assert await desk.orders(TARGET) == moved


async def test_a_trade_that_is_not_open_yet_wants_no_orders(desk):
    desk.line.faults[OrderType.IOC] = swallows
    card = await desk.card()
    await desk.approve(card.id, Yes.PERSON)
    await desk.watch()
    assert desk.line.placed() == ["card01e1"]


async def test_exits_of_trades_that_are_over_are_swept(desk):
    trade = await desk.trade()
    await desk.close(trade.id, Exit.PERSON)
    other = await desk.trade()
    await desk.broker.place(stop(Side.SELL, "1", "97", name=f"{trade.id}s9"))
    await desk.watch()
    assert all(name.startswith(other.id) for name in await desk.orders())


async def test_an_order_that_opens_something_is_nobodys_to_sweep(desk):
    await desk.broker.place(limit(Side.BUY, "1", "90", name="somebody", symbol=ETH))
    await desk.watch()
    assert list(await desk.orders()) == ["somebody"]


async def test_a_gap_past_the_first_target_leaves_the_second_where_it_is(desk):
    trade = await desk.trade()
    await desk.lives("106 106.5 105.5 106")
    assert (await desk.again(trade)).targets_hit == 1
    assert await desk.orders(TARGET) == {"card01tb2": 107}


async def test_a_target_that_is_filled_in_part_goes_on_waiting_for_the_rest(desk):
    trade = await desk.trade()
    await desk.lives("100 104 99.5 103.5", volume="10")
    after = await desk.again(trade)
    assert (after.targets_hit, trade.amount - after.remaining) == (0, 1)
    assert await desk.orders(TARGET) == {"card01ta1": 103, "card01tb2": 107}
    await desk.lives("103 104 102 103.5")
    assert (await desk.again(trade)).targets_hit == 1


async def test_the_only_target_goes_on_waiting_after_a_part(desk):
    await desk.set(two_targets=False)
    trade = await desk.trade()
    await desk.lives("100 106 99.5 105.5", volume="10")
    assert (await desk.again(trade)).targets_hit == 0
    assert await desk.orders(TARGET) == {"card01ta1": 105}


async def test_the_old_stop_stays_until_the_new_one_is_known_to_be_there(desk):
    trade = await desk.trade()
    desk.line.faults[STOP] = swallows
    desk.street.says(BTC, "103")
    await desk.move.break_even(trade.id)
    assert await desk.stops() == {"card01s1": 98}
    desk.line.faults.clear()
    desk.clock.advance(seconds=2)
    await desk.watch()
    assert list((await desk.stops()).values()) == [Decimal("100.2")]


async def test_a_trade_that_cannot_be_protected_gets_no_targets_either(desk):
    desk.line.faults[STOP] = refuses
    await desk.trade()
    assert desk.line.placed("t") == []


async def test_a_stop_that_a_person_placed_at_the_venue_is_theirs(desk):
    await desk.trade()
    await desk.broker.place(stop(Side.SELL, "1", "90", name="web4711"))
    await desk.watch()
    assert (await desk.stops())["web4711"] == 90
