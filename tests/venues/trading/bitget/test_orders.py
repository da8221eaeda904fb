"""An untouched ccxt creates, finds, lists, changes and cancels orders on the fake Bitget."""

from decimal import Decimal

import ccxt
import pytest

BTC = "BTC/USDT:USDT"


def held(ledger):
    return ledger.position("BTCUSDT").amount


async def order(client, kind, side, amount, price=None, **params):
    """As an adapter must send it: with the margin mode, which ccxt else takes for crossed."""
    return await client.create_order(
        BTC, kind, side, amount, price, {"marginMode": "isolated"} | params
    )


async def buy(client, amount=0.1, **params):
    return await order(client, "market", "buy", amount, **params)


async def sell(client, amount=0.1, **params):
    return await order(client, "market", "sell", amount, **params)


async def found(client, name):
    return await client.fetch_order(None, BTC, {"clientOrderId": name})


async def test_an_answer_tells_the_two_names_and_the_order_is_found_by_ours(client, ledger):
    placed = await buy(client, clientOrderId="a1")
    assert (placed["clientOrderId"], placed["status"], placed["filled"]) == ("a1", None, None)
    told = await found(client, "a1")
    shown = [told[key] for key in ("id", "status", "filled", "average", "side", "reduceOnly")]
    assert shown == [placed["id"], "closed", 0.1, 50_000.1, "buy", False]
    assert held(ledger) == Decimal("0.1")


async def test_a_limit_order_rests_is_found_both_ways_and_is_cancelled_by_name(client):
    placed = await order(client, "limit", "buy", 0.1, 49_000, clientOrderId="a1")
    by_number = await client.fetch_order(placed["id"], BTC)
    assert (by_number["status"], by_number["price"]) == ("open", 49_000)
    assert [o["id"] for o in await client.fetch_open_orders(BTC)] == [placed["id"]]
    gone = await client.cancel_order(None, BTC, {"clientOrderId": "a1"})
    assert (gone["id"], gone["clientOrderId"]) == (placed["id"], "a1")
    assert await client.fetch_open_orders(BTC) == []
    assert [o["status"] for o in await client.fetch_canceled_orders(BTC)] == ["canceled"]


async def test_what_was_traded_through_is_filled(client, venues):
    placed = await order(client, "limit", "buy", 0.1, 49_900)
    await venues.trade("BTC", 49_899.0)
    assert (await client.fetch_order(placed["id"], BTC))["average"] == 49_900


@pytest.mark.parametrize("tif", ["PO", "FOK", "IOC"])
async def test_what_cannot_be_is_taken_and_cancelled_not_refused(client, ledger, tif):
    price = 50_001 if tif == "PO" else 49_999
    await order(client, "limit", "buy", 0.1, price, timeInForce=tif, clientOrderId="a1")
    told = await found(client, "a1")
    assert (told["status"], told["filled"], held(ledger)) == ("canceled", 0, 0)


async def test_a_maker_rests_and_an_immediate_order_takes_what_there_is(client, ledger):
    await order(client, "limit", "buy", 0.1, 49_999, postOnly=True, clientOrderId="m")
    maker = await found(client, "m")
    assert (maker["status"], maker["postOnly"]) == ("open", True)
    ledger.state.liquidity["BTCUSDT"] = Decimal("0.03")
    await order(client, "limit", "buy", 0.1, 50_010, timeInForce="IOC", clientOrderId="i")
    taken = await found(client, "i")
    assert (taken["status"], taken["filled"]) == ("canceled", 0.03)


async def test_a_name_is_never_used_twice(client, ledger):
    await buy(client, clientOrderId="a1")
    with pytest.raises(ccxt.ExchangeError, match="40786"):
        await buy(client, clientOrderId="a1")
    assert held(ledger) == Decimal("0.1")


async def test_the_margin_mode_comes_with_the_order_and_ccxt_says_crossed_by_itself(
    client, ledger
):
    await buy(client)
    assert ledger.setting("BTCUSDT").isolated
    with pytest.raises(ccxt.ExchangeError, match="45117"):
        await client.create_order(BTC, "market", "sell", 0.1, None, {"reduceOnly": True})
    await sell(client, reduceOnly=True)
    assert held(ledger) == 0


async def test_a_reducing_order_pushes_older_ones_aside_and_is_answered_without_a_number(
    client, ledger
):
    await buy(client)
    for name, price in (("t1", 51_000), ("t2", 52_000)):
        await order(client, "limit", "sell", 0.05, price, reduceOnly=True, clientOrderId=name)
    closing = await sell(client, 0.05, reduceOnly=True, clientOrderId="c1")
    assert (closing["id"], closing["clientOrderId"]) == (None, "c1")
    assert (await found(client, "c1"))["status"] == "closed"
    assert [o.client_id for o in ledger.open_orders()] == ["t2"]


async def test_nothing_is_pushed_aside_by_an_order_that_is_refused(client, ledger):
    await buy(client)
    await order(client, "limit", "sell", 0.1, 51_000, reduceOnly=True)
    with pytest.raises(ccxt.ExchangeError, match="22046"):
        await order(client, "limit", "sell", 0.1, 30_000, reduceOnly=True)
    assert len(ledger.open_orders()) == 1


