"""An untouched ccxt creates, finds, lists and cancels orders on the fake Upbit."""

from decimal import Decimal

import ccxt
import pytest

BTC = "BTC/KRW"


async def spend(client, won=1_000_000, **params):
    return await client.create_order(BTC, "market", "buy", None, None, {"cost": won} | params)


async def bid(client, price=60_000_000, volume=0.01, **params):
    return await client.create_order(BTC, "limit", "buy", volume, price, params)


async def found(client, name):
    """ccxt's own fetch_order sends `uuid=None` along, which prevails."""
    return client.parse_order(await client.privateGetOrder({"identifier": name}))


async def test_won_are_spent_at_the_market_and_the_answer_comes_before_the_fill(client, ledger):
    placed = await spend(client, clientOrderId="a1")
    told = [placed[key] for key in ("clientOrderId", "status", "filled", "amount")]
    assert told == ["a1", "open", 0, None]
    assert placed["info"]["locked"] == "1000500"
    assert ledger.purse("BTC").free == Decimal("0.01428551")


async def test_a_purchase_that_was_filled_is_told_as_cancelled_when_a_rest_came_back(client):
    await spend(client, clientOrderId="a1")
    told = await found(client, "a1")
    assert (told["status"], told["filled"], told["average"]) == (
        "canceled",
        0.01428551,
        70_001_000,
    )
    (trade,) = told["trades"]
    assert (trade["price"], trade["cost"]) == (70_001_000, 999_999.98551)
    assert told["fee"] == {"currency": "KRW", "cost": "499.99999275"}
    assert [o["id"] for o in await client.fetch_canceled_orders(BTC)] == [told["id"]]


async def test_coins_are_sold_at_the_market(client, ledger):
    await spend(client)
    await client.create_order(BTC, "market", "sell", 0.01, None, {"clientOrderId": "s1"})
    told = await found(client, "s1")
    assert (told["status"], told["average"], told["side"]) == ("closed", 69_999_000, "sell")
    assert ledger.purse("BTC").free == Decimal("0.00428551")


async def test_a_limit_order_rests_is_listed_and_is_cancelled_by_name(client, ledger):
    placed = await bid(client, clientOrderId="l1")
    (listed,) = await client.fetch_open_orders(BTC)
    assert (listed["id"], listed["clientOrderId"]) == (placed["id"], "l1")
    told = client.parse_order(await client.privateDeleteOrder({"identifier": "l1"}))
    assert told["status"] == "open"  # only asked for; what became of it must be read
    assert ((await found(client, "l1"))["status"], ledger.open_orders()) == ("canceled", [])


async def test_what_was_traded_through_is_filled(client, venues):
    await bid(client, 69_000_000, clientOrderId="l1")
    await venues.trade("BTC", 49_280.0)
    told = await found(client, "l1")
    assert (told["status"], told["average"]) == ("closed", 69_000_000)


async def test_nothing_is_found_where_a_number_is_sent_along(client):
    await bid(client, clientOrderId="l1")
    with pytest.raises(ccxt.OrderNotFound, match="order_not_found"):
        await client.fetch_order(None, BTC, {"identifier": "l1"})
    with pytest.raises(ccxt.OrderNotFound):
        await client.cancel_order(None, BTC, {"identifier": "l1"})
    with pytest.raises(ccxt.ExchangeError, match="validation_error"):
        await client.privateGetOrder({})


async def test_a_name_is_used_once_for_ever(client, ledger):
    await spend(client, clientOrderId="a1")
    with pytest.raises(ccxt.ExchangeError, match="duplicated_identifier"):
        await spend(client, clientOrderId="a1")
    assert len(ledger.state.orders) == 1


async def test_a_name_is_used_up_by_a_refusal_and_then_means_no_order(client):
    with pytest.raises(ccxt.InsufficientFunds, match="insufficient_funds_bid"):
        await spend(client, 100_000_000, clientOrderId="a1")
    with pytest.raises(ccxt.ExchangeError, match="duplicated_identifier"):
        await spend(client, clientOrderId="a1")
    with pytest.raises(ccxt.OrderNotFound):
        await found(client, "a1")


@pytest.mark.parametrize(
    ("tif", "price"), [("IOC", 60_000_000), ("FOK", 60_000_000), ("PO", 71_000_000)]
)
async def test_what_may_not_be_is_taken_and_cancelled(client, ledger, tif, price):
    params = {"postOnly": True} if tif == "PO" else {"timeInForce": tif}
    await bid(client, price, clientOrderId="l1", **params)
    told = await found(client, "l1")
    assert (told["status"], told["filled"], told["timeInForce"]) == (
        "canceled",
        0,
        "POST_ONLY" if tif == "PO" else tif,
    )


async def test_the_best_price_takes_what_there_is(client, ledger):
    ledger.state.liquidity["KRW-BTC"] = Decimal("0.004")
    await spend(client, ordType="best", timeInForce="IOC", clientOrderId="b1")
    assert (await found(client, "b1"))["filled"] == 0.004


