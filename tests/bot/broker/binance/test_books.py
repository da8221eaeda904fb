"""Binance's two books: what is sent into them, and how what waits there is told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.trading import Order, OrderStatus, OrderType, Placed, Refused, Side
from tests.core.broker_contract import bid, entry, stop
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.orders import Refusal

BTC = "BTC/USDT:USDT"


def target(name="target", amount="0.1", price="55000"):
    return replace(stop(name, amount), type=OrderType.TAKE_PROFIT, stop_price=Decimal(price))


async def told(broker):
    return {state.order.client_order_id: state for state in await broker.open_orders()}


async def test_a_stop_whose_order_ended_without_a_fill_is_not_filled(broker, venues, ledger):
    await broker.place(entry())
    await broker.place(stop())
    ledger.state.liquidity["BTCUSDT"] = Decimal(0)
    await venues.trade("BTC", 44_900.0)

    state = await broker.find(stop())
    assert (state.status, state.filled) == (OrderStatus.EXPIRED, 0)


async def test_a_stop_goes_with_its_position(broker):
    await broker.place(entry())
    await broker.place(stop())
    close = replace(entry("close"), side=Side.SELL, reduce_only=True)
    assert await broker.place(close) == Placed("close")
    assert (await broker.find(stop())).status is OrderStatus.EXPIRED


async def test_a_stop_beyond_the_price_is_refused(broker):
    await broker.place(entry())
    assert await broker.place(stop(price="51000")) == Refused("stop", "-2021")


@pytest.mark.parametrize("code", [-1115, -1106])
async def test_where_a_lifetime_is_not_known_the_usual_one_is_taken(broker, floor, ledger, code):
    await broker.place(entry())
    refusal = Refusal(code, "Invalid timeInForce.")
    with floor.begin(Mishap.REJECTED, "timeInForce=GTE_GTC", refusal=refusal):
        assert await broker.place(stop()) == Placed("stop")
    (algo,) = ledger.open_algos()
    assert (algo.asked.tif, algo.asked.reduce_only) == ("GTC", True)


async def test_what_would_not_rest_is_refused(broker):
    asked = replace(bid(price="50100"), type=OrderType.POST_ONLY)
    assert await broker.place(asked) == Refused("bid", "-5022")


async def test_what_somebody_else_left_in_the_books_is_told_too(broker, venues, floor):
    import ccxt.pro

    keys = {"apiKey": floor.keys.key, "secret": floor.keys.secret, "enableRateLimit": False}
    hand = venues.wire(ccxt.pro.binanceusdm(keys))
    hand.milliseconds = venues.world.clock
    await broker.place(entry())
    closing = {"stopLossPrice": 45_000, "closePosition": True, "clientOrderId": "byhand"}
    await hand.create_order(BTC, "market", "sell", 0, None, closing)
    rising = {"takeProfitPrice": 60_000, "reduceOnly": True, "clientOrderId": "hope"}
    await hand.create_order(BTC, "market", "sell", 0.05, None, rising)
    await hand.close()

    waiting = {name: state.order for name, state in (await told(broker)).items()}
    assert waiting["byhand"] == stop("byhand")
    assert waiting["hope"] == target("hope", "0.05", "60000")
    assert (await broker.find(waiting["hope"])).status is OrderStatus.OPEN
    await broker.cancel(waiting["hope"])
    assert [*await told(broker)] == ["byhand"]


async def test_amounts_and_prices_are_put_on_the_steps_with_no_more_risk(broker, ledger):
    await broker.place(entry(amount="0.1009"))
    assert ledger.position("BTCUSDT").amount == Decimal("0.1")
    asked = Order(
        client_order_id="bid",
        symbol=BTC,
        side=Side.BUY,
        type=OrderType.LIMIT,
        amount=Decimal("0.01"),
        price=Decimal("40000.19"),
        leverage=2,
    )
    await broker.place(asked)
    await broker.place(stop(price="45000.01"))
    waiting = await told(broker)
    assert waiting["bid"].order.price == Decimal("40000.1")
    assert waiting["stop"].order.stop_price == Decimal("45000.1")
