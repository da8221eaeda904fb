"""Every endpoint of the floor answers an untouched ccxt, and is what a ledger in process would say."""

from decimal import Decimal

from tests.venues.trading import conditional, matching, settings
from tests.venues.trading.algos import Condition
from tests.venues.trading.bitget.opening import open_floor
from tests.venues.trading.bitget.routes import SIGNED
from tests.venues.trading.orders import Side, Wish

BTC = "BTC/USDT:USDT"
ISOLATED = {"marginMode": "isolated"}
ID = {"symbol": "BTCUSDT", "productType": "USDT-FUTURES"}


async def live(client):
    """A life that asks for everything once."""
    await client.set_margin_mode("isolated", BTC)
    await client.set_leverage(10, BTC)
    await client.set_position_mode(False, BTC)
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_000, ISOLATED)
    order = await client.edit_order(order["id"], BTC, "limit", "buy", 0.2, 49_100)
    await client.fetch_order(order["id"], BTC)
    await client.cancel_order(order["id"], BTC)
    one = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.1, "price": 49_000}
    (two,) = await client.create_orders([one | {"params": ISOLATED}])
    await client.cancel_orders([two["id"]], BTC)
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000, ISOLATED)
    await client.privateMixPostV2MixOrderCancelAllOrders({"productType": "USDT-FUTURES"})
    await client.create_order(BTC, "market", "buy", 0.1, None, ISOLATED)
    await client.add_margin(BTC, 50, {"holdSide": "long"})
    await plan(client)
    await read(client)
    await client.close_position(BTC)


async def plan(client):
    stop = {"stopLossPrice": 48_000}
    first = await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    moved = {"stopLossPrice": 48_500}
    await client.edit_order(first["id"], BTC, "market", "sell", 0.1, None, moved)
    trigger = {"triggerPrice": 51_000}
    second = await client.create_order(BTC, "market", "buy", 0.1, None, ISOLATED | trigger)
    await client.edit_order(
        second["id"], BTC, "market", "buy", 0.2, None, {"triggerPrice": 51_500}
    )
    await client.fetch_open_orders(BTC, params={"trigger": True})
    await client.cancel_order(second["id"], BTC, {"trigger": True})
    await client.fetch_canceled_and_closed_orders(BTC, params={"trigger": True})


async def read(client):
    await client.fetch_open_orders(BTC)
    await client.fetch_canceled_and_closed_orders(BTC)
    await client.fetch_balance()
    await client.fetch_positions([BTC])
    await client.fetch_position(BTC)
    await client.fetch_leverage(BTC)
    await client.fetch_my_trades(BTC)
    await client.privateMixGetV2MixOrderFillHistory(ID)
    await client.fetch_ledger("USDT")


async def test_every_endpoint_answers_ccxt(client, venue):
    await live(client)
    asked = {(entry.method, entry.path) for entry in venue.journal.asked("/api/v2/mix")}
    assert SIGNED.keys() - asked == set()


async def test_the_ledger_in_process_lives_the_same_life_as_the_one_behind_http(
    client, venues, venue, floor
):
    twin = open_floor(venue)
    venue.floor = floor
    params = ISOLATED | {"clientOrderId": "a"}
    await client.create_order(BTC, "market", "buy", 0.1, None, params)
    stop = {"stopLossPrice": 49_000, "clientOrderId": "s"}
    await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    await venues.trade("BTC", 48_900.0)

    await venues.trade("BTC", 50_000.0)
    settings.set_isolated(twin.ledger, "BTCUSDT", isolated=True)
    bought = Wish(symbol="BTCUSDT", side=Side.BUY, quantity=Decimal("0.1"), client_id="a")
    matching.place(twin.ledger, bought)
    closing = Condition(
        symbol="BTCUSDT",
        side=Side.SELL,
        type="STOP_MARKET",
        trigger=Decimal(49_000),
        attached=True,
        closes=True,
        by_mark=True,
        client_id="s",
    )
    conditional.place(twin.ledger, closing)
    await venues.trade("BTC", 48_900.0)
    twin.happen()
    assert twin.ledger.state == floor.ledger.state
