"""An untouched ccxt creates, finds, lists, changes and cancels orders on the fake Binance."""

from decimal import Decimal

import ccxt
import pytest

BTC = "BTC/USDT:USDT"


def held(ledger):
    return ledger.position("BTCUSDT").amount


async def test_a_market_order_comes_back_filled_under_our_name(client, ledger):
    order = await client.create_order(BTC, "market", "buy", 0.1, None, {"clientOrderId": "a1"})
    told = [order[key] for key in ("clientOrderId", "status", "filled", "average", "side")]
    assert told == ["a1", "closed", 0.1, 50_000.1, "buy"]
    assert held(ledger) == Decimal("0.1")


async def test_a_limit_order_rests_is_found_both_ways_and_is_cancelled(client, ledger):
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_000, {"clientOrderId": "a1"})
    by_name = await client.fetch_order(None, BTC, {"clientOrderId": "a1"})
    by_number = await client.fetch_order(order["id"], BTC)
    assert (by_name["id"], by_number["status"]) == (order["id"], "open")
    assert [o["id"] for o in await client.fetch_open_orders(BTC)] == [order["id"]]
    cancelled = await client.cancel_order(None, BTC, {"clientOrderId": "a1"})
    assert cancelled["status"] == "canceled"
    assert await client.fetch_open_orders(BTC) == []
    assert [o["status"] for o in await client.fetch_orders(BTC)] == ["canceled"]


async def test_what_was_traded_through_is_filled(client, venues):
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_900)
    await venues.trade("BTC", 49_899.0)
    assert (await client.fetch_order(order["id"], BTC))["average"] == 49_900


async def test_post_only_and_immediate_orders(client, ledger):
    with pytest.raises(ccxt.OrderNotFillable, match="-5022"):
        await client.create_order(BTC, "limit", "buy", 0.1, 50_001, {"postOnly": True})
    resting = await client.create_order(BTC, "limit", "buy", 0.1, 49_999, {"postOnly": True})
    assert (resting["status"], resting["postOnly"]) == ("open", True)
    gone = await client.create_order(BTC, "limit", "buy", 0.1, 49_999, {"timeInForce": "IOC"})
    assert (gone["status"], gone["filled"]) == ("expired", 0)


async def test_an_order_is_changed_in_place(client):
    order = await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    await client.edit_order(order["id"], BTC, "limit", "buy", 0.2, 49_100)
    (changed,) = await client.fetch_open_orders(BTC)
    assert (changed["id"], changed["amount"], changed["price"]) == (order["id"], 0.2, 49_100)


async def test_several_orders_in_one_request_have_fates_of_their_own(client, ledger):
    one = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.1, "price": 49_000}
    orders = await client.create_orders([one, {**one, "amount": 90}])
    refused, taken = sorted(orders, key=lambda order: order["status"], reverse=True)
    assert (refused["status"], taken["status"]) == ("rejected", "open")
    await client.cancel_orders([taken["id"]], BTC)
    assert ledger.open_orders() == []


async def test_cancelling_all_leaves_the_stops_alive(client, ledger):
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    await client.create_order(BTC, "market", "sell", 0.1, None, {"stopLossPrice": 45_000})
    await client.cancel_all_orders(BTC)
    assert (len(ledger.open_orders()), len(ledger.open_algos())) == (0, 1)
    await client.cancel_all_orders(BTC, {"trigger": True})
    assert ledger.open_algos() == []


async def test_a_stop_is_found_listed_triggered_and_finished(client, venues, ledger):
    await client.create_order(BTC, "market", "buy", 0.1)
    params = {
        "stopLossPrice": 49_000,
        "closePosition": True,
        "workingType": "MARK_PRICE",
        "clientOrderId": "s1",
    }
    stop = await client.create_order(BTC, "market", "sell", 0.1, None, params)
    assert (stop["clientOrderId"], stop["type"], stop["triggerPrice"]) == ("s1", "market", 49_000)
    assert await client.fetch_open_orders(BTC) == []
    (listed,) = await client.fetch_open_orders(BTC, params={"trigger": True})
    assert listed["id"] == stop["id"]
    venues.world["BTC"].mark_price = 48_999.0
    await venues.pulse()
    found = await client.fetch_order(None, BTC, {"trigger": True, "clientOrderId": "s1"})
    told = [found["status"], found["info"]["algoStatus"], found["info"]["actualQty"]]
    assert told == ["closed", "FINISHED", "0.100"]
    assert held(ledger) == 0


