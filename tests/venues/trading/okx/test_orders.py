"""An untouched ccxt creates, finds, lists, changes and cancels orders on the fake OKX."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.trading.okx.books import book_of
from tests.venues.world import HOUR

BTC = "BTC/USDT:USDT"


def held(ledger, mode="cross"):
    """In coins; a contract is a hundredth of one."""
    return ledger.position(book_of("BTC-USDT-SWAP", mode)).amount


async def find(client, name):
    """The recipe for a client's name; it raises where there is none."""
    return await client.fetch_order(None, BTC, {"clientOrderId": name})


async def buy(client, name="a1", contracts=10, **more):
    params = {"clientOrderId": name} | more
    return await client.create_order(BTC, "market", "buy", contracts, None, params)


async def test_an_order_is_acknowledged_with_its_ids_and_nothing_else(client, ledger):
    order = await buy(client)
    assert (order["clientOrderId"], order["status"], order["filled"]) == ("a1", None, None)
    found = await find(client, "a1")
    told = [found[key] for key in ("id", "status", "amount", "filled", "average", "side")]
    assert told == [order["id"], "closed", 10, 10, 50_000.1, "buy"]
    assert held(ledger) == Decimal("0.1")


async def test_sizes_are_contracts_of_a_hundredth_of_a_coin(client, ledger):
    market = client.market(BTC)
    assert (market["contractSize"], market["precision"]["amount"]) == (0.01, 0.1)
    await buy(client, contracts=0.1)
    assert held(ledger) == Decimal("0.001")
    assert (await client.fetch_my_trades(BTC))[0]["amount"] == 0.1


async def test_a_limit_order_rests_is_found_both_ways_and_is_cancelled(client, ledger):
    order = await client.create_order(BTC, "limit", "buy", 10, 49_000, {"clientOrderId": "a1"})
    by_number = await client.fetch_order(order["id"], BTC)
    assert ((await find(client, "a1"))["id"], by_number["status"]) == (order["id"], "open")
    assert [o["id"] for o in await client.fetch_open_orders(BTC)] == [order["id"]]
    gone = await client.cancel_order(None, BTC, {"clientOrderId": "a1"})
    assert gone["id"] == order["id"]
    assert (await find(client, "a1"))["status"] == "canceled"
    assert await client.fetch_open_orders(BTC) == []
    assert [o["id"] for o in await client.fetch_canceled_orders(BTC)] == [order["id"]]


async def test_what_was_traded_through_is_filled(client, venues):
    await client.create_order(BTC, "limit", "buy", 10, 49_900, {"clientOrderId": "a1"})
    await venues.trade("BTC", 49_899.0)
    assert (await find(client, "a1"))["average"] == 49_900
    assert len(await client.fetch_closed_orders(BTC)) == 1


async def test_a_post_only_order_that_would_take_is_acknowledged_and_cancelled(client):
    params = {"postOnly": True, "clientOrderId": "a1"}
    await client.create_order(BTC, "limit", "buy", 10, 50_001, params)
    found = await find(client, "a1")
    assert (found["status"], found["info"]["cancelSource"]) == ("canceled", "31")
    await client.create_order(BTC, "limit", "buy", 10, 49_999, params | {"clientOrderId": "a2"})
    found = await find(client, "a2")
    assert (found["status"], found["postOnly"]) == ("open", True)


@pytest.mark.parametrize("tif", ["IOC", "FOK"])
async def test_an_immediate_order_with_nothing_to_take_is_over(client, tif):
    params = {"timeInForce": tif, "clientOrderId": "a1"}
    await client.create_order(BTC, "limit", "buy", 10, 49_999, params)
    found = await find(client, "a1")
    assert (found["status"], found["filled"], found["timeInForce"]) == ("canceled", 0, tif)


