"""What goes wrong with requests on the fake Upbit's floor really happens, and is written down."""

import asyncio
from decimal import Decimal

import ccxt
import pytest

from tests.venues.faults import Http
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.orders import Refusal

BTC = "BTC/KRW"
ENTRY = "POST /v1/orders?"
COINS = Decimal("0.01428551")


def bought(ledger):
    return ledger.purse("BTC").whole


async def buy(client, name="a1"):
    params = {"cost": 1_000_000, "clientOrderId": name}
    return await client.create_order(BTC, "market", "buy", None, None, params)


async def found(client, name="a1"):
    return client.parse_order(await client.privateGetOrder({"identifier": name}))


TOLD = {
    # what ccxt makes of it, and what the account holds afterwards
    Mishap.LOST: (ccxt.ExchangeNotAvailable, 0),
    Mishap.SWALLOWED: (ccxt.ExchangeError, 0),
    Mishap.BUSY: (ccxt.ExchangeNotAvailable, 0),
    Mishap.REJECTED: (ccxt.InsufficientFunds, 0),
    Mishap.UNHEARD: (ccxt.ExchangeNotAvailable, 1),
    Mishap.UNKNOWN: (ccxt.ExchangeError, 1),
    Mishap.GATEWAY: (ccxt.ExchangeNotAvailable, 1),
    Mishap.UNSURE: (ccxt.ExchangeNotAvailable, 1),
    Mishap.TORN: (ccxt.ExchangeError, 1),
    Mishap.CUT: (None, 1),
    Mishap.NULL: (None, 1),
    Mishap.EMPTY: (None, 1),
    Mishap.HOLLOW: (None, 1),
    Mishap.PAGE: (None, 1),
}


@pytest.mark.parametrize("kind", TOLD)
async def test_what_ccxt_makes_of_it_and_what_was_done(client, floor, ledger, kind):
    error, count = TOLD[kind]
    accident = floor.begin(kind, ENTRY, 1)
    if error is None:
        with_nothing = await outcome(client)
        assert with_nothing is None
    else:
        with pytest.raises(error):
            await buy(client)
    assert bought(ledger) == COINS * count
    (struck,) = accident.struck
    assert (ENTRY in struck.request, struck.outcome) == (True, "200" if count else "not done")
    assert floor.accidents.counts == {kind: 1}


async def outcome(client):
    """The number of an order that ccxt believes in."""
    return (await buy(client))["id"]


async def test_a_rejection_bears_the_name_that_was_asked_for(client, floor, ledger):
    refusal = Refusal("under_min_total_bid", "최소주문금액 이상으로 주문해주세요")
    with (
        floor.begin(Mishap.REJECTED, ENTRY, refusal=refusal),
        pytest.raises(ccxt.ExchangeError, match="under_min_total_bid"),
    ):
        await buy(client)
    await buy(client)
    assert bought(ledger) == COINS


async def test_an_answer_that_never_comes_is_a_timeout_after_the_effect(client, floor, ledger):
    client.timeout = 300
    with floor.begin(Mishap.MUTE, ENTRY) as accident, pytest.raises(ccxt.RequestTimeout):
        await buy(client)
    assert (bought(ledger), len(accident.struck)) == (COINS, 1)


async def test_a_request_that_arrives_twice_is_known_by_its_token(client, floor, ledger):
    with floor.begin(Mishap.TWICE, ENTRY) as accident:
        await buy(client)
    assert bought(ledger) == COINS
    assert "nonce_used" in accident.struck[1].outcome


async def test_a_late_order_is_not_found_and_then_there_it_is(client, venues, floor):
    with floor.begin(Mishap.LATE, ENTRY, 1, lag=3_000), pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    with pytest.raises(ccxt.OrderNotFound, match="order_not_found"):
        await found(client)
    await venues.advance(seconds=3)
    assert (await found(client))["filled"] == float(COINS)
    assert floor.accidents.counts == {Mishap.LATE: 1}


async def test_no_order_comes_too_late_for_a_token_has_no_window(client, venues, floor, ledger):
    floor.begin(Mishap.LATE, ENTRY, 1, lag=3_600_000)
    with pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    await venues.advance(minutes=61)
    assert bought(ledger) > 0


async def test_reads_may_be_stale_while_writes_are_not(client, floor):
    with floor.begin(Mishap.STALE, "GET /v1/order?"), floor.begin(Mishap.STALE, "/v1/accounts"):
        await buy(client)
        with pytest.raises(ccxt.OrderNotFound):
            await found(client)
        assert "BTC" not in await client.fetch_balance()
    assert (await client.fetch_balance())["BTC"]["total"] == float(COINS)
    assert (await found(client))["filled"] == float(COINS)


async def test_what_was_done_may_be_seen_only_later(client, venues, floor):
    with floor.begin(Mishap.LAGGING, lag=3_000) as accident:
        await buy(client)
        for _ in range(2):
            with pytest.raises(ccxt.OrderNotFound):
                await found(client)
            await venues.advance(seconds=2)
        assert (await found(client))["filled"] == float(COINS)
    assert sum("order_not_found" in one.outcome for one in accident.struck) == 2


async def test_a_cancellation_may_be_lost_too(client, floor, ledger):
    params = {"clientOrderId": "l1"}
    await client.create_order(BTC, "limit", "buy", 0.01, 60_000_000, params)
    with floor.begin(Mishap.UNHEARD, "DELETE /v1/order"), pytest.raises(ccxt.BaseError):
        await client.privateDeleteOrder({"identifier": "l1"})
    assert ledger.open_orders() == []


async def test_a_ban_stops_everything_before_it_is_done(client, venue, ledger):
    for kind in (Http.TOO_MANY, Http.BANNED):
        ban = venue.faults.begin(kind, on="/v1/orders", times=1)
        with pytest.raises(ccxt.BaseError, match="too_many_requests"):
            await buy(client)
        assert len(ban.struck) == 1
    assert bought(ledger) == 0


async def test_two_orders_at_once_are_two_orders(client, ledger):
    await asyncio.gather(*(buy(client, f"a{n}") for n in range(5)))
    assert bought(ledger) == COINS * 5


def test_every_mishap_is_tried_here():
    others = {Mishap.MUTE, Mishap.TWICE, Mishap.LATE, Mishap.STALE, Mishap.LAGGING}
    assert TOLD.keys() | others == {*Mishap}
