"""A venue that wants silence gets it, except from what protects; a wrong clock is set right."""

from datetime import timedelta

import pytest

from core.domain.trading import Placed, Refused
from core.errors import BrokerUnavailable
from tests.core.broker_contract import entry, stop
from tests.venues.faults import Http
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.orders import Refusal

BANNED = Refusal(-1003, "Way too many requests")


async def test_after_too_many_requests_only_protection_speaks(broker, floor, venues):
    await broker.place(entry())
    with floor.begin(Mishap.REJECTED, "GET /fapi/v3", refusal=BANNED) as accident:
        with pytest.raises(BrokerUnavailable):
            await broker.account()
        told = len(accident.struck)
        with pytest.raises(BrokerUnavailable, match="asks to wait"):
            await broker.account()
        assert len(accident.struck) == told
    assert await broker.place(entry("more", "0.01")) == Refused("more", "resting")
    assert await broker.place(stop()) == Placed("stop")
    await broker.cancel(stop())
    await venues.advance(seconds=6)
    assert (await broker.account()).positions
    assert await broker.place(entry("more", "0.01")) == Placed("more")


@pytest.mark.parametrize("kind", [Http.TOO_MANY, Http.BANNED])
async def test_a_venue_says_how_long(broker, venues, kind):
    with venues["binance"].faults.begin(kind), pytest.raises(BrokerUnavailable):
        await broker.account()
    assert broker.wire.rests
    left = broker.wire.rests_until - venues.world.now / 1000
    assert left == pytest.approx(30)


async def test_an_order_that_was_told_to_wait_was_refused(broker, floor, ledger):
    with floor.begin(Mishap.REJECTED, "POST /fapi/v1/order?", refusal=BANNED):
        assert await broker.place(entry()) == Refused("entry", "-1003")
    assert ledger.position("BTCUSDT").amount == 0


async def test_a_clock_that_goes_wrong_is_set_by_the_venues(broker, venues, ledger):
    await broker.place(entry())
    venues.world.clock, told = (lambda: told() - 20_000), venues.world.clock
    broker.wire.client.milliseconds = lambda: told() + 20_000
    assert await broker.place(entry("late", "0.01")) == Refused("late", "-1021")
    assert await broker.place(entry("late", "0.01")) == Placed("late")


def test_the_time_for_arrival_is_the_window_the_clock_and_the_lag(broker):
    assert broker.arrival == timedelta(seconds=9)
