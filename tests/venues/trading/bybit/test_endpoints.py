"""Every endpoint of the floor answers an untouched ccxt, and is what a ledger in process would say."""

from decimal import Decimal

from tests.venues.trading import acknowledged, settings
from tests.venues.trading.bybit.opening import open_floor
from tests.venues.trading.bybit.routes import SIGNED
from tests.venues.trading.orders import Attached, Side, Wish
from tests.venues.trading.turns import settle, turn

BTC = "BTC/USDT:USDT"
ID = {"category": "linear", "symbol": "BTCUSDT"}


async def live(client):
    """A life that asks for everything once."""
    await client.set_margin_mode("isolated")
    await client.set_leverage(7, BTC)
    await client.set_position_mode(True, BTC)
    await client.set_position_mode(False, BTC)
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    await client.edit_order(order["id"], BTC, "limit", "buy", 0.2, 49_100)
    await client.cancel_order(order["id"], BTC)
    one = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.1, "price": 49_000}
    (two,) = await client.create_orders([one])
    await client.edit_orders([{**one, "id": two["id"], "price": 49_200}])
    await client.cancel_orders([two["id"]], BTC)
    await client.create_order(BTC, "market", "buy", 0.1)
    await client.privatePostV5PositionAddMargin(ID | {"margin": "50"})
    stop = {"stopLossPrice": 48_000}
    first = await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    await client.cancel_order(first["id"], BTC)
    both = stop | {"takeProfitPrice": 52_000}
    await client.create_order(BTC, "market", "sell", 0.1, None, both)
    await client.cancel_all_orders(BTC)
    await read(client, order["id"])


async def read(client, number):
    await client.fetch_order(number, BTC, {"acknowledged": True})
    await client.fetch_open_orders(BTC)
    await client.fetch_canceled_and_closed_orders(BTC)
    await client.fetch_balance()
    await client.fetch_positions([BTC])
    await client.fetch_leverage(BTC)
    await client.fetch_margin_mode(BTC)
    await client.fetch_trading_fee(BTC)
    await client.fetch_my_trades(BTC)
    await client.fetch_ledger("USDT")


async def test_every_endpoint_answers_ccxt(client, venue):
    await live(client)
    asked = {(entry.method, entry.path) for entry in venue.journal.asked("/v5/")}
    assert SIGNED.keys() - asked == set()


async def test_the_ledger_in_process_lives_the_same_life_as_the_one_behind_http(
    client, venues, venue, floor
):
    twin = open_floor(venue).ledger
    venue.floor = floor
    await client.set_margin_mode("isolated")
    params = {"clientOrderId": "a", "stopLoss": {"triggerPrice": 49_000}}
    await client.create_order(BTC, "market", "buy", 0.1, None, params)
    await venues.trade("BTC", 48_900.0)

    settings.set_all_isolated(twin, isolated=True)
    await venues.trade("BTC", 50_000.0)
    stop = Attached(trigger=Decimal("49000.0"), whole=True)
    quantity = Decimal("0.1")
    wish = Wish(
        symbol="BTCUSDT", side=Side.BUY, quantity=quantity, client_id="a", attached=(stop,)
    )
    acknowledged.take(twin, wish)
    settle(twin)
    await venues.trade("BTC", 48_900.0)
    turn(twin)
    assert twin.state == floor.ledger.state
