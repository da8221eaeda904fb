"""What the broker makes of lost and garbled replies, held against what the venue really did."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.trading import OrderStatus, Placed, Refused, Unknown
from core.errors import BrokerUnavailable
from tests.core.broker_contract import bid, entry, stop
from tests.venues.faults import Reach
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.orders import Refusal

ENTRY, STOP = "POST /fapi/v1/order?", "POST /fapi/v1/algoOrder?"
DONE = {
    Mishap.UNHEARD: 1,
    Mishap.UNKNOWN: 1,
    Mishap.GATEWAY: 1,
    Mishap.EMPTY: 1,
    Mishap.HOLLOW: 1,
    Mishap.NULL: 1,
    Mishap.CUT: 1,
    Mishap.TORN: 1,
    Mishap.UNSURE: 1,
    Mishap.PAGE: 1,
    Mishap.MUTE: 1,
    Mishap.LOST: 0,
    Mishap.SWALLOWED: 0,
    Mishap.BUSY: 0,
    Mishap.REJECTED: 0,
}


def bought(ledger):
    return ledger.position("BTCUSDT").amount


@pytest.mark.parametrize("kind", DONE)
async def test_a_lost_reply_to_an_entry_is_unknown_until_the_venue_is_asked(
    broker, floor, ledger, kind
):
    broker.wire.client.timeout = 400
    with floor.begin(kind, ENTRY, 1) as accident:
        assert await broker.place(entry()) == Unknown("entry")
    assert len(accident.struck) == 1
    assert bought(ledger) == Decimal("0.1") * DONE[kind]

    state = await broker.find(entry())
    assert (state and state.filled) == (Decimal("0.1") if DONE[kind] else None)
    again = await broker.place(entry())
    assert again == (Placed("entry") if DONE[kind] else Unknown("entry"))
    assert bought(ledger) == Decimal("0.1") * DONE[kind]


@pytest.mark.parametrize("kind", [kind for kind in DONE if kind is not Mishap.MUTE])
async def test_a_lost_reply_to_a_stop_is_unknown_until_the_venue_is_asked(
    broker, floor, ledger, kind
):
    await broker.place(entry())
    with floor.begin(kind, STOP, 1):
        assert await broker.place(stop()) == Unknown("stop")
    assert len(ledger.open_algos()) == DONE[kind]
    state = await broker.find(stop())
    assert (state and state.status) == (OrderStatus.OPEN if DONE[kind] else None)


CODES = {-2019: Refused, -2021: Refused, -1021: Refused, -4164: Refused, -2010: Unknown}
CODES |= {-1001: Unknown, -1006: Unknown, -4116: Unknown, -2015: Refused, -1111: Refused}


@pytest.mark.parametrize("code", CODES)
async def test_only_a_known_code_is_a_refusal(broker, floor, ledger, code):
    with floor.begin(Mishap.REJECTED, ENTRY, 1, refusal=Refusal(code, "words")):
        outcome = await broker.place(entry())
    assert type(outcome) is CODES[code]
    assert (await broker.place(entry()) == Placed("entry")) is (CODES[code] is Refused)


@pytest.mark.parametrize("kind", [Reach.REFUSED, Reach.NAMELESS, Reach.UNTRUSTED])
async def test_an_order_for_which_no_connection_stood_was_never_sent(venues, opened, ledger, kind):
    broker = await opened()
    await broker.place(entry("warm", "0.01"))
    await broker.wire.client.session.close()
    broker.wire.client.session = venues.session()
    with venues["binance"].faults.begin(kind):
        outcome = await broker.place(entry())
    assert outcome == Refused("entry", "never_sent")
    assert bought(ledger) == Decimal("0.01")
    await broker.aclose()


ASKED = {
    "account": ("GET /fapi/v3/", lambda broker: broker.account()),
    "open orders": ("GET /fapi/v1/openOrders", lambda broker: broker.open_orders()),
    "open stops": ("GET /fapi/v1/openAlgoOrders", lambda broker: broker.open_orders()),
    "order": ("GET /fapi/v1/order?", lambda broker: broker.find(bid())),
    "stop": ("GET /fapi/v1/algoOrder?", lambda broker: broker.find(stop())),
    "fills": ("GET /fapi/v1/userTrades", lambda broker: broker.activity(0, {"BTC/USDT:USDT"})),
    "income": ("GET /fapi/v1/income", lambda broker: broker.activity(0, ())),
}
GARBLED = [Mishap.GATEWAY, Mishap.EMPTY, Mishap.HOLLOW, Mishap.NULL, Mishap.CUT, Mishap.PAGE]
GARBLED += [Mishap.TORN, Mishap.BUSY, Mishap.LOST, Mishap.SWALLOWED, Mishap.REJECTED]


@pytest.mark.parametrize("what", ASKED)
async def test_a_failed_question_is_never_an_empty_answer(broker, floor, what):
    await broker.place(entry())
    await broker.place(stop())
    await broker.place(bid())
    where, ask = ASKED[what]
    for kind in GARBLED:
        with floor.begin(kind, where) as accident, pytest.raises(BrokerUnavailable):
            await ask(broker)
        assert accident.struck, kind
    await ask(broker)


@pytest.mark.parametrize("kind", [k for k in GARBLED if k is not Mishap.HOLLOW])
async def test_a_cancel_that_is_not_proven_is_said(broker, floor, ledger, kind):
    await broker.place(bid())
    with floor.begin(kind, "DELETE /fapi/v1/order"), pytest.raises(BrokerUnavailable):
        await broker.cancel(bid())
    await broker.cancel(bid())
    assert ledger.open_orders() == []


async def test_an_error_says_no_address(broker, floor):
    with floor.begin(Mishap.GATEWAY), pytest.raises(BrokerUnavailable) as caught:
        await broker.account()
    assert "://" not in str(caught.value)
    assert "signature" not in str(caught.value)


async def test_an_order_that_nobody_could_place_is_not_sent(broker, floor):
    floor.begin(Mishap.UNHEARD, "POST")
    tiny = replace(entry(amount="0.0001"))
    assert await broker.place(tiny) == Refused("entry", "step")
    assert await broker.place(replace(bid(), amount=Decimal("0.001"))) == Refused(
        "bid", "min_notional"
    )
    assert await broker.place(replace(entry(), symbol="NO/USDT:USDT")) == Refused(
        "entry", "symbol"
    )
    assert not floor.accidents.counts
