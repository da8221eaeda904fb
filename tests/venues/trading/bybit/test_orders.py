"""An untouched ccxt creates, finds, lists, changes and cancels orders on the fake Bybit."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.world import HOUR

BTC = "BTC/USDT:USDT"


def held(ledger):
    return ledger.position("BTCUSDT").amount


async def find(client, name):
    """The recipe for a client's name: among the open ones, then among the closed."""
    params = {"orderLinkId": name}
    found = await client.fetch_open_orders(BTC, params=params)
    return found or await client.fetch_canceled_and_closed_orders(BTC, params=params)


async def one(client, name):
    (order,) = await find(client, name)
    return order


async def buy(client, name, amount=0.1, **more):
    params = {"clientOrderId": name} | more
    return await client.create_order(BTC, "market", "buy", amount, None, params)


async def test_an_order_is_acknowledged_with_its_ids_and_nothing_else(client, ledger):
    order = await buy(client, "a1")
    assert (order["clientOrderId"], order["status"], order["filled"]) == ("a1", None, None)
    found = await one(client, "a1")
    told = [found[key] for key in ("id", "status", "filled", "average", "side")]
    assert told == [order["id"], "closed", 0.1, 50_000.1, "buy"]
    assert held(ledger) == Decimal("0.1")


async def test_a_limit_order_rests_is_found_and_is_cancelled_by_name(client, ledger):
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_000, {"clientOrderId": "a1"})
    found = await one(client, "a1")
    assert (found["id"], found["status"], found["price"]) == (order["id"], "open", 49_000)
    gone = await client.cancel_order(None, BTC, {"orderLinkId": "a1"})
    assert (gone["id"], gone["status"]) == (order["id"], None)
    assert (await one(client, "a1"))["status"] == "canceled"
    assert await client.fetch_open_orders(BTC) == []


async def test_a_name_is_never_free_again(client, ledger):
    await buy(client, "a1")
    with pytest.raises(ccxt.InvalidOrder, match="110072"):
        await buy(client, "a1")
    stop = {"stopLossPrice": 45_000, "clientOrderId": "a1"}
    with pytest.raises(ccxt.InvalidOrder, match="110072"):
        await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    assert held(ledger) == Decimal("0.1")


async def test_a_number_that_is_none_hides_the_name(client):
    await buy(client, "a1")
    params = {"orderLinkId": "a1", "acknowledged": True}
    with pytest.raises(ccxt.OrderNotFound):
        await client.fetch_order(None, BTC, params)


async def test_what_was_traded_through_is_filled(client, venues):
    await client.create_order(BTC, "limit", "buy", 0.1, 49_900, {"clientOrderId": "a1"})
    await venues.trade("BTC", 49_899.0)
    assert (await one(client, "a1"))["average"] == 49_900


async def test_a_post_only_order_that_would_take_is_acknowledged_and_cancelled(client, ledger):
    params = {"postOnly": True, "clientOrderId": "a1"}
    await client.create_order(BTC, "limit", "buy", 0.1, 50_001, params)
    found = await one(client, "a1")
    told = found["status"], found["info"]["rejectReason"]
    assert told == ("canceled", "EC_PostOnlyWillTakeLiquidity")
    await client.create_order(BTC, "limit", "buy", 0.1, 49_999, params | {"clientOrderId": "a2"})
    assert (await one(client, "a2"))["info"]["timeInForce"] == "PostOnly"


async def test_an_immediate_order_with_nothing_to_take_is_over(client):
    params = {"timeInForce": "IOC", "clientOrderId": "a1"}
    await client.create_order(BTC, "limit", "buy", 0.1, 49_999, params)
    found = await one(client, "a1")
    assert (found["status"], found["filled"]) == ("canceled", 0)
    assert found["info"]["rejectReason"] == "EC_NoImmediateQtyToFill"


async def test_an_order_may_fail_after_it_was_acknowledged(client, venues, ledger):
    ledger.state.latency = 200
    for name in ("a1", "a2"):
        await buy(client, name, 1.2)
        assert await find(client, name) == []
    await venues.advance(seconds=1)
    first, second = await one(client, "a1"), await one(client, "a2")
    assert (first["status"], second["status"]) == ("closed", "rejected")
    assert second["info"]["cancelType"] == "CancelByCannotAffordOrderCost"
    assert held(ledger) == Decimal("1.2")


async def test_an_order_is_changed_in_place(client):
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    await client.edit_order(order["id"], BTC, "limit", "buy", 0.2, 49_100)
    (changed,) = await client.fetch_open_orders(BTC)
    assert (changed["id"], changed["amount"], changed["price"]) == (order["id"], 0.2, 49_100)


async def test_several_orders_in_one_request_have_fates_of_their_own(client, ledger):
    asked = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.1, "price": 49_000}
    orders = await client.create_orders([asked, {**asked, "amount": 90}])
    assert [bool(order["id"]) for order in orders] == [True, False]
    await client.cancel_orders([orders[0]["id"]], BTC)
    assert ledger.open_orders() == []


