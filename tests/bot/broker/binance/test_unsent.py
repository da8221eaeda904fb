"""What is not sent is known; what is said of an error tells nobody a secret."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.trading import Refused
from core.errors import BrokerUnavailable
from tests.core.broker_contract import bid, entry
from tests.venues.faults import Reach
from tests.venues.trading.accidents import Mishap


@pytest.mark.parametrize("kind", [Reach.REFUSED, Reach.NAMELESS, Reach.UNTRUSTED])
async def test_an_order_for_which_no_connection_stood_was_never_sent(venues, opened, ledger, kind):
    broker = await opened()
    await broker.place(entry("warm", "0.01"))
    await broker.wire.client.session.close()
    broker.wire.client.session = venues.session()
    with venues["binance"].faults.begin(kind):
        outcome = await broker.place(entry())
    assert outcome == Refused("entry", "never_sent")
    assert ledger.position("BTCUSDT").amount == Decimal("0.01")
    await broker.aclose()


async def test_an_error_says_no_address(broker, floor):
    with floor.begin(Mishap.GATEWAY), pytest.raises(BrokerUnavailable) as caught:
        await broker.account()
    assert "://" not in str(caught.value)
    assert "signature" not in str(caught.value)


async def test_an_order_that_nobody_could_place_is_not_sent(broker, floor):
    floor.begin(Mishap.UNHEARD, "POST")
    tiny = entry(amount="0.0001")
    assert await broker.place(tiny) == Refused("entry", "step")
    assert await broker.place(replace(bid(), amount=Decimal("0.001"))) == Refused(
        "bid", "min_notional"
    )
    assert await broker.place(replace(entry(), symbol="NO/USDT:USDT")) == Refused(
        "entry", "symbol"
    )
    assert not floor.accidents.counts


async def test_an_order_is_waited_for_little_longer_than_it_may_arrive(broker):
    window = broker.wire.client.options["recvWindow"]
    assert window <= broker.wire.client.timeout <= window + 1_000
