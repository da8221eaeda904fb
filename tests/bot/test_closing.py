"""What happens at a close happens once, early when the stream has every candle."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.closing import Closing
from bot.jobs import AtClose, Every, Job
from core.domain.market import Timeframe
from tests.builders import NOON, settings
from tests.fakes import FakeClock

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
ONE = NOON + timedelta(hours=1)


class House:
    """The close's jobs, and what has run."""

    def __init__(self, timeframe=Timeframe.H1, start=NOON):
        self.clock = FakeClock(start)
        self.settings = settings(symbols=(BTC, ETH), timeframe=timeframe)
        self.ran: list[tuple[str, datetime]] = []
        self.reads = 0
        jobs = [
            self.job("watch", AtClose()),
            self.job("expire", Every(timedelta(seconds=15))),
            self.job("propose", AtClose()),
        ]
        self.closing = Closing(self.clock, jobs, self.attempt, self.read)

    def job(self, name, when):
        async def run():
            self.ran.append((name, self.clock.now()))

        return Job(name, when, run)

    async def attempt(self, job):
        await job.run()

    async def read(self):
        self.reads += 1
        return self.settings


async def test_a_close_runs_its_jobs_in_the_order_of_the_table_and_only_once():
    house = House()
    house.clock.advance(hours=1, seconds=2)
    await house.closing.tick()
    await house.closing.tick()
    assert [name for name, _ in house.ran] == ["watch", "propose"]


async def test_between_closes_nothing_happens():
    house = House()
    house.clock.advance(minutes=59)
    await house.closing.tick()
    assert house.ran == []


async def test_a_close_that_was_there_before_the_start_is_not_made_up_for():
    house = House(start=NOON + timedelta(minutes=20))
    await house.closing.tick()
    assert house.ran == []


async def test_a_missed_tick_is_made_up_for_a_minute_later_but_not_half_a_candle_later():
    house = House()
    house.clock.advance(hours=1, minutes=3)
    await house.closing.tick()
    assert len(house.ran) == 2
    house.clock.advance(hours=1, minutes=40)
    await house.closing.tick()
    assert len(house.ran) == 2


async def test_the_timeframe_is_the_accounts_as_it_is_now():
    house = House(timeframe=Timeframe.M15)
    house.clock.advance(minutes=15)
    await house.closing.tick()
    assert len(house.ran) == 2


async def told(house, *symbols, close=ONE, timeframe=Timeframe.H1):
    """The stream says so while the desk waits for it."""
    await house.closing.tick()
    life = asyncio.ensure_future(house.closing.run())
    for symbol in symbols:
        house.closing.sealed(symbol, timeframe, close)
    await asyncio.sleep(0.01)
    life.cancel()
    await asyncio.wait([life])


async def test_the_last_candle_of_all_symbols_wakes_the_desk_at_once():
    house = House()
    house.clock.moment = ONE - timedelta(seconds=1)
    await house.closing.tick()
    house.clock.moment = ONE + timedelta(milliseconds=80)
    await told(house, BTC, ETH)
    assert [name for name, _ in house.ran] == ["watch", "propose"]
    house.clock.moment = ONE + timedelta(seconds=2)
    await house.closing.tick()
    assert len(house.ran) == 2


async def test_a_symbol_that_is_listed_no_more_is_not_waited_for():
    house = House()
    house.closing.listed = lambda symbols: [symbol for symbol in symbols if symbol != ETH]
    house.clock.moment = ONE - timedelta(seconds=1)
    await house.closing.tick()
    house.clock.moment = ONE
    await told(house, BTC)
    assert [name for name, _ in house.ran] == ["watch", "propose"]


@pytest.mark.parametrize(
    ("symbols", "timeframe", "close"),
    [
        ((BTC,), Timeframe.H1, ONE),
        ((BTC, BTC), Timeframe.H1, ONE),
        ((BTC, ETH), Timeframe.M15, ONE),
        ((BTC, ETH), Timeframe.H1, NOON),
    ],
    ids=["one is missing", "one twice", "another timeframe", "an old close"],
)
async def test_less_than_that_wakes_nobody(symbols, timeframe, close):
    house = House()
    house.clock.moment = ONE - timedelta(seconds=1)
    await told(house, *symbols, timeframe=timeframe, close=close)
    assert house.ran == []


