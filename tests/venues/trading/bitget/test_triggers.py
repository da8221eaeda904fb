"""Triggers and trails of an untouched ccxt on the fake Bitget."""

from decimal import Decimal

BTC = "BTC/USDT:USDT"
OURS = {"trigger": True, "planType": "profit_loss"}
ISOLATED = {"marginMode": "isolated"}


def held(ledger):
    return ledger.position("BTCUSDT").amount


async def marked(venues, price):
    venues.world["BTC"].mark_price = float(price)
    await venues.pulse()


async def test_a_trigger_opens_and_protects_itself(client, venues, ledger):
    asked = {"triggerPrice": 51_000, "clientOrderId": "b1", "stopLoss": {"triggerPrice": 50_000}}
    asked["stopLoss"]["price"] = 49_900
    await client.create_order(BTC, "market", "buy", 0.1, None, ISOLATED | asked)
    (told,) = await client.fetch_open_orders(BTC, params={"trigger": True})
    assert (told["clientOrderId"], told["stopLossPrice"]) == ("b1", 50_000)
    await marked(venues, 51_001)
    await venues.trade("BTC", 51_000.0)
    assert held(ledger) == Decimal("0.1")
    assert [o["info"]["planType"] for o in await client.fetch_open_orders(BTC, params=OURS)] == [
        "loss_plan"
    ]


async def test_a_trigger_may_wait_on_either_side_and_be_moved(client, venues, ledger):
    asked = ISOLATED | {"triggerPrice": 48_000}
    placed = await client.create_order(BTC, "limit", "buy", 0.1, 47_900, asked)
    await client.edit_order(
        placed["id"], BTC, "limit", "buy", 0.2, 48_400, {"triggerPrice": 48_500}
    )
    await marked(venues, 48_499)
    (resting,) = await client.fetch_open_orders(BTC)
    assert (resting["amount"], resting["price"]) == (0.2, 48_400)


async def test_a_trail_follows_the_price(client, venues, ledger):
    await client.create_order(BTC, "market", "buy", 0.1, None, ISOLATED)
    trail = ISOLATED | {"trailingPercent": 1, "trailingTriggerPrice": 50_500, "reduceOnly": True}
    asked = trail | {"triggerType": "fill_price"}
    await client.create_order(BTC, "market", "sell", 0.1, None, asked)
    assert len(await client.fetch_open_orders(BTC, params={"trailing": True})) == 1
    for price in (50_600.0, 51_000.0, 50_480.0):
        await venues.trade("BTC", price)
    assert held(ledger) == 0
