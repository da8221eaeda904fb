"""Every endpoint of the floor answers an untouched ccxt, and is what a ledger in process would say."""

from decimal import Decimal

from tests.venues.trading import conditional, matching, settings
from tests.venues.trading.algos import Condition
from tests.venues.trading.binance.opening import open_floor
from tests.venues.trading.binance.routes import SIGNED
from tests.venues.trading.orders import Side, Wish
from tests.venues.trading.turns import settle, turn

BTC = "BTC/USDT:USDT"
ID = {"symbol": "BTCUSDT"}


async def live(client):
    """A life that asks for everything once."""
    await client.set_margin_mode("isolated", BTC)
    await client.set_leverage(10, BTC)
    await client.set_position_mode(True)
    await client.set_position_mode(False)
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    await client.fapiPrivatePostOrderTest(
        ID | {"side": "BUY", "type": "MARKET", "quantity": "0.1"}
    )
    await client.fetch_open_order(order["id"], BTC)
    await client.edit_order(order["id"], BTC, "limit", "buy", 0.2, 49_100)
    await client.fetch_order(order["id"], BTC)
    await client.cancel_order(order["id"], BTC)
    one = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.1, "price": 49_000}
    (two,) = await client.create_orders([one])
    await client.edit_orders([{**one, "id": two["id"], "price": 49_200}])
    await client.cancel_orders([two["id"]], BTC)
    await client.create_order(BTC, "market", "buy", 0.1)
    await client.add_margin(BTC, 50)
    stop = {"stopLossPrice": 48_000, "closePosition": True}
    first = await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    await client.fetch_order(first["id"], BTC, {"trigger": True})
    await client.fetch_open_orders(BTC, params={"trigger": True})
    await client.cancel_order(first["id"], BTC, {"trigger": True})
    await client.fetch_orders(BTC, params={"trigger": True})
    await client.cancel_all_orders(BTC, {"trigger": True})
    await client.cancel_all_orders(BTC)
    await read(client)


async def read(client):
    await client.fetch_open_orders(BTC)
    await client.fetch_orders(BTC)
    await client.fetch_balance()
    await client.fapiPrivateV3GetBalance()
    await client.fapiPrivateV2GetBalance()
    await client.fetch_positions([BTC])
    await client.fapiPrivateV2GetPositionRisk(ID)
    await client.fetch_leverage(BTC)
    await client.fetch_trading_fee(BTC)
    await client.fetch_position_mode()
    await client.fapiPrivateGetMultiAssetsMargin()
    await client.fetch_my_trades(BTC)
    await client.fetch_ledger("USDT")
    await client.fetch_my_liquidations(BTC)


async def test_every_endpoint_answers_ccxt(client, venue):
    await live(client)
    asked = {(entry.method, entry.path) for entry in venue.journal.asked("/fapi/")}
    assert SIGNED.keys() - asked == set()


async def test_the_ledger_in_process_lives_the_same_life_as_the_one_behind_http(
    client, venues, venue, floor
):
    twin = open_floor(venue).ledger
    venue.floor = floor
    await client.set_margin_mode("isolated", BTC)
    await client.create_order(BTC, "market", "buy", 0.1, None, {"clientOrderId": "a"})
    stop = {"stopLossPrice": 49_000, "closePosition": True, "clientOrderId": "s"}
    await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    await venues.trade("BTC", 48_900.0)

    settings.set_isolated(twin, "BTCUSDT", isolated=True)
    await venues.trade("BTC", 50_000.0)
    bought = Wish(symbol="BTCUSDT", side=Side.BUY, quantity=Decimal("0.1"), client_id="a")
    matching.place(twin, bought)
    closing = Condition(
        symbol="BTCUSDT",
        side=Side.SELL,
        type="STOP_MARKET",
        trigger=Decimal(49_000),
        closes=True,
        client_id="s",
    )
    conditional.place(twin, closing)
    settle(twin)
    await venues.trade("BTC", 48_900.0)
    turn(twin)
    assert twin.state == floor.ledger.state
