"""What goes wrong with requests on the fake OKX's floor really happens, and is written down."""

import asyncio
from decimal import Decimal

import aiohttp
import ccxt
import pytest

from tests.venues.faults import Http, Reach
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.okx.test_orders import find, held
from tests.venues.trading.orders import Refusal

BTC = "BTC/USDT:USDT"
ENTRY = "POST /api/v5/trade/batch-orders?"


async def buy(client, name="a1", **more):
    params = {"clientOrderId": name} | more
    return await client.create_order(BTC, "market", "buy", 10, None, params)


TOLD = {
    # what ccxt makes of it, and what the account holds afterwards
    Mishap.LOST: (ccxt.ExchangeNotAvailable, 0),
    Mishap.SWALLOWED: (ccxt.ExchangeError, 0),
    Mishap.BUSY: (ccxt.ExchangeNotAvailable, 0),
    Mishap.REJECTED: (ccxt.InvalidOrder, 0),
    Mishap.UNHEARD: (ccxt.ExchangeNotAvailable, 1),
    Mishap.UNKNOWN: (ccxt.RequestTimeout, 1),
    Mishap.GATEWAY: (ccxt.ExchangeNotAvailable, 1),
    Mishap.UNSURE: (ccxt.ExchangeNotAvailable, 1),
    Mishap.TORN: (ccxt.ExchangeError, 1),
    Mishap.CUT: (None, 1),
    Mishap.NULL: (None, 1),
    Mishap.EMPTY: (None, 1),
    Mishap.HOLLOW: (ccxt.ExchangeError, 1),
    Mishap.PAGE: (None, 1),
}
WORDS = {
    Mishap.UNKNOWN: '"code":"50004"',
    Mishap.SWALLOWED: '"code":"1".*"sCode":"51149"',
    Mishap.REJECTED: '"code":"1".*"sCode":"51006"',
}


@pytest.mark.parametrize("kind", TOLD)
async def test_what_ccxt_makes_of_it_and_what_was_done(client, floor, ledger, kind):
    error, count = TOLD[kind]
    accident = floor.begin(kind, ENTRY, 1)
    if error is None:
        assert (await buy(client))["id"] is None
    else:
        with pytest.raises(error, match=WORDS.get(kind)):
            await buy(client)
    assert held(ledger) == Decimal("0.1") * count
    (struck,) = accident.struck
    assert (ENTRY in struck.request, struck.outcome) == (True, "200" if count else "not done")
    assert floor.accidents.counts == {kind: 1}


async def test_a_rejection_bears_the_code_that_was_asked_for(client, floor, ledger):
    refusal = Refusal(51008, "Order failed. Insufficient USDT margin in account")
    with (
        floor.begin(Mishap.REJECTED, ENTRY, refusal=refusal),
        pytest.raises(ccxt.InsufficientFunds),
    ):
        await buy(client)
    await buy(client)
    assert held(ledger) == Decimal("0.1")


async def test_an_answer_that_never_comes_is_a_timeout_after_the_effect(client, floor, ledger):
    client.timeout = 300
    with floor.begin(Mishap.MUTE, ENTRY) as accident, pytest.raises(ccxt.RequestTimeout):
        await buy(client)
    assert (held(ledger), len(accident.struck)) == (Decimal("0.1"), 1)


async def test_a_request_that_arrives_twice_buys_twice(client, floor, ledger):
    with floor.begin(Mishap.TWICE, ENTRY) as accident:
        await buy(client)
    assert held(ledger) == Decimal("0.2")
    assert [one.outcome for one in accident.struck] == ["200", "200"]


async def test_a_resting_order_that_arrives_twice_is_known_by_its_name(client, floor, ledger):
    with floor.begin(Mishap.TWICE, ENTRY) as accident:
        await client.create_order(BTC, "limit", "buy", 10, 49_000, {"clientOrderId": "a1"})
    assert len(ledger.open_orders()) == 1
    assert "51016" in accident.struck[1].outcome


async def test_a_late_order_is_not_found_and_then_there_it_is(client, venues, floor, ledger):
    with floor.begin(Mishap.LATE, ENTRY, 1, lag=3_000), pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    with pytest.raises(ccxt.OrderNotFound, match="51603"):
        await find(client, "a1")
    await venues.advance(seconds=3)
    assert (await find(client, "a1"))["filled"] == 10
    assert floor.accidents.counts == {Mishap.LATE: 1}


