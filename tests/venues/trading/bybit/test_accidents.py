"""What goes wrong with requests on the fake Bybit's floor really happens, and is written down."""

import asyncio
from decimal import Decimal

import aiohttp
import ccxt
import pytest

from tests.venues.faults import Http, Reach
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.bybit.test_orders import find, one
from tests.venues.trading.orders import Refusal

BTC = "BTC/USDT:USDT"
ENTRY = "POST /v5/order/create?"


def bought(ledger):
    return ledger.position("BTCUSDT").amount


async def buy(client, name="a1", **more):
    params = {"clientOrderId": name} | more
    return await client.create_order(BTC, "market", "buy", 0.1, None, params)


TOLD = {
    # what ccxt makes of it, and what the account holds afterwards
    Mishap.LOST: (ccxt.ExchangeNotAvailable, 0),
    Mishap.SWALLOWED: (ccxt.ExchangeError, 0),
    Mishap.BUSY: (ccxt.ExchangeNotAvailable, 0),
    Mishap.REJECTED: (ccxt.InvalidOrder, 0),
    Mishap.UNHEARD: (ccxt.ExchangeNotAvailable, 1),
    Mishap.UNKNOWN: (ccxt.ExchangeError, 1),
    Mishap.GATEWAY: (ccxt.ExchangeNotAvailable, 1),
    Mishap.UNSURE: (ccxt.ExchangeNotAvailable, 1),
    Mishap.TORN: (ccxt.ExchangeError, 1),
    Mishap.CUT: (None, 1),
    Mishap.NULL: (None, 1),
    Mishap.EMPTY: (None, 1),
    Mishap.HOLLOW: (ccxt.ExchangeError, 1),
    Mishap.PAGE: (None, 1),
}
WORDS = {Mishap.UNKNOWN: '"retCode":10000', Mishap.SWALLOWED: '"retCode":10016'}


@pytest.mark.parametrize("kind", TOLD)
async def test_what_ccxt_makes_of_it_and_what_was_done(client, floor, ledger, kind):
    error, count = TOLD[kind]
    accident = floor.begin(kind, ENTRY, 1)
    if error is None:
        assert (await buy(client))["id"] is None
    else:
        with pytest.raises(error, match=WORDS.get(kind)):
            await buy(client)
    assert bought(ledger) == Decimal("0.1") * count
    (struck,) = accident.struck
    assert (ENTRY in struck.request, struck.outcome) == (True, "200" if count else "not done")
    assert len(await find(client, "a1")) == count


async def test_a_rejection_bears_the_code_that_was_asked_for(client, floor, ledger):
    refusal = Refusal(110007, "ab not enough for new order")
    with (
        floor.begin(Mishap.REJECTED, ENTRY, refusal=refusal),
        pytest.raises(ccxt.InsufficientFunds),
    ):
        await buy(client)
    await buy(client)
    assert bought(ledger) == Decimal("0.1")


async def test_an_answer_that_never_comes_is_a_timeout_after_the_effect(client, floor, ledger):
    await client.is_unified_enabled()
    client.timeout = 300
    with floor.begin(Mishap.MUTE, ENTRY) as accident, pytest.raises(ccxt.RequestTimeout):
        await buy(client)
    assert (bought(ledger), len(accident.struck)) == (Decimal("0.1"), 1)


async def test_a_request_that_arrives_twice_is_known_by_its_name_even_when_it_was_filled(
    client, floor, ledger
):
    with floor.begin(Mishap.TWICE, ENTRY) as accident:
        await buy(client)
    assert bought(ledger) == Decimal("0.1")
    first, second = (struck.outcome for struck in accident.struck)
    assert (first, "110072" in second) == ("200", True)


async def test_without_a_name_it_buys_twice(client, floor, ledger):
    with floor.begin(Mishap.TWICE, ENTRY):
        await client.create_order(BTC, "market", "buy", 0.1)
    assert bought(ledger) == Decimal("0.2")