async def test_a_reducing_order_without_a_position_is_refused(client):
    with pytest.raises(ccxt.ExchangeError, match="22002"):
        await sell(client, reduceOnly=True)


async def test_a_changed_order_is_another_one(client):
    placed = await order(client, "limit", "buy", 0.1, 49_000, clientOrderId="a1")
    new = {"newClientOid": "a2"}
    changed = await client.edit_order(placed["id"], BTC, "limit", "buy", 0.2, 49_100, new)
    assert changed["id"] != placed["id"]
    (left,) = await client.fetch_open_orders(BTC)
    assert (left["clientOrderId"], left["amount"], left["price"]) == ("a2", 0.2, 49_100)


async def test_a_change_that_is_refused_leaves_what_was_there(client, ledger):
    placed = await order(client, "limit", "buy", 0.1, 49_000, clientOrderId="a1")
    with pytest.raises(ccxt.InsufficientFunds, match="40762"):
        await client.edit_order(placed["id"], BTC, "limit", "buy", 90, 49_100)
    assert [o.client_id for o in ledger.open_orders()] == ["a1"]


async def test_several_orders_in_one_request_have_fates_of_their_own(client, ledger):
    one = {"symbol": BTC, "type": "limit", "side": "buy", "amount": 0.1, "price": 49_000}
    asked = [one, {**one, "amount": 90}]
    (taken,) = await client.create_orders(asked)  # ccxt drops the one that was refused
    await client.cancel_orders([taken["id"]], BTC)
    assert ledger.open_orders() == []


async def test_cancelling_all_leaves_the_plans_alive_and_nothing_to_cancel_is_an_error(
    client, ledger
):
    await buy(client)
    await client.create_order(BTC, "market", "sell", 0.1, None, {"stopLossPrice": 45_000})
    await order(client, "limit", "buy", 0.1, 49_000)
    await client.cancel_all_orders(BTC)
    assert (len(ledger.open_orders()), len(ledger.open_algos())) == (0, 1)
    with pytest.raises(ccxt.ExchangeError, match="22001"):
        await client.cancel_all_orders(BTC)


async def test_a_position_is_closed_at_once(client, ledger):
    await buy(client)
    await client.close_position(BTC)
    assert held(ledger) == 0
    with pytest.raises(ccxt.ExchangeError, match="22002"):
        await client.close_position(BTC)


async def test_lists_come_in_pages_newest_first(client):
    for n in range(5):
        await order(client, "limit", "buy", 0.01, 49_000 - n, clientOrderId=f"p{n}")
    page = await client.fetch_open_orders(BTC, None, 2)
    last = page[-1]["id"]
    older = await client.fetch_open_orders(BTC, None, 2, {"idLessThan": last})
    names = [o["clientOrderId"] for o in (*page, *older)]
    assert names == ["p4", "p3", "p2", "p1"]
    named = await client.fetch_open_orders(BTC, params={"clientOrderId": "p0"})
    assert [o["clientOrderId"] for o in named] == ["p0"]


REFUSED = [
    ({"amount": 90}, "40762", ccxt.InsufficientFunds),
    ({"type": "limit", "price": 60_000}, "22047", ccxt.ExchangeError),
    ({"params": {"clientOrderId": "x" * 51}}, "40305", ccxt.BadRequest),
    ({"params": {"force": "sometimes"}, "type": "limit", "price": 49_000}, "40017", None),
    ({"params": {"symbol": "NOPEUSDT"}}, "40034", ccxt.ExchangeError),
    ({"params": {"size": "0.0001"}}, "40808", ccxt.InvalidOrder),
    ({"params": {"size": "0"}}, "45111", ccxt.ExchangeError),
    ({"params": {"size": ""}}, "40019", ccxt.BadRequest),
    ({"params": {"size": ["0.1"]}}, "40017.*verification failed", ccxt.BadRequest),
    ({"params": {"stopLoss": {"triggerPrice": 51_000}}}, "45062", ccxt.ExchangeError),
    ({"params": {"takeProfit": {"triggerPrice": 49_000}}}, "45060", ccxt.ExchangeError),
]


@pytest.mark.parametrize(("asked", "code", "kind"), REFUSED, ids=[code for _, code, _ in REFUSED])
async def test_refusals_become_ccxts_errors(client, ledger, asked, code, kind):
    whole = {"type": "market", "amount": 0.002, "price": None, "params": {}} | asked
    with pytest.raises(kind or ccxt.BadRequest, match=code):
        await order(
            client, whole["type"], "buy", whole["amount"], whole["price"], **whole["params"]
        )
    assert (held(ledger), ledger.open_orders()) == (0, [])


async def test_the_smallest_order_is_five_dollars(client, venues):
    venues.world["BTC"].min_notional = Decimal(500)
    with pytest.raises(ccxt.InvalidOrder, match="45110"):
        await buy(client, 0.002)


async def test_what_is_not_there_is_not_found(client):
    with pytest.raises(ccxt.OrderNotFound, match="40109"):
        await client.fetch_order("123", BTC)
    with pytest.raises(ccxt.OrderNotFound, match="40768"):
        await client.cancel_order("123", BTC)


async def test_a_hedged_account_takes_no_plain_orders(client):
    await client.set_position_mode(True, BTC)
    with pytest.raises(ccxt.InvalidOrder, match="40774"):
        await buy(client)
