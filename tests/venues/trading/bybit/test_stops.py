"""Conditional orders, and stops that belong to a position, through an untouched ccxt on the fake Bybit."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.trading.fate import transfer

BTC = "BTC/USDT:USDT"


def held(ledger):
    return ledger.position("BTCUSDT").amount


async def stops(client, **params):
    return await client.fetch_open_orders(BTC, params={"trigger": True} | params)


async def buy(client, amount=0.1, **params):
    return await client.create_order(BTC, "market", "buy", amount, None, params)


async def stop(client, price, name, amount=0.1):
    params = {"stopLossPrice": price, "clientOrderId": name}
    return await client.create_order(BTC, "market", "sell", amount, None, params)


async def test_a_stop_keeps_its_id_when_it_is_triggered(client, venues, ledger):
    await buy(client)
    order = await stop(client, 49_000, "s1")
    (listed,) = await stops(client)
    told = [listed[key] for key in ("id", "clientOrderId", "triggerPrice", "reduceOnly", "status")]
    assert told == [order["id"], "s1", 49_000, True, "open"]
    await venues.trade("BTC", 48_990.0)
    assert await stops(client) == []
    params = {"orderLinkId": "s1"}
    (done,) = await client.fetch_canceled_and_closed_orders(BTC, params=params)
    assert (done["id"], done["status"], done["filled"]) == (order["id"], "closed", 0.1)
    assert held(ledger) == 0


async def test_a_take_profit_and_a_stop_wait_in_the_same_list(client, venues, ledger):
    await buy(client)
    await stop(client, 49_000, "s1")
    profit = {"takeProfitPrice": 51_000, "clientOrderId": "t1"}
    await client.create_order(BTC, "market", "sell", 0.1, None, profit)
    assert {o["clientOrderId"]: o["triggerPrice"] for o in await stops(client)} == {
        "s1": 49_000,
        "t1": 51_000,
    }
    await venues.trade("BTC", 51_010.0)
    assert held(ledger) == 0
    assert [o["clientOrderId"] for o in await stops(client)] == ["s1"]


async def test_an_orphan_that_is_triggered_opens_nothing(client, venues, ledger):
    await buy(client)
    await stop(client, 49_000, "s1")
    await client.create_order(BTC, "market", "sell", 0.1, None, {"reduceOnly": True})
    await venues.trade("BTC", 48_990.0)
    (done,) = await client.fetch_canceled_and_closed_orders(BTC, params={"orderLinkId": "s1"})
    assert (done["status"], done["info"]["cancelType"]) == ("canceled", "CancelByReduceOnly")
    assert held(ledger) == 0


async def test_a_mark_price_may_trigger(client, venues, ledger):
    await buy(client)
    params = {"stopLossPrice": 49_000, "triggerBy": "MarkPrice"}
    await client.create_order(BTC, "market", "sell", 0.1, None, params)
    venues.world["BTC"].mark_price = 48_999.0
    await venues.pulse()
    assert held(ledger) == 0


async def test_a_plain_trigger_says_its_direction(client, venues, ledger):
    params = {"triggerPrice": 50_500, "triggerDirection": "ascending"}
    await client.create_order(BTC, "market", "buy", 0.1, None, params)
    await venues.trade("BTC", 50_510.0)
    assert held(ledger) == Decimal("0.1")


async def test_a_conditional_order_may_be_too_dear_when_it_is_triggered(client, venues, ledger):
    params = {"triggerPrice": 50_500, "triggerDirection": "ascending", "clientOrderId": "c1"}
    await client.create_order(BTC, "market", "buy", 1, None, params)
    transfer(ledger, Decimal(-9_000))
    await venues.trade("BTC", 50_510.0)
    (done,) = await client.fetch_canceled_and_closed_orders(BTC, params={"orderLinkId": "c1"})
    told = done["status"], done["info"]["cancelType"]
    assert told == ("canceled", "CancelByCannotAffordOrderCost")
    assert held(ledger) == 0


async def test_there_are_ten_conditional_orders_a_contract_and_no_more(client, ledger):
    await buy(client, stopLoss={"triggerPrice": 45_000})
    for n in range(10):
        await stop(client, 44_000 + n, f"s{n}", 0.01)
    with pytest.raises(ccxt.InvalidOrder, match="110009"):
        await stop(client, 44_100, "s10", 0.01)
    assert len(ledger.open_algos()) == 11


# -- attached


async def test_a_stop_that_comes_with_an_order_guards_its_position(client, venues, ledger):
    await buy(client, stopLoss={"triggerPrice": 49_000}, clientOrderId="a1")
    (listed,) = await stops(client)
    told = [listed["info"][key] for key in ("stopOrderType", "createType", "qty", "triggerPrice")]
    assert told == ["StopLoss", "CreateByStopLoss", "0.100", "49000.0"]
    (position,) = await client.fetch_positions([BTC])
    assert position["stopLossPrice"] == 49_000
    await venues.trade("BTC", 48_990.0)
    assert held(ledger) == 0


async def test_it_waits_for_the_fill_and_is_shown_with_the_order_until_then(
    client, venues, ledger
):
    params = {"stopLoss": {"triggerPrice": 48_000}, "takeProfit": {"triggerPrice": 52_000}}
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000, params)
    (order,) = await client.fetch_open_orders(BTC)
    assert (order["stopLossPrice"], order["takeProfitPrice"]) == (48_000, 52_000)
    assert await stops(client) == []
    await venues.trade("BTC", 48_990.0)
    assert sorted(o["triggerPrice"] for o in await stops(client)) == [48_000, 52_000]


async def test_it_grows_with_the_position_and_goes_with_it(client, ledger):
    await buy(client, stopLoss={"triggerPrice": 49_000})
    await buy(client)
    (listed,) = await stops(client)
    assert listed["amount"] == 0.2
    await client.create_order(BTC, "market", "sell", 0.2, None, {"reduceOnly": True})
    assert await stops(client) == []
    (gone,) = await client.fetch_canceled_and_closed_orders(BTC, params={"trigger": True})
    told = gone["status"], gone["info"]["cancelType"]
    assert told == ("canceled", "CancelByTpSlTsClear")


async def test_a_second_one_takes_the_place_of_the_first(client):
    await buy(client, stopLoss={"triggerPrice": 49_000})
    await buy(client, stopLoss={"triggerPrice": 48_000})
    assert [o["triggerPrice"] for o in await stops(client)] == [48_000]


async def test_a_partial_fill_is_guarded_at_once(client, venues, ledger):
    ledger.state.liquidity["BTCUSDT"] = Decimal("0.04")
    params = {"stopLoss": {"triggerPrice": 48_000}}
    await client.create_order(BTC, "limit", "buy", 0.1, 49_900, params)
    await venues.trade("BTC", 49_890.0)
    assert held(ledger) == Decimal("0.04")
    (listed,) = await stops(client)
    assert listed["amount"] == 0.04


async def test_the_stop_of_a_position_is_set_moved_and_taken_away(client, ledger):
    await buy(client)
    asked = {"category": "linear", "symbol": "BTCUSDT", "tpslMode": "Full"}
    for price in ("49000", "48500"):
        await client.privatePostV5PositionTradingStop(asked | {"stopLoss": price})
        assert [o["triggerPrice"] for o in await stops(client)] == [float(price)]
    await client.privatePostV5PositionTradingStop(asked | {"stopLoss": "0"})
    assert await stops(client) == []


async def test_a_part_of_a_position_is_guarded_through_the_other_endpoint(client, venues, ledger):
    await buy(client)
    params = {"stopLossPrice": 49_000, "takeProfitPrice": 51_000}
    order = await client.create_order(BTC, "market", "sell", 0.05, None, params)
    assert order["id"] is None
    listed = await stops(client)
    assert {o["info"]["stopOrderType"] for o in listed} == {"PartialStopLoss", "PartialTakeProfit"}
    await venues.trade("BTC", 51_010.0)
    assert held(ledger) == Decimal("0.05")


async def test_nothing_guards_a_position_that_is_not_there(client):
    asked = {"category": "linear", "symbol": "BTCUSDT", "tpslMode": "Full", "stopLoss": "49000"}
    with pytest.raises(ccxt.BadRequest, match="zero position"):
        await client.privatePostV5PositionTradingStop(asked)


async def test_a_waiting_stop_is_moved_in_place(client):
    await buy(client)
    order = await stop(client, 49_000, "s1")
    params = {"stopLossPrice": 48_000}
    await client.edit_order(order["id"], BTC, "market", "sell", 0.1, None, params)
    (moved,) = await stops(client)
    assert (moved["id"], moved["triggerPrice"]) == (order["id"], 48_000)


async def test_the_same_stop_again_has_a_code(client):
    await buy(client)
    asked = {"category": "linear", "symbol": "BTCUSDT", "tpslMode": "Full", "stopLoss": "49000"}
    await client.privatePostV5PositionTradingStop(asked)
    with pytest.raises(ccxt.ExchangeError, match="34040"):
        await client.privatePostV5PositionTradingStop(asked)


async def test_a_conditional_entry_brings_its_stop_along(client, venues, ledger):
    params = {"triggerPrice": 50_500, "triggerDirection": "ascending"}
    params |= {"stopLoss": {"triggerPrice": 49_500}}
    await client.create_order(BTC, "market", "buy", 0.1, None, params)
    await venues.trade("BTC", 50_510.0)
    (listed,) = await stops(client)
    told = listed["info"]["stopOrderType"], listed["triggerPrice"]
    assert (told, held(ledger)) == (("StopLoss", 49_500), Decimal("0.1"))