async def test_a_late_order_is_not_found_and_then_there_it_is(client, venues, floor, ledger):
    with floor.begin(Mishap.LATE, ENTRY, 1, lag=3_000), pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    assert await find(client, "a1") == []
    await venues.advance(seconds=3)
    assert (await one(client, "a1"))["filled"] == 0.1
    assert floor.accidents.counts == {Mishap.LATE: 1}


async def test_an_order_later_than_its_window_is_never_done(client, venues, floor, ledger):
    client.options["recvWindow"] = 2_000
    accident = floor.begin(Mishap.LATE, ENTRY, 1, lag=4_000)
    with pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    await venues.advance(seconds=5)
    assert bought(ledger) == 0
    assert "10002" in accident.struck[0].outcome


async def test_reads_may_be_stale_while_writes_are_not(client, floor, ledger):
    with floor.begin(Mishap.STALE, "/v5/order/") as orders, floor.begin(Mishap.STALE, "position"):
        await buy(client)
        assert await find(client, "a1") == []
        assert await client.fetch_positions() == []
    assert [struck.outcome for struck in orders.struck] == ["200", "200"]
    assert (await client.fetch_positions())[0]["contracts"] == 0.1
    assert (await one(client, "a1"))["status"] == "closed"


async def test_what_was_done_may_be_seen_only_later(client, venues, floor):
    with floor.begin(Mishap.LAGGING, lag=3_000):
        await buy(client)
        for _ in range(2):
            assert await find(client, "a1") == []
            assert await client.fetch_positions() == []
            await venues.advance(seconds=2)
        assert (await one(client, "a1"))["filled"] == 0.1
        assert len(await client.fetch_positions()) == 1


async def test_a_thin_market_leaves_odd_parts(client, ledger):
    ledger.state.liquidity["BTCUSDT"] = Decimal("0.037")
    await buy(client)
    found = await one(client, "a1")
    assert (found["status"], found["filled"]) == ("canceled", 0.037)


async def test_an_accident_strikes_what_it_names_and_as_often_as_it_may(client, floor, ledger):
    floor.begin(Mishap.UNKNOWN, '"orderLinkId":"bad', 2)
    await buy(client, "good")
    for n in range(2):
        with pytest.raises(ccxt.ExchangeError, match="10000"):
            await buy(client, f"bad{n}")
    await buy(client, "bad2")
    assert floor.accidents.counts == {Mishap.UNKNOWN: 2}
    assert bought(ledger) == Decimal("0.4")


async def test_a_ban_stops_everything_before_it_is_done(client, venue, ledger):
    for kind in (Http.TOO_MANY, Http.BANNED):
        ban = venue.faults.begin(kind, on="/v5/order/create", times=1)
        with pytest.raises(ccxt.RateLimitExceeded):
            await buy(client)
        assert len(ban.struck) == 1
    assert bought(ledger) == 0


@pytest.mark.parametrize("kind", Reach)
async def test_an_order_to_a_venue_out_of_reach_was_never_sent(
    client, venues, venue, ledger, kind
):
    await client.is_unified_enabled()
    fault = venue.faults.begin(kind, on="api.bybit.com")
    await client.session.close()  # an open line would not ask for the way
    client.session = venues.session()
    with fault, pytest.raises(ccxt.ExchangeNotAvailable) as caught:
        await buy(client)
    assert isinstance(caught.value.__cause__, aiohttp.ClientConnectorError)
    assert (fault.struck, bought(ledger)) == (["api.bybit.com"], 0)
    await buy(client)


async def test_two_orders_at_once_are_two_orders(client, ledger):
    await asyncio.gather(*(buy(client, f"a{n}") for n in range(5)))
    assert bought(ledger) == Decimal("0.5")
    assert len({f.id for f in ledger.state.fills}) == 5


def test_every_mishap_is_tried_here():
    others = {Mishap.MUTE, Mishap.TWICE, Mishap.LATE, Mishap.STALE, Mishap.LAGGING}
    assert TOLD.keys() | others == {*Mishap}