async def test_a_rehearsal_leaves_nothing_behind(client, ledger):
    told = await spend(client, test=True, clientOrderId="a1")
    assert (told["clientOrderId"], ledger.state.orders) == ("a1", {})
    await spend(client, clientOrderId="a1")
    with pytest.raises(ccxt.InsufficientFunds):
        await spend(client, 500_000_000, test=True)


async def test_open_orders_come_in_pages_newest_first(client):
    for n in range(5):
        await bid(client, 60_000_000 + n * 1_000, clientOrderId=f"p{n}")
    names = []
    for page in (1, 2, 3):
        listed = await client.fetch_open_orders(BTC, None, 2, {"page": page})
        names += [o["info"]["identifier"] for o in listed]
    assert names == ["p4", "p3", "p2", "p1", "p0"]
    oldest = await client.privateGetOrdersOpen({"limit": 1, "order_by": "asc"})
    assert [o["identifier"] for o in oldest] == ["p0"]


async def test_closed_orders_are_those_of_a_week_by_when_they_began(client, venues):
    started = venues.world.now
    await spend(client)
    await client.create_order(BTC, "market", "sell", 0.01)
    await venues.advance(minutes=8 * 24 * 60)
    assert await client.fetch_closed_orders(BTC) == []
    (sold,) = await client.fetch_closed_orders(BTC, started)
    assert (sold["side"], sold["trades"]) == ("sell", [])
    both = await client.privateGetOrdersClosed({"start_time": "2026-01-01T21:00:00+09:00"})
    assert {o["state"] for o in both} == {"done", "cancel"}
    with pytest.raises(ccxt.ExchangeError, match="validation_error"):
        await client.fetch_closed_orders(BTC, started, None, {"until": venues.world.now})


async def test_an_order_is_replaced_by_a_new_one_with_a_new_name(client, ledger):
    placed = await bid(client, clientOrderId="l1")
    params = {"newClientOrderId": "l2"}
    new = await client.edit_order(placed["id"], BTC, "limit", "buy", 0.02, 61_000_000, params)
    assert (new["clientOrderId"], new["id"] == placed["id"]) == ("l2", False)
    assert [o.asked.identifier for o in ledger.open_orders()] == ["l2"]
    with pytest.raises(ccxt.ExchangeError, match="duplicated_identifier"):
        await client.edit_order(
            new["id"], BTC, "limit", "buy", 0.01, 60_000_000, {"newClientOrderId": "l1"}
        )
    assert [o.asked.identifier for o in ledger.open_orders()] == ["l2"]


async def test_cancelling_all_means_the_newest_twenty(client, ledger):
    for n in range(22):
        await bid(client, volume=0.001, clientOrderId=f"p{n}")
    told = await client.privateDeleteOrdersOpen({})
    assert told["success"]["count"] in {20, "20"}
    assert [o.asked.identifier for o in ledger.open_orders()] == ["p0", "p1"]


async def test_orders_are_found_by_lists_of_names(client):
    await bid(client, clientOrderId="l1")
    told = await client.privateGetOrdersUuids({"identifiers[]": "l1"})
    assert [o["identifier"] for o in told] == ["l1"]


REFUSED = [
    ({"price": 60_000_500}, "invalid_price_bid", ccxt.ExchangeError),
    ({"volume": 0.00008}, "under_min_total_bid", ccxt.ExchangeError),
    ({"volume": 2}, "insufficient_funds_bid", ccxt.InsufficientFunds),
    ({"market": "KRW-NOPE"}, "notfoundmarket", ccxt.ExchangeError),
    ({"side": "up"}, "side is missing", ccxt.InvalidOrder),
    ({"ord_type": "market"}, "create_bid_error", ccxt.ExchangeError),
]


@pytest.mark.parametrize(("asked", "name", "kind"), REFUSED, ids=[n for _, n, _ in REFUSED])
async def test_refusals_become_ccxts_errors(client, ledger, asked, name, kind):
    whole = {"market": "KRW-BTC", "side": "bid", "ord_type": "limit"}
    whole |= {"price": "60000000", "volume": "0.01"} | {k: str(v) for k, v in asked.items()}
    with pytest.raises(kind, match=name):
        await client.privatePostOrders(whole)
    assert ledger.state.orders == {}


async def test_what_is_not_there_cannot_be_sold(client):
    with pytest.raises(ccxt.InsufficientFunds, match="insufficient_funds_ask"):
        await client.create_order(BTC, "market", "sell", 0.01)
    with pytest.raises(ccxt.ExchangeError, match="under_min_total_ask"):
        await client.create_order(BTC, "market", "sell", 0.00001)


async def test_no_order_waits_for_a_price_to_fall(client, venues, ledger):
    """ccxt drops a stop's price without a word; what is left is a plain sale."""
    await spend(client)
    await client.create_order(BTC, "market", "sell", 0.01, None, {"stopLossPrice": 65_000_000})
    assert ledger.purse("BTC").whole == Decimal("0.00428551")
