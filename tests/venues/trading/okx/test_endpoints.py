"""Every endpoint of the floor answers an untouched ccxt, and is what a ledger in process would say."""

from decimal import Decimal

from tests.venues.trading import acknowledged
from tests.venues.trading.okx.books import book_of
from tests.venues.trading.okx.opening import open_floor
from tests.venues.trading.okx.routes import LISTS, ORDERS
from tests.venues.trading.orders import Attached, Side, Wish
from tests.venues.trading.turns import settle, turn

BTC = "BTC/USDT:USDT"
SWAP = {"instId": "BTC-USDT-SWAP"}
ISOLATED = {"marginMode": "isolated"}


async def live(client):
    """A life that asks for everything once."""
    await client.set_position_mode(False)
    await client.set_leverage(10, BTC, ISOLATED)
    order = await client.create_order(BTC, "limit", "buy", 10, 49_000)
    await client.edit_order(order["id"], BTC, "limit", "buy", 20, 49_100)
    await client.fetch_order(order["id"], BTC)
    await client.fetch_open_orders(BTC)
    await client.cancel_order(order["id"], BTC)
    one = SWAP | {"tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "1", "px": "49000"}
    (two,) = (await client.privatePostTradeOrder(one))["data"]
    changes = {"id": two["ordId"], "symbol": BTC, "type": "limit", "side": "buy", "amount": 2}
    await client.edit_orders([changes])
    await client.cancel_orders([two["ordId"]], BTC)
    await client.create_order(BTC, "market", "buy", 10, None, ISOLATED)
    added = SWAP | {"amt": "50", "type": "add", "posSide": "net"}
    await client.privatePostAccountPositionMarginBalance(added)
    await plans(client)
    await client.close_position(BTC, None, ISOLATED)
    await read(client)


async def plans(client):
    stop = {"stopLossPrice": 48_000, "newSlOrdPx": "-1"}
    first = await client.create_order(BTC, "market", "sell", 10, None, stop | ISOLATED)
    moved = stop | {"stopLossPrice": 47_000}
    await client.edit_order(first["id"], BTC, "conditional", "sell", None, None, moved)
    await client.fetch_order(first["id"], BTC, {"trigger": True})
    await client.fetch_open_orders(BTC, params={"trigger": True, "ordType": "conditional"})
    await client.cancel_order(first["id"], BTC, {"trigger": True})
    kind = {"trigger": True, "ordType": "conditional"}
    assert len(await client.fetch_canceled_orders(BTC, params=kind)) == 1


async def read(client):
    await client.fetch_canceled_orders(BTC)
    await client.fetch_closed_orders(BTC, params={"method": "privateGetTradeOrdersHistoryArchive"})
    await client.fetch_balance()
    await client.fetch_positions([BTC])
    await client.fetch_leverage(BTC)
    await client.fetch_position_mode()
    await client.fetch_trading_fee(BTC)
    await client.fetch_my_trades(BTC)
    await client.privateGetTradeFills()
    await client.fetch_ledger("USDT")
    await client.fetch_funding_history(BTC)


async def test_every_endpoint_answers_ccxt(client, venue):
    await live(client)
    asked = {(entry.method, entry.path) for entry in venue.journal.asked("/api/v5/")}
    assert LISTS.keys() - asked == set()
    assert {("POST", path) for path in ORDERS} - asked == set()


async def test_the_ledger_in_process_lives_the_same_life_as_the_one_behind_http(
    client, venues, venue, floor
):
    twin = open_floor(venue).ledger
    venue.floor = floor
    params = {"clientOrderId": "a", "stopLoss": {"triggerPrice": 49_000}} | ISOLATED
    await client.create_order(BTC, "market", "buy", 10, None, params)
    await venues.trade("BTC", 48_900.0)

    await venues.trade("BTC", 50_000.0)
    wish = Wish(
        symbol=book_of("BTC-USDT-SWAP", "isolated"),
        side=Side.BUY,
        quantity=Decimal("0.1"),
        client_id="a",
        attached=(Attached(trigger=Decimal("49000.0")),),
    )
    acknowledged.take(twin, wish)
    settle(twin)
    await venues.trade("BTC", 48_900.0)
    turn(twin)
    assert twin.state == floor.ledger.state
