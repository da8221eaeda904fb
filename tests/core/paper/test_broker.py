"""One paper account at one moment: what it takes, refuses and remembers."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.trading import OrderStatus, OrderType, Placed, Refused, Side
from core.paper.costs import Costs
from tests.core.paper.builders import (
    BTC,
    ETH,
    FALLING,
    bars,
    ioc,
    limit,
    market,
    named,
    payments,
    stamp,
)

BUY, SELL = Side.BUY, Side.SELL


async def test_an_account_is_opened_once(wake, store):
    broker = await wake()
    await broker.place(market(BUY))

    assert (await wake()) is not broker
    assert store.states["paper"].wallet == 1000 - Decimal("0.05")
    assert store.saves == 2


async def test_an_id_stays_used_over_a_restart(broker, wake):
    await broker.place(market(BUY))

    awake = await wake()

    assert await awake.place(market(BUY)) == Placed("market-buy")
    assert len(await awake.activity(0)) == 1


async def test_two_calls_at_once_take_turns(broker):
    await asyncio.gather(*(broker.place(market(BUY, name="once")) for _ in range(5)))

    assert len(await broker.activity(0)) == 1


async def test_unknown_symbols_and_missing_prices_are_refused(broker, clock):
    assert await broker.place(market(BUY, symbol="XRP/USDT:USDT")) == Refused(
        "market-buy", "symbol"
    )
    clock.advance(days=3)
    assert await broker.place(market(BUY)) == Refused("market-buy", "no_market_data")


async def test_equity_follows_the_mark_of_the_quote(broker, tape):
    await broker.place(market(BUY, "2"))
    tape.says(BTC, "110")

    account = await broker.account()

    assert account.equity == account.wallet + 20
    assert account.free_margin == account.wallet - 200


async def test_without_a_quote_the_last_mark_seen_counts(broker, clock):
    await broker.place(market(BUY, "2"))
    clock.advance(hours=9)
    await broker.advance()

    assert (await broker.account()).positions[0].mark_price == 91


async def test_margin_is_shared_between_symbols(broker):
    await broker.place(market(BUY, "6"))

    outcome = await broker.place(market(BUY, "5", symbol=ETH, name="eth"))

    assert outcome == Refused("eth", "insufficient_margin")


async def test_a_write_whose_answer_was_lost_is_looked_up(broker, store):
    store.breaks = True
    with pytest.raises(ConnectionError):
        await broker.place(market(BUY))

    assert await broker.place(market(BUY)) == Placed("market-buy")

    assert (await broker.account()).positions[0].amount == 1
    assert [one.seq for one in await broker.activity(0)] == [1]


async def test_an_ioc_order_reads_the_last_closed_candle(wake, clock, tape):
    broker = await wake(Costs(slippage=Decimal(0), volume_share=Decimal("0.1")))
    tape.recorded[BTC] = bars(FALLING, volume="20")
    clock.advance(hours=1)

    await broker.place(ioc(BUY, "5", "101", leverage=5))

    state = await broker.find(named("ioc-buy"))
    assert (state.status, state.filled) == (OrderStatus.EXPIRED, 2)


async def test_an_ioc_order_before_the_first_candle_fills_whole(wake):
    broker = await wake(Costs(slippage=Decimal(0), volume_share=Decimal("0.1")))

    await broker.place(ioc(BUY, "5", "101", leverage=5))

    assert (await broker.find(named("ioc-buy"))).status is OrderStatus.FILLED


@pytest.mark.parametrize(("seconds", "paid"), [(0, 1), (14, 1), (15, 0)])
async def test_an_entry_right_after_a_stamp_pays_it(broker, clock, tape, seconds, paid):
    due = stamp("0.0001", "100")
    tape.recorded[BTC] = [replace(bars(FALLING)[0], funding=(due,)), *bars(FALLING)[1:]]
    clock.advance(hours=1, seconds=seconds)

    await broker.place(market(BUY))

    assert len(payments(await broker.activity(0))) == paid


async def test_an_order_that_would_not_rest_is_refused_when_it_must_rest(broker):
    crossing = replace(limit(BUY, "1", "101"), type=OrderType.POST_ONLY)

    assert await broker.place(crossing) == Refused(crossing.client_order_id, "post_only")
    assert await broker.place(replace(crossing, price=Decimal(99))) == Placed(
        crossing.client_order_id
    )
