"""Every endpoint of the floor answers an untouched ccxt, and is what a ledger in process would say."""

from decimal import Decimal

from tests.venues.trading.orders import Side
from tests.venues.trading.upbit import dealing
from tests.venues.trading.upbit.account import Wish
from tests.venues.trading.upbit.floor import PATHS, SIGNED
from tests.venues.trading.upbit.opening import open_floor

BTC = "BTC/KRW"


async def live(client):
    """A life that asks for everything once."""
    await client.create_order(BTC, "limit", "buy", 0.01, 60_000_000, {"test": True})
    order = await client.create_order(BTC, "limit", "buy", 0.01, 60_000_000)
    order = await client.edit_order(order["id"], BTC, "limit", "buy", 0.01, 61_000_000)
    await client.fetch_order(order["id"])
    await client.fetch_open_orders(BTC)
    await client.cancel_order(order["id"])
    await client.fetch_closed_orders(BTC)
    await client.privateGetOrdersUuids({"uuids[]": order["id"]})
    await client.privateDeleteOrdersOpen({})
    await client.fetch_trading_fee(BTC)
    await client.fetch_balance()
    await client.privateGetApiKeys()


async def test_every_endpoint_answers_ccxt(client, venue):
    await live(client)
    asked = {(entry.method, entry.path) for entry in venue.journal.asked("/v1/")}
    assert SIGNED.keys() - asked == set()
    assert PATHS - {path for _, path in asked} == set()


async def test_the_ledger_in_process_lives_the_same_life_as_the_one_behind_http(
    client, venues, venue, floor
):
    twin = open_floor(venue)
    venue.floor = floor
    params = {"cost": 1_000_000, "clientOrderId": "a"}
    await client.create_order(BTC, "market", "buy", None, None, params)
    await client.create_order(BTC, "limit", "sell", 0.01, 71_000_000, {"clientOrderId": "s"})
    await venues.trade("BTC", 51_000.0)

    await venues.trade("BTC", 50_000.0)
    spend = Wish(
        market="KRW-BTC", side=Side.BUY, kind="price", price=Decimal(1_000_000), identifier="a"
    )
    offer = Wish(
        market="KRW-BTC",
        side=Side.SELL,
        kind="limit",
        price=Decimal(71_000_000),
        volume=Decimal("0.01"),
        identifier="s",
    )
    for wish in (spend, offer):
        dealing.place(twin.ledger, wish)
    await venues.trade("BTC", 51_000.0)
    twin.happen()
    assert twin.ledger.state == floor.ledger.state
