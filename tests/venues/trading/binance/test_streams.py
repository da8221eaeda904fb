"""An untouched ccxt hears of its orders, positions and money on the fake Binance."""

import asyncio
from decimal import Decimal

import pytest

from tests.venues.contract import after, until
from tests.venues.faults import Stream
from tests.venues.trading.binance.opening import listens
from tests.venues.trading.fate import deleverage

BTC = "BTC/USDT:USDT"


async def test_an_order_is_heard_from_its_birth_to_its_fill(client, venues, venue):
    place = client.create_order(BTC, "limit", "buy", 0.1, 49_900, {"clientOrderId": "a1"})
    (told,) = await after(venue, client.watch_orders(BTC), place)
    assert (told["clientOrderId"], told["status"]) == ("a1", "open")
    await venues.trade("BTC", 49_800.0)
    (told,) = await until(lambda: client.watch_orders(BTC), lambda o: o[-1]["status"] == "closed")
    assert (told["filled"], told["average"]) == (0.1, 49_900)


async def test_a_position_and_the_balance_are_heard(client, floor):
    positions = asyncio.ensure_future(until(lambda: client.watch_positions([BTC]), bool))
    await listens(floor)
    await client.create_order(BTC, "market", "buy", 0.1)
    told = (await positions)[-1]
    assert (told["side"], told["contracts"], told["entryPrice"]) == ("long", 0.1, 50_000.1)
    sell = client.create_order(BTC, "market", "sell", 0.1, None, {"reduceOnly": True})
    waiting = asyncio.ensure_future(client.watch_balance())
    await asyncio.sleep(0.1)
    await sell
    assert (await asyncio.wait_for(waiting, 5))["USDT"]["total"] < 10_000


async def test_fills_are_heard_with_their_fees(client, venue):
    buy = client.create_order(BTC, "market", "buy", 0.1)
    (told,) = await after(venue, client.watch_my_trades(BTC), buy)
    assert (told["amount"], told["fee"]["cost"], told["takerOrMaker"]) == (0.1, 2.500005, "taker")


async def test_a_stop_tells_every_stage(client, venues, venue, floor):
    await client.create_order(BTC, "market", "buy", 0.1)
    stop = {"stopLossPrice": 49_000, "reduceOnly": True, "clientOrderId": "s1"}
    seen, over = [], asyncio.Event()
    watching = asyncio.ensure_future(collect(client, seen, over))
    await listens(floor)
    await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    await venues.trade("BTC", 48_900.0)
    await asyncio.wait_for(over.wait(), 5)
    watching.cancel()
    assert seen == ["NEW", "TRIGGERING", "TRIGGERED", "FINISHED"]


async def collect(client, seen, over):
    parse = client.parse_ws_order

    def reading(order, market=None):
        if "aid" in order:
            seen.append(order["X"])
        if seen[-1:] == ["FINISHED"]:
            over.set()
        return parse(order, market)

    client.parse_ws_order = reading
    while True:
        await client.watch_orders(BTC)


@pytest.fixture
async def socket(venues, floor, client):
    """The raw user stream."""
    key = (await client.fapiPrivatePostListenKey())["listenKey"]
    async with (
        venues.session() as session,
        session.ws_connect(f"wss://fstream.binance.com/private/ws?listenKey={key}") as ws,
    ):
        await listens(floor)
        yield ws


async def heard(socket, count):
    return [await socket.receive_json(timeout=2) for _ in range(count)]


def kinds(messages):
    return [m["e"] for m in messages]


async def test_forced_orders_bear_the_venues_names(client, venues, socket, ledger, floor):
    await client.set_margin_mode("isolated", BTC)
    await client.create_order(BTC, "market", "buy", 0.1)
    deleverage(ledger, "BTCUSDT", Decimal("0.05"), Decimal(50_500))
    await venues.trade("BTC", 40_000.0)
    orders = [m["o"] for m in await heard(socket, 11) if m["e"] == "ORDER_TRADE_UPDATE"]
    forced = [(o["c"].partition("-")[0], o["x"]) for o in orders if "autoclose" in o["c"]]
    names = ["adl_autoclose", "adl_autoclose", "autoclose", "autoclose"]
    assert forced == list(zip(names, ["NEW", "CALCULATED"] * 2, strict=True))


async def test_leverage_and_funding_are_told(client, venues, socket):
    await client.set_leverage(7, BTC)
    await client.create_order(BTC, "market", "buy", 0.1)
    for _ in range(5):
        await client.fapiPrivatePutListenKey()
        await venues.advance(minutes=50)
    told = await heard(socket, 6)
    assert told[0]["ac"] == {"s": "BTCUSDT", "l": 7}
    assert told[-1]["a"]["m"] == "FUNDING_FEE"


async def test_a_key_that_nobody_renews_dies_and_says_so(client, venues, socket):
    await venues.advance(minutes=61)
    (last,) = await heard(socket, 1)
    assert last["e"] == "listenKeyExpired"
    await client.create_order(BTC, "market", "buy", 0.1)
    with pytest.raises(TimeoutError):
        await socket.receive_json(timeout=0.1)


async def test_a_renewed_key_lives_on(client, venues, socket):
    await venues.advance(minutes=40)
    await client.fapiPrivatePutListenKey()
    await venues.advance(minutes=40)
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000)
    assert kinds(await heard(socket, 1)) == ["ORDER_TRADE_UPDATE"]


async def test_a_gap_swallows_one_kind_of_news_and_counts_it(client, socket, venue):
    with venue.faults.begin(Stream.LOST, on="ORDER_TRADE_UPDATE") as gap:
        await client.create_order(BTC, "market", "buy", 0.1)
        assert kinds(await heard(socket, 2)) == ["ACCOUNT_UPDATE", "TRADE_LITE"]
    assert gap.struck == ["user@ORDER_TRADE_UPDATE"] * 2


async def test_news_may_come_twice_or_out_of_order(client, socket, venue):
    with venue.faults.begin(Stream.TWICE, on="ACCOUNT_UPDATE"):
        await client.create_order(BTC, "market", "buy", 0.1)
        assert kinds(await heard(socket, 5)).count("ACCOUNT_UPDATE") == 2
    with venue.faults.begin(Stream.SWAPPED, on="ORDER_TRADE_UPDATE"):
        await client.create_order(BTC, "market", "buy", 0.1)
        told = [m["o"]["X"] for m in await heard(socket, 4) if m["e"] == "ORDER_TRADE_UPDATE"]
    assert told == ["FILLED", "NEW"]