async def test_an_order_may_fail_after_it_was_acknowledged(client, venues, ledger):
    ledger.state.latency = 200
    for name in ("a1", "a2"):
        await buy(client, name, 60)
        with pytest.raises(ccxt.OrderNotFound, match="51603"):
            await find(client, name)
    await venues.advance(seconds=1)
    first, second = await find(client, "a1"), await find(client, "a2")
    assert (first["status"], second["status"]) == ("closed", "canceled")
    assert held(ledger) == Decimal("0.6")


async def test_an_order_is_changed_in_place(client):
    order = await client.create_order(BTC, "limit", "buy", 10, 49_000)
    await client.edit_order(order["id"], BTC, "limit", "buy", 20, 49_100)
    (changed,) = await client.fetch_open_orders(BTC)
    assert (changed["id"], changed["amount"], changed["price"]) == (order["id"], 20, 49_100)


async def test_several_orders_in_one_request_have_fates_of_their_own(client, ledger):
    asked = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 10, "price": 49_000}
    taken, refused = await client.create_orders([asked, {**asked, "amount": 9_000}])
    assert (bool(taken["id"]), refused["status"]) == (True, "rejected")
    assert refused["info"]["sCode"] == "51008"
    await client.cancel_orders([taken["id"]], BTC)
    assert ledger.open_orders() == []


async def test_the_code_above_them_says_whether_all_some_or_none_were_done(client):
    good = {
        "instId": "BTC-USDT-SWAP",
        "tdMode": "cross",
        "side": "buy",
        "ordType": "limit",
        "sz": "1",
        "px": "49000",
    }
    # ccxt writes a name of its own into every row that has none
    some = await client.privatePostTradeBatchOrders([good | {}, good | {"sz": "9000"}])
    assert (some["code"], [row["sCode"] for row in some["data"]]) == ("2", ["0", "51008"])
    assert (await client.privatePostTradeBatchOrders([good | {}, good | {}]))["code"] == "0"
    with pytest.raises(ccxt.InsufficientFunds, match='"code":"1"'):
        await client.privatePostTradeOrder(good | {"sz": "9000"})


async def test_a_name_is_unique_among_open_orders_only(client, ledger):
    await buy(client)
    second = await buy(client)
    assert held(ledger) == Decimal("0.2")
    assert (await find(client, "a1"))["id"] == second["id"]
    params = {"clientOrderId": "b1"}
    await client.create_order(BTC, "limit", "buy", 10, 49_000, params)
    with pytest.raises(ccxt.InvalidOrder, match="51016"):
        await client.create_order(BTC, "limit", "buy", 10, 49_000, params)


async def test_the_mode_is_the_orders_and_the_other_one_closes_nothing(client, ledger):
    await buy(client, marginMode="isolated")
    assert (held(ledger), held(ledger, "isolated")) == (0, Decimal("0.1"))
    out = {"reduceOnly": True}
    with pytest.raises(ccxt.ExchangeError, match="51169"):
        await client.create_order(BTC, "market", "sell", 10, None, out)
    await client.create_order(BTC, "market", "sell", 10, None, out | {"marginMode": "isolated"})
    assert held(ledger, "isolated") == 0


async def test_without_reducing_the_other_mode_opens_a_second_position(client):
    await buy(client, marginMode="isolated")
    await client.create_order(BTC, "market", "sell", 10)
    told = {p["marginMode"]: p["side"] for p in await client.fetch_positions()}
    assert told == {"isolated": "long", "cross": "short"}


async def test_a_position_is_closed_with_one_call(client, ledger):
    await buy(client)
    await client.close_position(BTC, None, {"marginMode": "cross"})
    assert held(ledger) == 0


async def test_a_page_holds_a_hundred_and_continues_after_a_number(client):
    for n in range(6):
        one = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.1, "price": 40_000}
        await client.create_orders([one | {"params": {"clOrdId": f"a{n}x{k}"}} for k in range(20)])
    page = await client.privateGetTradeOrdersPending({"instType": "SWAP"})
    assert len(page["data"]) == 100
    after = page["data"][-1]["ordId"]
    rest = await client.privateGetTradeOrdersPending({"instType": "SWAP", "after": after})
    assert len(rest["data"]) == 20
    assert rest["data"][-1]["clOrdId"] == "a0x0"


