"""What goes wrong with requests on the fake Bitget's floor really happens, and is written down."""

import asyncio
from decimal import Decimal

import ccxt
import pytest

from tests.venues.faults import Http
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.orders import Refusal

BTC = "BTC/USDT:USDT"
ENTRY = "POST /api/v2/mix/order/place-order?"


def bought(ledger):
    return ledger.position("BTCUSDT").amount


async def buy(client, name="a1"):
    params = {"clientOrderId": name, "marginMode": "isolated"}
    return await client.create_order(BTC, "market", "buy", 0.1, None, params)


async def found(client, name="a1"):
    return await client.fetch_order(None, BTC, {"clientOrderId": name})


TOLD = {
    # what ccxt makes of it, and what the account holds afterwards
    Mishap.LOST: (ccxt.ExchangeNotAvailable, 0),
    Mishap.SWALLOWED: (ccxt.AuthenticationError, 0),
    Mishap.BUSY: (ccxt.ExchangeNotAvailable, 0),
    Mishap.REJECTED: (ccxt.InsufficientFunds, 0),
    Mishap.UNHEARD: (ccxt.ExchangeNotAvailable, 1),
    Mishap.UNKNOWN: (ccxt.AuthenticationError, 1),
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
        order = await buy(client)
        assert (order["id"], order["clientOrderId"], order["status"]) == (None, None, None)
    else:
        with pytest.raises(error):
            await buy(client)
    assert bought(ledger) == Decimal("0.1") * count
    (struck,) = accident.struck
    assert (ENTRY in struck.request, struck.outcome) == (True, "200" if count else "not done")
    assert floor.accidents.counts == {kind: 1}


async def test_what_is_unknown_is_told_as_a_request_that_timed_out(client, floor, ledger):
    with floor.begin(Mishap.UNKNOWN, ENTRY), pytest.raises(ccxt.BaseError, match="40010"):
        await buy(client)
    assert (await found(client))["filled"] == 0.1


async def test_a_rejection_bears_the_code_that_was_asked_for(client, floor, ledger):
    refusal = Refusal("45112", "more than the maximum order quantity")
    with (
        floor.begin(Mishap.REJECTED, ENTRY, refusal=refusal),
        pytest.raises(ccxt.ExchangeError, match="45112"),
    ):
        await buy(client)
    await buy(client)
    assert bought(ledger) == Decimal("0.1")


async def test_an_answer_that_never_comes_is_a_timeout_after_the_effect(client, floor, ledger):
    client.timeout = 300
    with floor.begin(Mishap.MUTE, ENTRY) as accident, pytest.raises(ccxt.RequestTimeout):
        await buy(client)
    assert (bought(ledger), len(accident.struck)) == (Decimal("0.1"), 1)


async def test_a_request_that_arrives_twice_is_known_by_its_name(client, floor, ledger):
    with floor.begin(Mishap.TWICE, ENTRY) as accident:
        order = await buy(client)
    assert (order["clientOrderId"], bought(ledger)) == ("a1", Decimal("0.1"))
    assert "40786" in accident.struck[1].outcome


async def test_a_late_order_is_not_found_and_then_there_it_is(client, venues, floor):
    with floor.begin(Mishap.LATE, ENTRY, 1, lag=3_000), pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    with pytest.raises(ccxt.OrderNotFound, match="40109"):
        await found(client)
    await venues.advance(seconds=3)
    assert (await found(client))["filled"] == 0.1
    assert floor.accidents.counts == {Mishap.LATE: 1}


async def test_an_order_later_than_its_window_is_never_done(client, venues, floor, ledger):
    accident = floor.begin(Mishap.LATE, ENTRY, 1, lag=31_000)
    with pytest.raises(ccxt.ExchangeNotAvailable):
        await buy(client)
    await venues.advance(seconds=32)
    assert bought(ledger) == 0
    assert "40008" in accident.struck[0].outcome


async def test_reads_may_be_stale_while_writes_are_not(client, floor):
    with floor.begin(Mishap.STALE, "/order/detail"), floor.begin(Mishap.STALE, "all-position"):
        await buy(client)
        with pytest.raises(ccxt.OrderNotFound):
            await found(client)
        assert await client.fetch_positions([BTC]) == []
    assert (await client.fetch_positions([BTC]))[0]["contracts"] == 0.1
    assert (await found(client))["status"] == "closed"


async def test_a_list_of_plans_may_lack_a_stop_that_lives(client, floor):
    await buy(client)
    ours = {"trigger": True, "planType": "profit_loss"}
    with floor.begin(Mishap.STALE, "orders-plan-pending"):
        stop = {"stopLossPrice": 48_000}
        await client.create_order(BTC, "market", "sell", 0.1, None, stop)
        assert await client.fetch_open_orders(BTC, params=ours) == []
    assert len(await client.fetch_open_orders(BTC, params=ours)) == 1


async def test_what_was_done_may_be_seen_only_later(client, venues, floor):
    with floor.begin(Mishap.LAGGING, lag=3_000) as accident:
        await buy(client)
        for _ in range(2):
            with pytest.raises(ccxt.OrderNotFound):
                await found(client)
            await venues.advance(seconds=2)
        assert (await found(client))["filled"] == 0.1
        assert len(await client.fetch_positions([BTC])) == 1
    assert sum("40109" in one.outcome for one in accident.struck) == 2


async def test_a_stop_may_be_lost_too(client, floor, ledger):
    await buy(client)
    stop = {"stopLossPrice": 48_000, "clientOrderId": "s1"}
    with floor.begin(Mishap.UNKNOWN, "place-tpsl-order"), pytest.raises(ccxt.BaseError):
        await client.create_order(BTC, "market", "sell", 0.1, None, stop)
    assert [a.asked.client_id for a in ledger.open_algos()] == ["s1"]


async def test_a_ban_stops_everything_before_it_is_done(client, venue, ledger):
    for kind, error in ((Http.TOO_MANY, ccxt.DDoSProtection), (Http.BANNED, ccxt.BaseError)):
        ban = venue.faults.begin(kind, on="place-order", times=1)
        with pytest.raises(error):
            await buy(client)
        assert len(ban.struck) == 1
    assert bought(ledger) == 0


async def test_two_orders_at_once_are_two_orders(client, ledger):
    await asyncio.gather(*(buy(client, f"a{n}") for n in range(5)))
    assert bought(ledger) == Decimal("0.5")


def test_every_mishap_is_tried_here():
    others = {Mishap.MUTE, Mishap.TWICE, Mishap.LATE, Mishap.STALE, Mishap.LAGGING}
    assert TOLD.keys() | others == {*Mishap}
