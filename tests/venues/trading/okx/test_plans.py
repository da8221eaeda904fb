"""Conditional orders, and stops that come with an order, through an untouched ccxt on the fake OKX."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.trading.fate import transfer
from tests.venues.trading.okx.test_orders import buy, held

BTC = "BTC/USDT:USDT"
KINDS = ("conditional", "oco", "trigger")


async def stop(client, price, name="s1", contracts=10, **more):
    params = {"stopLossPrice": price, "reduceOnly": True, "algoClOrdId": name} | more
    return await client.create_order(BTC, "market", "sell", contracts, None, params)


async def waiting(client, kind="conditional"):
    return await client.fetch_open_orders(BTC, params={"trigger": True, "ordType": kind})


async def find(client, name):
    return await client.fetch_order(None, BTC, {"trigger": True, "clientOrderId": name})


async def out(client, contracts=10):
    await client.create_order(BTC, "market", "sell", contracts, None, {"reduceOnly": True})


async def test_a_stop_is_found_listed_triggered_and_effective(client, venues, ledger):
    await buy(client)
    order = await stop(client, 49_000)
    (listed,) = await waiting(client)
    told = [listed[key] for key in ("id", "stopLossPrice", "reduceOnly", "status")]
    assert told == [order["id"], 49_000, True, "open"]
    await venues.trade("BTC", 48_990.0)
    done = await find(client, "s1")
    told = [done["id"], done["status"], *(done["info"][k] for k in ("state", "actualSz"))]
    assert told == [order["id"], "closed", "effective", "10"]
    assert held(ledger) == 0
    became = await client.fetch_order(done["info"]["ordId"], BTC)
    assert (became["info"]["algoClOrdId"], became["info"]["clOrdId"]) == ("s1", "")


async def test_the_obvious_list_of_triggers_misses_it(client):
    await buy(client)
    await stop(client, 49_000)
    assert await client.fetch_open_orders(BTC) == []
    assert await client.fetch_open_orders(BTC, params={"trigger": True}) == []
    assert len(await waiting(client)) == 1


async def test_every_sort_has_a_list_of_its_own(client):
    await buy(client)
    await stop(client, 49_000)
    both = {"stopLossPrice": 48_000, "takeProfitPrice": 52_000, "reduceOnly": True}
    await client.create_order(BTC, "market", "sell", 10, None, both)
    await client.create_order(BTC, "market", "buy", 10, None, {"triggerPrice": 51_000})
    assert [len(await waiting(client, kind)) for kind in KINDS] == [1, 1, 1]
    assert len(await waiting(client, "conditional,oco")) == 2
    with pytest.raises(ccxt.BadRequest, match="50014"):
        await client.privateGetTradeOrdersAlgoPending({"instType": "SWAP"})


async def test_a_name_in_the_other_field_is_not_the_orders_name(client):
    await buy(client)
    params = {"stopLossPrice": 49_000, "reduceOnly": True, "clientOrderId": "s1"}
    await client.create_order(BTC, "market", "sell", 10, None, params)
    with pytest.raises(ccxt.OrderNotFound, match="51603"):
        await find(client, "s1")


async def test_a_stop_with_a_price_is_a_limit_that_may_stay_unfilled(client, venues, ledger):
    await buy(client)
    params = {"stopLossPrice": 49_000, "reduceOnly": True, "algoClOrdId": "s1"}
    await client.create_order(BTC, "limit", "sell", 10, 49_000, params)
    await venues.trade("BTC", 48_900.0)
    assert (await find(client, "s1"))["status"] == "closed"
    assert held(ledger) == Decimal("0.1")
    assert len(await client.fetch_open_orders(BTC)) == 1


async def test_of_an_oco_only_one_triggers(client, venues, ledger):
    await buy(client)
    both = {"stopLossPrice": 48_000, "takeProfitPrice": 52_000, "reduceOnly": True}
    await client.create_order(BTC, "market", "sell", 10, None, both | {"algoClOrdId": "o1"})
    (listed,) = await waiting(client, "oco")
    assert (listed["stopLossPrice"], listed["takeProfitPrice"]) == (48_000, 52_000)
    await venues.trade("BTC", 52_010.0)
    done = await find(client, "o1")
    assert (done["status"], done["info"]["actualSide"]) == ("closed", "tp")
    assert (held(ledger), ledger.open_algos()) == (0, [])


async def test_a_waiting_one_is_cancelled_by_name_and_a_pair_as_one(client, ledger):
    await buy(client)
    both = {"stopLossPrice": 48_000, "takeProfitPrice": 52_000, "reduceOnly": True}
    await client.create_order(BTC, "market", "sell", 10, None, both | {"algoClOrdId": "o1"})
    await client.cancel_order(None, BTC, {"trigger": True, "clientOrderId": "o1"})
    assert ledger.open_algos() == []
    assert (await find(client, "o1"))["status"] == "canceled"
    with pytest.raises(ccxt.OrderNotFound, match="51400"):
        await client.cancel_order(None, BTC, {"trigger": True, "clientOrderId": "o1"})


async def test_an_orphan_stays_and_opens_nothing_when_it_is_triggered(client, venues, ledger):
    await buy(client)
    await stop(client, 49_000)
    await out(client)
    assert len(await waiting(client)) == 1
    await venues.trade("BTC", 48_990.0)
    done = await find(client, "s1")
    assert (done["info"]["state"], held(ledger)) == ("order_failed", 0)


async def test_an_orphan_that_does_not_say_that_it_reduces_opens_a_position(
    client, venues, ledger
):
    await buy(client)
    await stop(client, 49_000, reduceOnly=False)
    await out(client)
    await venues.trade("BTC", 48_990.0)
    assert held(ledger) == Decimal("-0.1")


async def test_one_that_is_tied_to_the_position_goes_with_it(client, ledger):
    await buy(client)
    await stop(client, 49_000, cxlOnClosePos=True)
    await out(client)
    assert await waiting(client) == []
    assert (await find(client, "s1"))["status"] == "canceled"


async def test_a_fraction_of_one_closes_whatever_is_there(client, venues, ledger):
    await buy(client)
    await stop(client, 49_000, closeFraction="1", sz="")
    (position,) = await client.fetch_positions([BTC])
    assert position["info"]["closeOrderAlgo"][0]["slTriggerPx"] == "49000.0"
    await buy(client, "a2", 5)
    await venues.trade("BTC", 48_990.0)
    assert held(ledger) == 0


async def test_a_mark_price_may_trigger(client, venues, ledger):
    await buy(client)
    await stop(client, 49_000, slTriggerPxType="mark")
    venues.world["BTC"].mark_price = 48_999.0
    await venues.pulse()
    assert held(ledger) == 0


async def test_a_plain_trigger_goes_the_way_from_the_price_of_now(client, venues, ledger):
    for price, name in ((51_000, "up"), (49_000, "down")):
        params = {"triggerPrice": price, "algoClOrdId": name}
        await client.create_order(BTC, "market", "buy", 10, None, params)
    await venues.trade("BTC", 50_500.0)
    assert held(ledger) == 0
    await venues.trade("BTC", 51_010.0)
    assert held(ledger) == Decimal("0.1")
    assert (await find(client, "down"))["status"] == "open"


async def test_a_trigger_may_be_too_dear_when_it_comes(client, venues, ledger):
    params = {"triggerPrice": 50_500, "algoClOrdId": "c1"}
    await client.create_order(BTC, "market", "buy", 50, None, params)
    transfer(ledger, Decimal(-9_000))
    await venues.trade("BTC", 50_510.0)
    assert (await find(client, "c1"))["info"]["state"] == "order_failed"
    assert held(ledger) == 0


async def test_a_waiting_stop_is_moved_in_place(client):
    await buy(client)
    order = await stop(client, 49_000)
    params = {"stopLossPrice": 48_000, "newSlOrdPx": "-1"}
    await client.edit_order(order["id"], BTC, "conditional", "sell", None, None, params)
    (moved,) = await waiting(client)
    assert (moved["id"], moved["stopLossPrice"]) == (order["id"], 48_000)


async def test_names_of_waiting_ones_are_unique(client):
    await buy(client)
    await stop(client, 49_000)
    with pytest.raises(ccxt.InvalidOrder, match="51016"):
        await stop(client, 48_000)


# -- attached


async def test_a_stop_that_comes_with_an_order_guards_what_it_brought(client, venues, ledger):
    await buy(client, stopLoss={"triggerPrice": 49_000})
    await buy(client, "a2", 5)
    (listed,) = await waiting(client)
    told = [listed["amount"], listed["stopLossPrice"], listed["info"]["slOrdPx"]]
    assert told == [10, 49_000, "-1"]
    await venues.trade("BTC", 48_990.0)
    assert held(ledger) == Decimal("0.05")


async def test_a_stop_and_a_target_come_as_one_oco(client):
    both = {"stopLoss": {"triggerPrice": 49_000}, "takeProfit": {"triggerPrice": 52_000}}
    await buy(client, **both)
    (listed,) = await waiting(client, "oco")
    assert (listed["stopLossPrice"], listed["takeProfitPrice"]) == (49_000, 52_000)
    assert await waiting(client) == []


async def test_it_waits_until_the_order_is_over_and_is_shown_with_it_until_then(
    client, venues, ledger
):
    ledger.state.liquidity["BTC-USDT-SWAP"] = Decimal("0.04")
    params = {"stopLoss": {"triggerPrice": 48_000}, "clientOrderId": "a1"}
    await client.create_order(BTC, "limit", "buy", 10, 49_900, params)
    await venues.trade("BTC", 49_890.0)
    (order,) = await client.fetch_open_orders(BTC)
    assert (order["filled"], order["stopLossPrice"], await waiting(client)) == (4, 48_000, [])
    await client.cancel_order(None, BTC, {"clientOrderId": "a1"})
    (listed,) = await waiting(client)
    assert (listed["amount"], listed["reduceOnly"]) == (4, True)


async def test_it_is_in_the_mode_of_its_order(client, venues, ledger):
    await buy(client, marginMode="isolated", stopLoss={"triggerPrice": 49_000})
    (listed,) = await waiting(client)
    assert listed["info"]["tdMode"] == "isolated"
    await venues.trade("BTC", 48_990.0)
    assert held(ledger, "isolated") == 0


async def test_a_trigger_brings_its_stop_along(client, venues, ledger):
    params = {"triggerPrice": 50_500, "stopLoss": {"triggerPrice": 49_500}}
    await client.create_order(BTC, "market", "buy", 10, None, params)
    await venues.trade("BTC", 50_510.0)
    (listed,) = await waiting(client)
    told = listed["amount"], listed["stopLossPrice"], held(ledger)
    assert told == (10, 49_500, Decimal("0.1"))