async def test_take_profits_and_trailing_stops_wait_in_the_same_book(client, venues, ledger):
    await client.create_order(BTC, "market", "buy", 0.2)
    reduce = {"reduceOnly": True}
    profit = {"takeProfitPrice": 51_000} | reduce
    await client.create_order(BTC, "market", "sell", 0.1, None, profit)
    trail = {"trailingPercent": 1, "trailingTriggerPrice": 50_500} | reduce
    await client.create_order(BTC, "market", "sell", 0.1, None, trail)
    listed = await client.fetch_open_orders(BTC, params={"trigger": True})
    assert sorted(o["info"]["orderType"] for o in listed) == [
        "TAKE_PROFIT_MARKET",
        "TRAILING_STOP_MARKET",
    ]
    await venues.trade("BTC", 51_000.0)
    assert held(ledger) == Decimal("0.1")
    await venues.trade("BTC", 50_400.0)
    assert held(ledger) == 0


async def test_a_waiting_stop_is_cancelled_by_name(client, ledger):
    stop = {"stopLossPrice": 45_000, "clientOrderId": "s1"}
    await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    await client.cancel_order(None, BTC, {"trigger": True, "clientOrderId": "s1"})
    assert ledger.open_algos() == []
    with pytest.raises(ccxt.OrderNotFound, match="-2011"):
        await client.cancel_order(None, BTC, {"trigger": True, "clientOrderId": "s1"})


REFUSED = [
    ({"amount": 90}, "-2019", ccxt.InsufficientFunds),
    ({"params": {"reduceOnly": True}}, "-2022", ccxt.InvalidOrder),
    ({"params": {"positionSide": "LONG"}}, "-4061", ccxt.OperationRejected),
    ({"type": "limit", "price": 20_000}, "-4164", ccxt.InvalidOrder),
    ({"type": "limit", "price": 60_000, "amount": 0.1}, "-4016", ccxt.BaseError),
    ({"params": {"stopLossPrice": 60_000, "x": 1}, "side": "sell"}, "-2021", ccxt.InvalidOrder),
    ({"params": {"clientOrderId": "not allowed!"}}, "-4015", ccxt.BaseError),
]


@pytest.mark.parametrize(("asked", "code", "kind"), REFUSED, ids=[code for _, code, _ in REFUSED])
async def test_refusals_become_ccxts_errors(client, venues, ledger, asked, code, kind):
    if code == "-4164":
        await venues.trade("BTC", 20_001.0)
        venues.world["BTC"].min_notional = Decimal(50)
    whole = {"type": "market", "side": "buy", "amount": 0.002, "price": None, "params": {}} | asked
    if code == "-4164":
        whole["amount"] = 0.001
    with pytest.raises(kind, match=code):
        await client.create_order(
            BTC, whole["type"], whole["side"], whole["amount"], whole["price"], whole["params"]
        )
    assert held(ledger) == 0


async def test_what_is_not_there_is_not_found(client):
    for find in (client.fetch_order, client.cancel_order):
        with pytest.raises(ccxt.OrderNotFound):
            await find("123", BTC)


async def test_the_old_endpoint_takes_no_conditions(client):
    asked = {"symbol": "BTCUSDT", "side": "SELL", "type": "STOP_MARKET", "stopPrice": "49000"}
    with pytest.raises(ccxt.BaseError, match="-4120"):
        await client.fapiPrivatePostOrder(asked)


async def test_a_close_is_refused_while_a_take_profit_uses_the_quantity(client):
    await client.create_order(BTC, "market", "buy", 0.1)
    await client.create_order(BTC, "limit", "sell", 0.1, 51_000, {"reduceOnly": True})
    with pytest.raises(ccxt.BaseError, match="-4118"):
        await client.create_order(BTC, "market", "sell", 0.1, None, {"reduceOnly": True})


async def test_a_name_sent_twice_buys_twice_once_the_first_is_filled(client, ledger):
    for _ in range(2):
        await client.create_order(BTC, "market", "buy", 0.1, None, {"clientOrderId": "a"})
    assert held(ledger) == Decimal("0.2")


async def test_a_name_that_is_open_is_refused(client):
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000, {"clientOrderId": "a"})
    with pytest.raises(ccxt.InvalidOrder, match="-4116"):
        await client.create_order(BTC, "market", "buy", 0.1, None, {"clientOrderId": "a"})