async def test_one_list_holds_every_kind_and_one_call_cancels_them(client, ledger):
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    await client.create_order(BTC, "market", "sell", 0.1, None, {"stopLossPrice": 45_000})
    assert len(await client.fetch_open_orders(BTC)) == 2
    (stop,) = await client.fetch_open_orders(BTC, params={"trigger": True})
    assert stop["info"]["orderStatus"] == "Untriggered"
    await client.cancel_all_orders(BTC)
    assert (ledger.open_orders(), ledger.open_algos()) == ([], [])


async def test_a_page_holds_twenty_and_at_most_fifty(client):
    one = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.01, "price": 40_000}
    names = [f"a{n}" for n in range(55)]
    for part in (names[:20], names[20:40], names[40:]):
        await client.create_orders([one | {"params": {"clientOrderId": n}} for n in part])
    assert len(await client.fetch_open_orders(BTC)) == 20
    assert len(await client.fetch_open_orders(BTC, limit=100)) == 50
    seen, after = [], ""
    while True:
        asked = {"category": "linear", "symbol": "BTCUSDT", "cursor": after, "limit": 50}
        told = (await client.privateGetV5OrderRealtime(asked))["result"]
        if not told["list"]:
            break
        seen += [row["orderLinkId"] for row in told["list"]]
        after = told["nextPageCursor"]
    assert seen == names[::-1]
    whole = await client.fetch_open_orders(BTC, params={"paginate": True})
    assert len(whole) == 55


async def test_what_ended_without_a_fill_is_forgotten_after_a_day(client, venues):
    await buy(client, "a1", 0.01)
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000, {"clientOrderId": "a2"})
    await client.cancel_order(None, BTC, {"orderLinkId": "a2"})
    venues.world.clock.now += 25 * HOUR
    await venues.pulse()
    past = await client.fetch_canceled_and_closed_orders(BTC)
    assert [order["clientOrderId"] for order in past] == ["a1"]


async def test_what_has_closed_is_found_by_name_until_the_venue_restarts(client, venues, ledger):
    await buy(client, "a1")
    params = {"orderLinkId": "a1"}
    assert len(await client.fetch_open_orders(BTC, params=params)) == 1
    await venues.advance(seconds=1)
    ledger.state.restarted = venues.world.now
    assert await client.fetch_open_orders(BTC, params=params) == []
    assert (await one(client, "a1"))["status"] == "closed"


async def test_the_last_that_closed_are_listed_when_asked_for(client):
    await buy(client, "a1")
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    closed = await client.fetch_open_orders(BTC, params={"openOnly": 1})
    assert [order["clientOrderId"] for order in closed] == ["a1"]


REFUSED = [
    ({"amount": 90}, "110007", ccxt.InsufficientFunds),
    ({"params": {"reduceOnly": True}}, "110017", ccxt.InvalidOrder),
    ({"params": {"positionIdx": 1}}, "position idx not match", ccxt.BadRequest),
    ({"type": "limit", "price": 60_000, "amount": 0.1}, "110003", ccxt.InvalidOrder),
    ({"params": {"stopLossPrice": 60_000}, "side": "sell"}, "110093", ccxt.InvalidOrder),
    ({"params": {"takeProfitPrice": 40_000}, "side": "sell"}, "110092", ccxt.InvalidOrder),
    ({"params": {"stopLoss": {"triggerPrice": 60_000}}}, "base_price", ccxt.BadRequest),
    ({"params": {"qty": ["1"]}}, "qty invalid", ccxt.BadRequest),
    ({"params": {"clientOrderId": "not allowed!"}}, "orderLinkId", ccxt.BadRequest),
    ({"params": {"clientOrderId": "a" * 37}}, "orderLinkId invalid", ccxt.BadRequest),
]


@pytest.mark.parametrize(("asked", "code", "kind"), REFUSED, ids=[code for _, code, _ in REFUSED])
async def test_refusals_become_ccxts_errors(client, ledger, asked, code, kind):
    whole = {"type": "market", "side": "buy", "amount": 0.002, "price": None, "params": {}} | asked
    with pytest.raises(kind, match=code):
        await client.create_order(
            BTC, whole["type"], whole["side"], whole["amount"], whole["price"], whole["params"]
        )
    assert (held(ledger), ledger.open_algos()) == (0, [])


async def test_an_order_may_be_too_small(client, venues):
    venues.world["BTC"].min_notional = Decimal(100)
    with pytest.raises(ccxt.InvalidOrder, match="110094"):
        await client.create_order(BTC, "market", "buy", 0.001)


async def test_what_is_not_there_is_not_cancelled(client):
    for params in ({"orderLinkId": "nobody"}, {"orderId": "123"}):
        with pytest.raises(ccxt.OrderNotFound, match="110001"):
            await client.cancel_order(None, BTC, params)


async def test_the_name_for_cancelling_is_not_translated_by_ccxt(client):
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000, {"clientOrderId": "a1"})
    with pytest.raises(ccxt.BadRequest, match="10001"):
        await client.cancel_order(None, BTC, {"clientOrderId": "a1"})


async def test_a_close_is_refused_while_a_take_profit_uses_the_quantity(client):
    await buy(client, "a1")
    await client.create_order(BTC, "limit", "sell", 0.1, 51_000, {"reduceOnly": True})
    with pytest.raises(ccxt.InvalidOrder, match="110017"):
        await client.create_order(BTC, "market", "sell", 0.1, None, {"reduceOnly": True})
