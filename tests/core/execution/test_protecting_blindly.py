"""Protecting positions at a venue that is silent, lags, loses answers or has no stops."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.intent import IntentStatus
from core.domain.notice import NoticeKind
from core.domain.proposal import Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import Order, OrderState, OrderStatus, OrderType, Refused, Side
from core.errors import BrokerUnavailable
from tests.core.execution.line import (
    falls_silent,
    has_no_stops,
    is_down,
    is_past,
    refuses,
    swallows,
)
from tests.core.paper.builders import BTC, ETH, limit, market, named

pytest_plugins = "tests.core.desk"
ENTRY, STOP, CLOSE = OrderType.IOC, OrderType.STOP_MARKET, OrderType.MARKET


async def passes(desk, seconds: int, step: int = 2) -> None:
    """Time goes by, and the protection loop comes round."""
    for _ in range(0, seconds, step):
        desk.clock.advance(seconds=step)
        await desk.watch()


@pytest.mark.parametrize("fault", [refuses, swallows, is_down])
async def test_whatever_is_wrong_with_the_stop_the_position_is_gone_by_the_tenth_second(
    desk, fault
):
    desk.line.faults[STOP] = fault
    trade = await desk.trade()
    opened = desk.clock.now()
    await passes(desk, 8)
    await desk.settle()
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.NAKED)
    assert (after.closed_at - opened).total_seconds() <= 10
    assert (await desk.broker.account()).positions == ()


async def test_no_position_is_closed_while_its_stop_may_still_be_proven_in_time(desk):
    desk.line.faults[STOP] = swallows
    trade = await desk.trade()
    await passes(desk, 6)
    desk.line.faults.clear()
    await passes(desk, 60)
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    assert len(await desk.stops()) == 1


async def test_a_stop_that_arrived_without_an_answer_is_asked_for_at_once(desk):
    desk.line.faults[STOP] = falls_silent
    trade = await desk.trade()
    assert desk.protect.seen == {trade.id: desk.clock.now()}
    await passes(desk, 20)
    assert desk.line.placed("s") == ["card01s1"]


async def test_a_confirmed_stop_is_believed_while_the_venue_says_nothing(desk):
    trade = await desk.trade()
    before = dict(desk.protect.seen)
    desk.line.silent |= {"open_orders", "find", "account", "activity"}
    await passes(desk, 120)
    assert desk.line.placed("c") == ["card01e1", "card01s1", "card01ta1", "card01tb2"]
    assert desk.protect.seen == before
    assert (await desk.again(trade)).status is TradeStatus.OPEN


async def test_a_confirmed_stop_is_believed_after_a_restart_too(desk):
    await desk.trade()
    desk.line.silent |= {"open_orders", "find"}
    silent = set(desk.line.silent)
    desk._assemble()
    desk.line.silent |= silent
    await desk.broker.load()
    await passes(desk, 60)
    assert desk.line.placed() == []


async def test_a_new_position_gets_its_stop_even_where_orders_cannot_be_listed(desk):
    desk.line.silent.add("open_orders")
    trade = await desk.trade()
    assert await desk.stops() == {f"{trade.id}s1": 98}
    await passes(desk, 30)
    assert desk.line.placed("s") == ["card01s1"]


async def test_a_list_that_lags_places_no_second_stop(desk):
    desk.line.unlisted.add("card01s1")
    await desk.trade()
    await passes(desk, 30)
    assert desk.line.placed("s") == ["card01s1"]


async def test_a_confirmed_stop_that_is_not_in_sight_yet_is_waited_for(desk):
    desk.line.unfound.add("card01s1")
    await desk.trade()
    await passes(desk, 8)
    assert desk.line.placed("s") == ["card01s1"]
    desk.line.unfound.clear()
    await passes(desk, 8)
    assert desk.line.placed("s") == ["card01s1"]


async def test_a_confirmed_stop_that_stays_out_of_sight_is_placed_again(desk):
    await desk.trade()
    desk.line.unfound.add("card01s1")
    await passes(desk, 12)
    assert desk.line.placed("s") == ["card01s1", "card01s2"]
    assert "card01s2" in await desk.stops()


async def test_trouble_with_one_symbol_leaves_the_others_protected(desk):
    desk.line.faults[STOP] = is_down
    await desk.trade()
    find = desk.line.find

    async def stubborn(order):
        if order.symbol == BTC:
            raise BrokerUnavailable
        return await find(order)

    desk.line.find = stubborn
    desk.line.faults.clear()
    other = await desk.trade(ETH)
    assert f"{other.id}s1" in await desk.stops()


async def test_what_the_venue_has_filled_is_protected_before_its_fills_are_told(desk):
    desk.line.silent.add("activity")
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON)
    assert trade.status is TradeStatus.OPENING
    (stop,) = [s.order for s in await desk.broker.open_orders() if s.order.type is STOP]
    assert (stop.client_order_id, stop.amount) == ("card01s1", card.plan.amount)
    desk.line.silent.clear()
    await passes(desk, 4)
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    assert desk.line.placed("s") == ["card01s1"]


async def test_what_is_filled_and_neither_told_nor_protected_is_closed_in_time(desk):
    desk.line.silent.add("activity")
    desk.line.faults[STOP] = refuses
    card = await desk.card()
    trade = await desk.approve(card.id, Yes.PERSON)
    await passes(desk, 8)
    assert (await desk.broker.account()).positions == ()
    desk.line.silent.clear()
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.NAKED


async def test_a_position_that_grows_gets_a_larger_stop_before_the_smaller_goes(desk):
    trade = await desk.trade()
    desk.line.said.clear()
    more = Decimal(1)
    await desk.broker.place(market(Side.BUY, "1", name="card01e2"))
    await desk.watch()
    after = await desk.again(trade)
    assert after.remaining == trade.remaining + more
    assert desk.line.said[:2] == ["place card01s2", "cancel card01s1"]
    sizes = {s.order.client_order_id: s.order.amount for s in await desk.broker.open_orders()}
    assert sizes["card01s2"] == after.remaining
    targets = [amount for name, amount in sizes.items() if name.startswith("card01t")]
    assert sum(targets) == after.remaining


async def test_a_stop_that_the_price_has_passed_is_a_stop_that_was_hit(desk):
    desk.line.faults[STOP] = is_past
    trade = await desk.trade()
    await desk.settle()
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.STOP)


async def test_a_refused_stop_whose_price_has_been_reached_is_a_stop_that_was_hit(desk):
    desk.line.faults[STOP] = refuses

    async def falls(broker, order):
        outcome = await broker.place(order)
        desk.street.says(BTC, "97.9")
        return outcome

    desk.line.faults[ENTRY] = falls
    trade = await desk.trade()
    await desk.settle()
    assert (await desk.again(trade)).exit is Exit.STOP


async def test_a_stop_that_somebody_cancels_is_put_back_and_told(desk):
    trade = await desk.trade()
    await desk.broker.cancel(named("card01s1"))
    await passes(desk, 4)
    assert await desk.stops() == {"card01s2": 98}
    told = [n for n in await desk.notices() if n.kind is NoticeKind.STOP_RESTORED]
    assert [(n.subject, n.numbers["stop"]) for n in told] == [(trade.id, Decimal(98))]


async def test_a_stop_that_somebody_cancels_is_put_back_also_where_no_account_is_shown(desk):
    await desk.trade()
    await desk.broker.cancel(named("card01s1"))
    desk.line.silent.add("account")
    await passes(desk, 4)
    assert await desk.stops() == {"card01s2": 98}


async def test_no_stop_is_put_back_where_somebody_has_sold_everything(desk):
    """The fills are told late, the venue has cancelled what only reduces."""
    trade = await desk.trade()
    desk.line.silent.add("activity")
    await desk.broker.place(market(Side.SELL, str(trade.amount), name="somebody"))
    await passes(desk, 20)
    assert desk.line.placed("s") == ["card01s1"]
    assert desk.line.placed("1c") == []
    desk.line.silent.clear()
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.VENUE
    assert NoticeKind.STOP_RESTORED not in await desk.told()


async def test_a_stop_that_the_desk_itself_replaces_is_not_told(desk):
    trade = await desk.trade()
    desk.street.says(BTC, "102")
    await desk.move.break_even(trade.id)
    await passes(desk, 10)
    assert NoticeKind.STOP_RESTORED not in await desk.told()


async def went_off(desk):
    """The stop is filled according to the venue, and the position is still there."""
    trade = await desk.trade()
    find = desk.line.find
    desk.line.unlisted.add("card01s1")

    async def lies(order):
        state = await find(order)
        if order.client_order_id != "card01s1" or state is None:
            return state
        return replace(state, status=OrderStatus.FILLED, filled=Decimal(0))

    desk.line.find = lies
    return trade


async def test_a_stop_that_went_off_and_left_the_position_is_followed_by_a_close(desk):
    trade = await went_off(desk)
    await passes(desk, 4)
    await desk.settle()
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.STOP)
    assert desk.line.placed("s") == ["card01s1"]


async def test_a_stop_that_went_off_whose_fills_are_late_is_not_doubled(desk):
    trade = await desk.trade()
    desk.line.silent.add("activity")
    desk.market("100 100.5 97 97.5")
    await passes(desk, 10)
    assert desk.line.placed("c1") == []
    assert desk.line.placed("s") == ["card01s1"]
    desk.line.silent.clear()
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.STOP


async def test_a_stop_that_the_venue_attached_is_neither_proof_nor_touched(desk):
    trade = await desk.trade()
    await desk.broker.cancel(named("card01s1"))
    order = Order(
        client_order_id="attached-4711",
        symbol=BTC,
        side=Side.SELL,
        type=STOP,
        amount=trade.amount,
        stop_price=trade.stop,
        reduce_only=True,
    )
    desk.line.foreign.append(OrderState(order, OrderStatus.OPEN, Decimal(0), desk.clock.now()))
    desk.line.said.clear()
    await desk.watch()
    assert desk.line.said == ["place card01s2"]


async def test_tries_for_a_stop_are_counted(desk):
    desk.line.faults |= {STOP: refuses, CLOSE: refuses}
    await desk.trade()
    await passes(desk, 28, step=1)
    assert len(desk.line.placed("s")) <= 12 + 2 * 5


async def test_a_stop_that_many_tries_did_not_place_is_tried_again_in_time(desk):
    desk.line.faults |= {STOP: refuses, CLOSE: refuses}
    trade = await desk.trade()
    await passes(desk, 2, step=1)
    desk.line.faults.clear()
    await passes(desk, 6)
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    assert len(await desk.stops()) == 1


async def test_orders_of_another_desk_on_the_same_account_are_not_swept(desk):
    order = replace(named("zzzzzzs1"), symbol=BTC)
    desk.line.foreign.append(OrderState(order, OrderStatus.OPEN, Decimal(0), desk.clock.now()))
    await desk.watch()
    assert desk.line.said == []


async def guarded(desk):
    desk.line.faults[STOP] = has_no_stops
    return await desk.trade()


async def test_where_a_venue_has_no_stops_the_desk_guards_and_says_so(desk):
    trade = await guarded(desk)
    assert trade.guarded
    assert desk.protect.seen == {trade.id: desk.clock.now()}
    await passes(desk, 60)
    assert desk.line.placed("s") == ["card01s1"]
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    assert sorted(await desk.orders()) == ["card01ta1", "card01tb2"]


async def test_a_guarded_position_is_closed_as_soon_as_the_price_is_there(desk):
    trade = await guarded(desk)
    desk.street.says(BTC, "98")
    await passes(desk, 2)
    await desk.settle()
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.STOP)
    assert desk.line.said[-1] == "place card01c1"
    assert await desk.orders() == {}


async def test_a_guarded_position_whose_close_is_refused_is_closed_later(desk):
    trade = await guarded(desk)
    desk.line.faults[CLOSE] = refuses
    desk.street.says(BTC, "97")
    await passes(desk, 6)
    desk.line.faults.clear()
    await passes(desk, 4)
    assert (await desk.again(trade)).exit is Exit.STOP


async def test_a_guard_that_sees_no_price_does_not_stay(desk):
    """The quotes are silent, and so is the venue about the position."""
    trade = await guarded(desk)
    desk.street.said.pop(BTC)
    desk.street.recorded[BTC].clear()
    desk.line.silent.add("account")
    await passes(desk, 10)
    closes = [i for i in await desk.ledger.trade_intents(trade.id) if i.id.endswith("c1")]
    assert [i.status for i in closes] == [IntentStatus.REFUSED]


async def test_a_guard_without_quotes_looks_at_the_venues_own_mark(desk):
    trade = await guarded(desk)
    desk.protect = replace(desk.protect, quotes=None)
    await passes(desk, 4)
    assert (await desk.again(trade)).status is TradeStatus.OPEN
    desk.street.says(BTC, "97")
    await passes(desk, 4)
    await desk.settle()
    assert (await desk.again(trade)).exit is Exit.STOP


async def test_a_list_that_lags_places_no_second_target(desk):
    desk.line.unlisted |= {"card01ta1", "card01tb2"}
    await desk.trade()
    await passes(desk, 30)
    assert desk.line.placed("t") == ["card01ta1", "card01tb2"]


async def test_a_target_of_unknown_fate_is_asked_for_before_another_one_is_sent(desk):
    desk.line.faults[OrderType.TAKE_PROFIT] = falls_silent
    desk.line.unfound |= {"card01ta1", "card01tb2"}
    await desk.trade()
    desk.line.faults.clear()
    await desk.watch()
    assert desk.line.placed("t") == ["card01ta1", "card01tb2"]
    desk.line.unfound.clear()
    await passes(desk, 10)
    assert desk.line.placed("t") == ["card01ta1", "card01tb2"]


async def test_a_target_that_somebody_cancels_comes_back(desk):
    await desk.trade()
    await desk.broker.cancel(named("card01ta1"))
    await passes(desk, 2)
    assert await desk.orders(OrderType.TAKE_PROFIT) == {"card01ta3": 103, "card01tb2": 107}


async def test_of_two_targets_at_one_level_one_is_too_many(desk):
    trade = await desk.trade()
    order = replace((await desk.ledger.trade_intents(trade.id))[2].order)
    await desk.broker.place(replace(order, client_order_id="card01ta9"))
    await passes(desk, 2)
    assert await desk.orders(OrderType.TAKE_PROFIT) == {"card01ta1": 103, "card01tb2": 107}


async def test_an_entry_that_nobody_asked_for_is_swept(desk):
    await desk.trade()
    await desk.broker.place(limit(Side.BUY, "1", "90", name="card01e7"))
    await passes(desk, 2)
    assert "card01e7" not in await desk.orders()


async def test_a_target_that_finds_its_share_claimed_by_another_makes_it_smaller(desk):
    """Half was sold by hand; a venue that counts what waits has no room for both as they were."""
    trade = await desk.trade()
    await desk.broker.cancel(named("card01ta1"))
    await desk.close(trade.id, Exit.PERSON, Decimal("0.5"))
    targets = []

    async def counts(broker, order):
        states = [s for s in await broker.open_orders() if s.order.type is OrderType.TAKE_PROFIT]
        held = (await broker.account()).positions[0].amount
        targets.append(order.client_order_id)
        if sum(s.order.amount for s in states) + order.amount > held:
            return Refused(order.client_order_id, "reduce_only")
        return await broker.place(order)

    await desk.broker.cancel(named("card01ta3"))
    await desk.broker.cancel(named("card01tb2"))
    whole = Order(
        client_order_id="card01tb8",
        symbol=BTC,
        side=Side.SELL,
        type=OrderType.TAKE_PROFIT,
        amount=(await desk.again(trade)).remaining,
        stop_price=Decimal(107),
        reduce_only=True,
    )
    await desk.broker.place(whole)
    desk.line.faults[OrderType.TAKE_PROFIT] = counts
    await passes(desk, 6)
    waiting = [s.order for s in await desk.broker.open_orders() if s.order.stop_price == 103]
    assert len(waiting) == 1
    assert len(targets) <= 4


async def test_a_target_that_is_refused_for_good_is_not_tried_without_end(desk):
    desk.line.faults[OrderType.TAKE_PROFIT] = refuses
    await desk.trade()
    await passes(desk, 30)
    assert len(desk.line.placed("t")) <= 10
