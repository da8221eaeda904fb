"""Out of a trade at market, whatever stands in the way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.ledger import Claim
from core.domain.notice import NoticeKind
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.errors import ButtonSpent, NotFound
from core.execution.closing import CloseOut
from tests.core.execution.line import claims, falls_silent, refuses, swallows
from tests.core.paper.builders import market

pytest_plugins = "tests.core.desk"
CLOSE = OrderType.MARKET
HALF = Decimal("0.5")


async def waits(desk, seconds: int, step: int = 1) -> None:
    for _ in range(0, seconds, step):
        desk.clock.advance(seconds=step)
        await desk.watch()


async def test_targets_come_out_before_the_sale(desk):
    trade = await desk.trade()
    desk.line.said.clear()
    await desk.close(trade.id, Exit.PERSON)
    assert desk.line.said == ["cancel card01ta1", "cancel card01tb2", "place card01c1"]
    assert await desk.orders() == {}


async def test_the_stop_stays_as_long_as_the_sale_is_not_proven(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = swallows
    await desk.close(trade.id, Exit.PERSON)
    await desk.watch()
    assert await desk.stops() == {"card01s1": 98}


async def test_a_venue_whose_targets_lay_claim_to_the_position_sells_it_all_the_same(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = claims
    after = await desk.close(trade.id, Exit.PERSON)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.PERSON)
    assert desk.line.placed("1c") == ["card01c1"]


async def test_a_half_that_the_targets_have_laid_claim_to_is_sold_and_the_targets_come_back(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = claims
    after = await desk.close(trade.id, Exit.PERSON, HALF)
    assert after.remaining == Decimal("5.391")
    assert desk.line.placed("1c") == ["card01c1", "card01c2"]
    await desk.watch()
    assert await desk.stops() == {"card01s1": 98}
    assert list((await desk.orders(OrderType.TAKE_PROFIT)).values()) == [103, 107]


async def test_a_second_tap_does_not_join_a_close_that_is_on_its_way(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = swallows
    await desk.close(trade.id, Exit.PERSON)
    await desk.close(trade.id, Exit.PERSON)
    assert desk.line.placed("1c") == ["card01c1"]


async def test_a_spent_button_closes_nothing(desk):
    trade = await desk.trade()
    desk.line.said.clear()
    claim = Claim("unknown", 42, 42, desk.clock.now())
    with pytest.raises(ButtonSpent):
        await desk.close(trade.id, Exit.PERSON, claim=claim)
    assert desk.line.said == []


async def test_no_more_is_sold_than_the_venue_still_shows(desk):
    trade = await desk.trade()
    desk.line.silent.add("activity")
    await desk.broker.place(market(Side.SELL, "4", name="somebody"))
    await desk.close(trade.id, Exit.PERSON)
    (sent,) = [i for i in await desk.ledger.trade_intents(trade.id) if i.id == "card01c1"]
    assert sent.order.amount == trade.remaining - 4


async def test_a_venue_that_shows_no_account_is_asked_to_sell_all(desk):
    trade = await desk.trade()
    desk.line.silent.add("account")
    assert (await desk.close(trade.id, Exit.PERSON)).status is TradeStatus.CLOSED


async def test_a_position_that_is_not_in_sight_yet_is_sold_all_the_same(desk):
    desk.line.shows = lambda account: replace(account, positions=())
    trade = await desk.trade()
    assert (await desk.close(trade.id, Exit.PERSON)).status is TradeStatus.CLOSED


async def test_a_close_whose_answer_was_lost_is_found_and_not_repeated(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = falls_silent
    desk.line.silent.add("find")
    await desk.close(trade.id, Exit.PERSON)
    desk.line.silent.clear()
    await waits(desk, 30)
    assert (await desk.again(trade)).exit is Exit.PERSON
    assert desk.line.placed("1c") == ["card01c1"]


async def test_a_refused_close_is_tried_again_quickly_then_slowly_and_for_ever(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = refuses
    await desk.close(trade.id, Exit.PERSON)
    await waits(desk, 8, step=2)
    assert len(desk.line.placed("1c")) == 5
    await waits(desk, 28, step=2)
    assert len(desk.line.placed("1c")) == 5
    await waits(desk, 62, step=2)
    assert len(desk.line.placed("1c")) == 8
    assert list((await desk.stops()).values()) == [98]
    desk.line.faults.clear()
    await waits(desk, 30, step=2)
    assert (await desk.again(trade)).exit is Exit.PERSON


async def test_people_are_told_once_that_a_close_does_not_get_through(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = refuses
    await desk.close(trade.id, Exit.PERSON)
    await waits(desk, 200, step=2)
    (told,) = [n for n in await desk.notices() if n.kind is NoticeKind.CLOSE_STUCK]
    assert told.subject == trade.id
    assert told.numbers == {"symbol": trade.symbol, "attempts": 5, "code": "not_today"}


async def test_a_close_that_finds_nothing_to_reduce_is_not_repeated_for_ever(desk):
    """Somebody sold it all by hand; the venue is slow to tell the fills."""
    trade = await desk.trade()
    desk.line.silent.add("activity")
    await desk.broker.place(market(Side.SELL, str(trade.remaining), name="somebody"))
    await desk.close(trade.id, Exit.PERSON)
    await waits(desk, 60, step=2)
    assert desk.line.placed("1c") == ["card01c1"]
    desk.line.silent.clear()
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.VENUE


async def test_a_close_that_sold_only_a_part_goes_on_with_the_rest(desk):
    trade = await desk.trade()

    async def thinly(broker, order):
        return await broker.place(replace(order, amount=Decimal(4)))

    desk.line.faults[CLOSE] = thinly
    find = desk.line.find

    async def knows(order):
        state = await find(order)
        return replace(state, order=order) if state else None

    desk.line.find = knows
    await desk.close(trade.id, Exit.PERSON)
    desk.line.faults.clear()
    await waits(desk, 4, step=2)
    assert (await desk.again(trade)).exit is Exit.PERSON
    sizes = [i.order.amount for i in await desk.ledger.trade_intents(trade.id) if "1c" in i.id]
    assert sizes == [trade.remaining, trade.remaining - 4]


async def test_a_trade_that_must_end_ends_whole_after_half_of_it_was_on_its_way(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = swallows
    await desk.close(trade.id, Exit.PERSON, HALF)
    await desk.panic()
    desk.line.faults.clear()
    await desk.gives_up()
    await waits(desk, 4, step=2)
    after = await desk.again(trade)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.PANIC)


async def test_a_whole_close_whose_fills_are_late_is_not_repeated(desk):
    trade = await desk.trade()
    await by_hand(desk)
    desk.line.silent.add("activity")
    await desk.panic()
    await waits(desk, 60, step=2)
    assert desk.line.placed("1c") == ["card01c1"]
    desk.line.silent.clear()
    await desk.watch()
    assert (await desk.again(trade)).exit is Exit.PANIC
    assert (await desk.broker.account()).positions[0].amount == 3


async def by_hand(desk) -> None:
    """Somebody holds a part of the same position."""
    await desk.broker.place(market(Side.BUY, "3", name="somebody"))
    await desk.watch()


async def test_nothing_is_written_about_a_trade_that_has_ended_meanwhile(desk):
    trade = await desk.trade()
    await desk.close(trade.id, Exit.PERSON)
    before = await desk.ledger.trade_intents(trade.id)
    sell = CloseOut(desk.clock, desk.line, desk.ledger, desk.send, desk.edit)
    with pytest.raises(NotFound):
        await sell(trade, Exit.PANIC)
    assert await desk.ledger.trade_intents(trade.id) == before


async def test_all_that_a_half_has_left_can_be_closed(desk):
    trade = await desk.trade()
    half = await desk.close(trade.id, Exit.PERSON, HALF)
    assert (await desk.close(half.id, Exit.PERSON)).status is TradeStatus.CLOSED
    sizes = [i.order.amount for i in await desk.ledger.trade_intents(trade.id) if "1c" in i.id]
    assert sum(sizes) == trade.remaining


async def test_a_second_half_counts_what_the_first_has_sold_untold(desk):
    trade = await desk.trade()
    desk.line.silent.add("activity")
    for _ in range(3):
        await desk.close(trade.id, Exit.PERSON, HALF)
    sizes = [i.order.amount for i in await desk.ledger.trade_intents(trade.id) if "1c" in i.id]
    assert sum(sizes) <= trade.remaining


async def test_settling_sends_no_close_before_the_way_is_clear(desk):
    trade = await desk.trade()
    desk.line.faults[CLOSE] = claims
    cancel = desk.line.cancel

    async def beside(order):
        await desk.settle()
        await cancel(order)

    desk.line.cancel = beside
    assert (await desk.close(trade.id, Exit.PERSON)).status is TradeStatus.CLOSED
    assert desk.line.placed("1c") == ["card01c1"]
