"""One paper account over time: told by clocks, bars and restarts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.domain.trading import Cause, OrderStatus, Refused, Side
from tests.core.paper.builders import (
    BTC,
    ETH,
    FALLING,
    HOUR,
    START,
    bar,
    bars,
    fills,
    limit,
    market,
    money_of,
    named,
    payments,
    stamp,
    stop,
    target,
)

BUY, SELL = Side.BUY, Side.SELL


async def test_advancing_lives_through_every_bar_that_closed(broker, clock):
    await broker.place(market(BUY))
    await broker.place(stop(SELL, "1", "95"))
    clock.advance(hours=1)
    await broker.advance()
    assert (await broker.account()).positions

    clock.advance(hours=1)
    await broker.advance()

    assert (await broker.account()).positions == ()
    assert (await broker.find(named("stop_market-sell"))).status is OrderStatus.FILLED
    assert fills(await broker.activity(1))[0].price == 95


async def test_a_stop_that_was_hit_while_the_process_was_down_is_hit(broker, wake, clock):
    await broker.place(market(BUY))
    await broker.place(stop(SELL, "1", "95"))
    clock.advance(hours=4)

    awake = await wake()
    await awake.advance()

    (hit,) = await awake.activity(1)
    assert (hit.price, hit.time) == (95, START + 2 * HOUR)


async def test_restarting_after_every_step_changes_nothing(wake, clock, store, tape):
    tape.recorded[BTC] = bars(FALLING, funding=[stamp("0.0001", "100", START + HOUR)])

    async def life(steps, restarts):
        clock.moment = START
        store.states.clear()
        store.closed.clear()
        store.lived.clear()
        broker = await wake()
        for one in (market(BUY, "2"), limit(BUY, "1", "94"), stop(SELL, "2", "90")):
            broker = await wake() if restarts else broker
            await broker.place(one)
        for _ in range(steps):
            broker = await wake() if restarts else broker
            clock.advance(hours=4 / steps)
            await broker.advance()
        return await broker.activity(0), store.states["paper"].wallet

    once = await life(1, restarts=False)
    assert len(once[0]) >= 4
    assert await life(8, restarts=True) == await life(4, restarts=False) == once


async def test_an_order_lives_only_through_what_comes_after_it(broker, clock):
    clock.advance(hours=3)

    await broker.place(market(BUY))
    await broker.place(stop(SELL, "1", "90.5"))

    assert len(await broker.activity(0)) == 1


async def test_placing_first_lives_through_what_has_closed(broker, clock):
    await broker.place(market(BUY))
    await broker.place(stop(SELL, "1", "95"))
    clock.advance(hours=3)

    outcome = await broker.place(market(SELL, reduce_only=True, name="close"))

    assert outcome == Refused("close", "reduce_only")


async def test_an_order_that_had_been_hit_cannot_be_canceled(broker, clock):
    await broker.place(limit(BUY, "1", "95"))
    clock.advance(hours=2)

    await broker.cancel(named("limit-buy"))

    assert (await broker.find(named("limit-buy"))).status is OrderStatus.FILLED


async def test_symbols_live_in_the_order_of_time(broker, clock, tape):
    tape.recorded[ETH] = [bar("100 101 94 96", hour=0), *bars(FALLING)[1:]]
    for symbol in (BTC, ETH):
        await broker.place(limit(BUY, "6", "95", symbol=symbol, name=symbol))
    clock.advance(hours=4)

    await broker.advance()

    assert (await broker.find(named(ETH))).status is OrderStatus.FILLED
    assert (await broker.find(named(BTC))).status is OrderStatus.EXPIRED


async def test_an_idle_account_writes_nothing(broker, clock, store):
    await broker.place(market(BUY))
    await broker.place(market(SELL, reduce_only=True))
    before = store.saves

    for _ in range(3):
        clock.advance(hours=1)
        await broker.advance()

    assert store.saves == before


async def test_one_advance_is_one_write(broker, clock, store):
    await broker.place(market(BUY))
    await broker.place(stop(SELL, "1", "95"))
    before = store.saves
    clock.advance(hours=4)

    await broker.advance()
    await broker.advance()

    assert store.saves == before + 1


async def test_a_resting_entry_pays_the_stamp_at_its_open_also_after_a_restart(
    broker, wake, clock, tape
):
    quiet = replace(bar("100 101 96 96"), funding=(stamp("0.0001", "96"),))
    tape.recorded[BTC] = [quiet, bar("94 96 93 95", hour=1)]
    await broker.place(limit(BUY, "1", "95"))
    clock.advance(hours=1)
    await broker.advance()
    clock.advance(hours=1)

    awake = await wake()
    await awake.advance()

    assert [p.amount for p in payments(await awake.activity(0))] == [Decimal("-0.0096")]


async def test_a_whole_life_adds_up(broker, clock, tape, store):
    tape.recorded[BTC] = [
        bar("100 104 99 103", funding=[stamp("0.0003", "103")]),
        bar("103 111 102 110", hour=1),
        bar("110 111 94 95", hour=2),
    ]
    await broker.place(market(BUY, "3", leverage=3, name="entry"))
    await broker.place(stop(SELL, "3", "97", name="stop"))
    await broker.place(target(SELL, "1", "110", name="target"))
    clock.advance(hours=3)

    await broker.advance()

    lived = await broker.activity(0)
    assert [one.seq for one in lived] == [1, 2, 3, 4]
    assert [(f.price, f.amount, f.cause) for f in fills(lived)] == [
        (100, 3, Cause.ORDER),
        (110, 1, Cause.ORDER),
        (97, 2, Cause.ORDER),
    ]
    # fees 0.15 + 0.022 + 0.097, funding 3 x 103 x 0.0003 = 0.0927, profit 10 - 6
    assert (await broker.account()).wallet == Decimal("1003.6383")
    assert money_of(lived) == Decimal("3.6383")
    assert store.states["paper"].books[BTC].is_empty
    stopped = await broker.find(named("stop"))
    assert (stopped.status, stopped.filled) == (OrderStatus.CANCELED, 2)


async def test_a_book_sees_no_further_than_its_last_bar(broker, clock, store):
    await broker.place(market(BUY))
    clock.advance(hours=1, minutes=30)

    await broker.advance()

    assert store.states["paper"].books[BTC].seen == START + timedelta(hours=1)
