"""A real account is opened when its venue answers, and asked for until it does."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.accounts.counter import FIRST_PAUSE, LONGEST_PAUSE, Counter
from bot.errors import VenueUnavailable, WrongSetting
from core.errors import BrokerUnavailable
from core.paper.broker import PaperBroker
from tests.bot.accounts.far import LIVE, FarBroker
from tests.builders import NOON
from tests.core.broker_contract import BrokerContract
from tests.core.paper.builders import BTC, bars
from tests.core.paper.fakes import FakeClock as PaperClock
from tests.core.paper.fakes import FakeMarket, MemoryPaperStore
from tests.fakes import FakeBroker, FakeClock


class Opener:
    """Opens after it has failed as often as it was told to."""

    def __init__(self, broker, *fails):
        self.broker, self.fails, self.tried = broker, list(fails), 0

    async def __call__(self):
        self.tried += 1
        if self.fails:
            raise self.fails.pop(0)
        return self.broker


def counter(*fails):
    return Counter(LIVE, FakeClock(), Opener(FarBroker(FakeBroker()), *fails))


async def test_an_account_is_opened_once():
    door = counter()
    await asyncio.gather(door.wake(), door.wake(), door.wake())
    await door.wake()
    assert door.opens.tried == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.account(),
        lambda c: c.open_orders(),
        lambda c: c.activity(0, ()),
        lambda c: c.find(None),
        lambda c: c.place(None),
        lambda c: c.cancel(None),
        lambda c: c.moved(NOON, NOON),
    ],
    ids=["account", "open_orders", "activity", "find", "place", "cancel", "moved"],
)
async def test_before_it_is_open_nobody_is_told_that_there_is_nothing(ask):
    with pytest.raises(BrokerUnavailable):
        await ask(counter())


def test_before_it_is_open_nobody_knows_when_an_order_must_have_arrived():
    with pytest.raises(BrokerUnavailable):
        _ = counter().arrival


@pytest.mark.parametrize(
    "failure",
    [VenueUnavailable("down"), WrongSetting("no"), BrokerUnavailable(), TimeoutError()],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_venue_that_is_down_is_asked_again_after_a_pause(failure):
    door = counter(failure)
    with pytest.raises(BrokerUnavailable):
        await door.wake()
    with pytest.raises(BrokerUnavailable):
        await door.wake()
    assert door.opens.tried == 1
    door.clock.advance(seconds=FIRST_PAUSE.total_seconds())
    await door.wake()
    assert door.broker is door.opens.broker


async def test_pauses_grow_up_to_a_minute():
    door, waited = counter(*[VenueUnavailable("down")] * 10), []
    for _ in range(8):
        with pytest.raises(BrokerUnavailable):
            await door.wake()
        waited.append(door.again - door.clock.now())
        door.clock.advance(seconds=waited[-1].total_seconds())
    assert waited[:4] == [timedelta(seconds=s) for s in (5, 10, 20, 40)]
    assert set(waited[4:]) == {LONGEST_PAUSE}
    assert door.opens.tried == 8


async def test_an_opening_that_hangs_is_given_up(monkeypatch):
    async def hangs():
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.accounts.counter.PATIENCE", 0.01)
    door = Counter(LIVE, FakeClock(), hangs)
    with pytest.raises(BrokerUnavailable):
        await door.wake()


async def test_a_bug_is_not_taken_for_a_venue_that_is_down():
    door = counter(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await door.wake()


async def test_what_was_opened_is_closed_and_nothing_else():
    shut, door = counter(), counter()
    await door.wake()
    await shut.aclose()
    await door.aclose()
    assert door.broker.is_closed


class TestBehindTheCounter(BrokerContract):
    """Once it is open it is the broker."""

    @pytest.fixture
    async def broker(self):
        clock = PaperClock()
        tape = FakeMarket(clock, {BTC: bars(["50000 50100 49900 50000"])})
        paper = PaperBroker(
            account="bybit-2",
            opening_balance=Decimal(10_000),
            clock=clock,
            quotes=tape,
            tape=tape,
            market=tape,
            store=MemoryPaperStore(),
        )
        door = Counter(LIVE, clock, Opener(FarBroker(paper)))
        await door.wake()
        return door