async def test_an_order_later_than_its_window_is_never_done(client, venues, floor, ledger):
    accident = floor.begin(Mishap.LATE, ENTRY, 1, lag=40_000)
    with pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    await venues.advance(seconds=41)
    assert held(ledger) == 0
    assert "50102" in accident.struck[0].outcome


async def test_reads_may_be_stale_while_writes_are_not(client, floor, ledger):
    with floor.begin(Mishap.STALE, "/trade/order") as orders, floor.begin(Mishap.STALE, "pos"):
        await buy(client)
        with pytest.raises(ccxt.OrderNotFound):
            await find(client, "a1")
        assert await client.fetch_positions([BTC]) == []
    assert ["51603" in one.outcome for one in orders.struck] == [True]
    assert (await client.fetch_positions([BTC]))[0]["contracts"] == 10
    assert (await find(client, "a1"))["status"] == "closed"


async def test_a_list_may_lack_an_order_that_lives(client, floor):
    with floor.begin(Mishap.STALE, "/orders-pending"):
        order = await client.create_order(BTC, "limit", "buy", 10, 49_000)
        assert await client.fetch_open_orders(BTC) == []
        assert (await client.fetch_order(order["id"], BTC))["status"] == "open"


async def test_what_was_done_may_be_seen_only_later(client, venues, floor):
    with floor.begin(Mishap.LAGGING, lag=3_000):
        await buy(client)
        for _ in range(2):
            with pytest.raises(ccxt.OrderNotFound):
                await find(client, "a1")
            assert await client.fetch_positions([BTC]) == []
            await venues.advance(seconds=2)
        assert (await find(client, "a1"))["filled"] == 10
        assert len(await client.fetch_positions([BTC])) == 1


async def test_a_thin_market_leaves_odd_parts(client, ledger):
    ledger.state.liquidity["BTC-USDT-SWAP"] = Decimal("0.037")
    await buy(client)
    found = await find(client, "a1")
    assert (found["status"], found["filled"]) == ("canceled", 3.7)


async def test_an_accident_strikes_what_it_names_and_as_often_as_it_may(client, floor, ledger):
    floor.begin(Mishap.UNKNOWN, '"clOrdId":"bad', 2)
    await buy(client, "good")
    for _ in range(2):
        with pytest.raises(ccxt.RequestTimeout):
            await buy(client, "bad")
    await buy(client, "bad")
    assert floor.accidents.counts == {Mishap.UNKNOWN: 2}
    assert held(ledger) == Decimal("0.4")


async def test_a_ban_stops_everything_before_it_is_done(client, venue, ledger):
    for kind in (Http.TOO_MANY, Http.BANNED):
        ban = venue.faults.begin(kind, on="/trade/batch-orders", times=1)
        with pytest.raises(ccxt.NetworkError):
            await buy(client)
        assert len(ban.struck) == 1
    assert held(ledger) == 0


@pytest.mark.parametrize("kind", Reach)
async def test_an_order_to_a_venue_out_of_reach_was_never_sent(
    client, venues, venue, ledger, kind
):
    fault = venue.faults.begin(kind, on="www.okx.com")
    await client.session.close()  # an open line would not ask for the way
    client.session = venues.session()
    with fault, pytest.raises(ccxt.ExchangeNotAvailable) as caught:
        await buy(client)
    assert isinstance(caught.value.__cause__, aiohttp.ClientConnectorError)
    assert (fault.struck, held(ledger)) == (["www.okx.com"], 0)
    await buy(client)


async def test_two_orders_at_once_are_two_orders(client, ledger):
    await asyncio.gather(*(buy(client, f"a{n}") for n in range(5)))
    assert held(ledger) == Decimal("0.5")
    assert len({f.id for f in ledger.state.fills}) == 5


def test_every_mishap_is_tried_here():
    others = {Mishap.MUTE, Mishap.TWICE, Mishap.LATE, Mishap.STALE, Mishap.LAGGING}
    assert TOLD.keys() | others == {*Mishap}