async def test_a_venue_whose_clock_is_ahead_waits_for_ours():
    house = House()
    house.clock.moment = ONE - timedelta(milliseconds=400)
    await told(house, BTC, ETH)
    assert house.ran == []


async def test_a_desk_that_has_never_ticked_is_woken_too():
    house = House()
    life = asyncio.ensure_future(house.closing.run())
    await asyncio.sleep(0.01)
    house.clock.moment = ONE
    for symbol in (BTC, ETH):
        house.closing.sealed(symbol, Timeframe.H1, ONE)
    await asyncio.sleep(0.01)
    life.cancel()
    await asyncio.wait([life])
    assert [name for name, _ in house.ran] == ["watch", "propose"]


async def test_nothing_is_read_while_candles_are_still_missing():
    house = House()
    house.clock.moment = ONE - timedelta(seconds=1)
    await told(house, BTC, BTC)
    assert house.reads == 2  # at the start, and at the tick


async def test_the_last_candle_wakes_and_only_then_the_settings_are_read_again():
    house = House()
    house.clock.moment = ONE - timedelta(seconds=1)
    await house.closing.tick()
    life = asyncio.ensure_future(house.closing.run())
    house.clock.moment = ONE
    for symbol in (BTC, ETH):
        house.closing.sealed(symbol, Timeframe.H1, ONE)
    await asyncio.sleep(0.01)
    life.cancel()
    assert [name for name, _ in house.ran] == ["watch", "propose"]
    assert house.reads == 3


async def test_closes_that_never_became_complete_are_forgotten():
    house = House()
    await house.closing.tick()
    for hours in range(1, 4):
        house.closing.sealed(BTC, Timeframe.H1, NOON + timedelta(hours=hours))
    house.clock.advance(hours=2)
    await house.closing.tick()
    assert list(house.closing._sealed) == [NOON + timedelta(hours=3)]


class Thinker(House):
    """A desk that thinks about each close for as long as the test says."""

    def __init__(self):
        super().__init__()
        self.answered = asyncio.Event()
        jobs = [
            Job("form", AtClose(), self.ask, thinks=True),
            self.job("watch", AtClose()),
            Job("propose", AtClose(), self.job("propose", AtClose()).run, thinks=True),
        ]
        self.closing = Closing(self.clock, jobs, self.attempt, self.read)

    async def ask(self):
        self.ran.append(("form", self.clock.now()))
        await self.answered.wait()

    async def ticks(self):
        self.clock.advance(hours=1)
        await self.closing.tick()
        await asyncio.sleep(0.01)

    @property
    def done(self):
        return [name for name, _ in self.ran]


async def test_the_account_lives_through_a_candle_while_models_are_still_thinking():
    house = Thinker()
    life = asyncio.ensure_future(house.closing.run())
    await house.ticks()
    assert set(house.done) == {"watch", "form"}
    house.answered.set()
    await asyncio.sleep(0.01)
    life.cancel()
    assert house.done[-1] == "propose"


async def test_a_close_that_comes_meanwhile_is_lived_through_but_not_thought_about():
    house = Thinker()
    life = asyncio.ensure_future(house.closing.run())
    await house.ticks()
    await house.ticks()
    assert (house.done.count("watch"), house.done.count("form")) == (2, 1)
    house.answered.set()
    await asyncio.sleep(0.01)
    await house.ticks()
    life.cancel()
    assert (house.done.count("form"), house.done.count("propose")) == (2, 2)


async def test_an_account_whose_venue_hangs_keeps_no_other_waiting():
    house = House()
    hangs = asyncio.Event()

    async def stuck():
        await hangs.wait()

    jobs = [
        replace(house.job("form", AtClose()), thinks=True),
        Job("watch far", AtClose(), stuck, account="far"),
        house.job("watch", AtClose()),
        replace(house.job("propose far", AtClose()), thinks=True, account="far"),
        replace(house.job("propose", AtClose()), thinks=True),
    ]
    closing = Closing(house.clock, jobs, house.attempt, house.read)
    house.clock.advance(hours=1, seconds=2)
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(closing.run())
        ticking = tasks.create_task(closing.tick())
        while len(house.ran) < 3:  # noqa: ASYNC110 - facts of a fake, which tells nobody
            await asyncio.sleep(0)
        assert [name for name, _ in house.ran] == ["form", "watch", "propose"]
        assert not ticking.done()
        hangs.set()
        await closing.resting.wait()
        running.cancel()
    assert [name for name, _ in house.ran][3:] == ["propose far"]