async def test_what_was_cancelled_without_a_fill_is_forgotten_after_two_hours(client, venues):
    await buy(client, contracts=1)
    await client.create_order(BTC, "limit", "buy", 10, 49_000, {"clientOrderId": "a2"})
    await client.cancel_order(None, BTC, {"clientOrderId": "a2"})
    assert (await find(client, "a2"))["status"] == "canceled"
    venues.world.clock.now += 2 * HOUR + 1
    await venues.pulse()
    with pytest.raises(ccxt.OrderNotFound, match="51603"):
        await find(client, "a2")
    assert (await find(client, "a1"))["status"] == "closed"


REFUSED = [
    ({"amount": 9_000}, "51008", ccxt.InsufficientFunds),
    ({"amount": 0.13, "raw": "0.13"}, "51121", ccxt.InvalidOrder),
    ({"params": {"reduceOnly": True}}, "51169", ccxt.ExchangeError),
    ({"params": {"posSide": "long"}}, "posSide", ccxt.BadRequest),
    ({"params": {"tdMode": "cash"}}, "tdMode", ccxt.BadRequest),
    ({"type": "limit", "price": 60_000}, "51137", ccxt.InvalidOrder),
    ({"params": {"stopLossPrice": 60_000}, "side": "sell"}, "51280", ccxt.InvalidOrder),
    ({"params": {"stopLossPrice": 40_000}}, "51278", ccxt.InvalidOrder),
    ({"params": {"takeProfitPrice": 40_000}, "side": "sell"}, "51279", ccxt.InvalidOrder),
    ({"params": {"takeProfitPrice": 60_000}}, "51277", ccxt.InvalidOrder),
    ({"params": {"stopLoss": {"triggerPrice": 60_000}}}, "51047", ccxt.InvalidOrder),
    ({"params": {"sz": ["1"]}}, "Parameter sz", ccxt.BadRequest),
    ({"params": {"clientOrderId": "not_allowed"}}, "clOrdId", ccxt.BadRequest),
    ({"params": {"clientOrderId": "a" * 33}}, "clOrdId error", ccxt.BadRequest),
]


@pytest.mark.parametrize(("asked", "code", "kind"), REFUSED, ids=[code for _, code, _ in REFUSED])
async def test_refusals_become_ccxts_errors(client, ledger, asked, code, kind):
    whole = {"type": "market", "side": "buy", "amount": 0.2, "price": None, "params": {}} | asked
    params = whole["params"] | ({"sz": whole["raw"]} if "raw" in whole else {})
    with pytest.raises(kind, match=code):
        await client.create_order(
            BTC, whole["type"], whole["side"], whole["amount"], whole["price"], params
        )
    assert (held(ledger), ledger.open_algos()) == (0, [])


async def test_an_unknown_contract_is_refused(client):
    asked = {"instId": "NO-USDT-SWAP", "tdMode": "cross", "side": "buy", "ordType": "market"}
    with pytest.raises(ccxt.BadSymbol, match="51001"):
        await client.privatePostTradeOrder(asked | {"sz": "1"})


async def test_what_is_not_there_is_not_found(client):
    for name in ("nobody", "a1"):
        with pytest.raises(ccxt.OrderNotFound, match="51603"):
            await find(client, name)
        with pytest.raises(ccxt.OrderNotFound, match="51400"):
            await client.cancel_order(None, BTC, {"clientOrderId": name})


async def test_a_close_is_refused_while_a_take_profit_uses_the_quantity(client):
    await buy(client)
    await client.create_order(BTC, "limit", "sell", 10, 51_000, {"reduceOnly": True})
    with pytest.raises(ccxt.InvalidOrder, match="51112"):
        await client.create_order(BTC, "market", "sell", 10, None, {"reduceOnly": True})
