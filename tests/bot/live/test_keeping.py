"""What goes on beside a living market: what is followed is heard, proved, listed, and read again."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bot.errors import VenueUnavailable
from bot.live import keeping
from bot.live.keeping import Keeper, every
from bot.live.listening import Line
from bot.live.market import LiveMarket
from bot.live.switching import Switch
from core.domain.market import Timeframe, to_millis
from tests.bot.live.street import BTC, ETH, H1, M1, feed
from tests.builders import instrument, settings
from tests.fakes import FakeClock

MOMENT = timedelta(milliseconds=10)


class Streams:
    """Writes down who was subscribed to; its one line speaks as long as it lives."""

    def __init__(self):
        self.wanted = []
        self.drops = 0

    def lines(self, symbols, timeframes):
        self.wanted.append((tuple(symbols), tuple(timeframes)))

        async def listen(line):
            await asyncio.Event().wait()

        return (Line("candles", FakeClock(), timedelta(minutes=1), listen),)

    async def drop(self, line=None):
        self.drops += 1


class Yard:
    def __init__(self):
        self.own, self.venue = feed("Binance")
        self.other, self.second = feed("Bybit")
        self.other.clock = self.second.clock = self.own.clock
        self.contracts = {symbol: instrument(symbol=symbol) for symbol in (BTC, ETH)}
        switch = Switch(self.own, self.other, self.own.clock, self.tell)
        self.market = LiveMarket(switch, self.own.clock, self.contracts, 20)
        self.settings = settings(symbols=(BTC, ETH), timeframe=H1)
        self.streams = Streams()
        self.keeper = Keeper(self.market, self.streams, self.read, self.listing)
        self.keeper.followed = ((BTC, ETH), H1)

    async def tell(self, before, now):
        pass

    async def read(self):
        return self.settings

    async def listing(self, followed=()):
        return self.contracts

    async def runs(self, *changes):
        """The keeper at work, while one thing after another changes."""
        life = asyncio.ensure_future(self.keeper.run())
        for change in changes:
            await asyncio.sleep(5 * MOMENT.total_seconds())
            change()
        await asyncio.sleep(5 * MOMENT.total_seconds())
        life.cancel()
        await asyncio.wait([life])


@pytest.fixture
def yard(monkeypatch):
    monkeypatch.setattr(keeping, "LOOK", MOMENT)
    monkeypatch.setattr(keeping, "LISTED", MOMENT)
    return Yard()


async def test_minutes_and_the_accounts_timeframe_are_subscribed_to_and_anew_when_it_changes(yard):
    def shorter():
        yard.settings = settings(symbols=(BTC,), timeframe=Timeframe.M15)

    await yard.runs(shorter)
    assert yard.streams.wanted == [
        ((BTC, ETH), (H1, M1)),
        ((BTC,), (Timeframe.M15, M1)),
    ]
    assert yard.streams.drops >= 1


async def test_what_has_ended_is_subscribed_to_no_more(yard):
    await yard.runs(lambda: yard.contracts.__delitem__(ETH))
    assert [symbols for symbols, _ in yard.streams.wanted] == [(BTC, ETH), (BTC,)]
    assert yard.market.instrument(ETH).is_over(yard.own.clock.now())


async def test_after_an_outage_all_that_is_followed_is_read_and_one_that_fails_stops_nothing(yard):
    yard.keeper.followed = (("NOPE/USDT:USDT", BTC), H1)
    await yard.keeper.catch_up()
    now = to_millis(yard.own.clock.now())
    assert all(yard.own.book(BTC, frame).hole(now) is None for frame in (M1, H1))
    yard.venue.is_down = True
    yard.own.clock.advance(hours=1)
    await yard.keeper.catch_up()


async def test_two_venues_that_tell_the_same_are_believed(yard):
    await yard.keeper.compare()
    assert yard.market.accuracy == {BTC: 1.0, ETH: 1.0}


async def test_a_venue_that_tells_other_hours_is_not_and_one_that_is_away_says_nothing(yard):
    candles = yard.second.candles

    async def bent(symbol, timeframe, since, limit):
        told = await candles(symbol, timeframe, since, limit)
        return replace(told, close=told.close * (1.0 + 0.005 * (np.arange(len(told)) % 2)))

    yard.second.candles = bent
    await yard.keeper.compare()
    assert yard.market.accuracy[BTC] == pytest.approx(0.5, abs=0.05)
    yard.second.is_down = True
    before = dict(yard.market.accuracy)
    await yard.keeper.compare()
    assert yard.market.accuracy == before


async def test_alone_a_venue_is_compared_with_nobody(yard):
    yard.market.switch.other = None
    await yard.keeper.compare()
    assert yard.market.accuracy == {}


async def test_slow_numbers_are_read_for_all_and_the_clock_is_compared(yard):
    await yard.keeper.read_slow_numbers()
    assert set(yard.market.derivatives) == {(yard.own.name, BTC), (yard.own.name, ETH)}
    assert yard.own.skew == timedelta(0)
    yard.venue.is_down = True
    await yard.keeper.read_slow_numbers()


async def test_a_symbol_that_is_not_listed_hides_no_other_one(yard):
    yard.venue.unlisted = {BTC}
    yard.own.skew = None
    await yard.keeper.read_slow_numbers()
    assert set(yard.market.derivatives) == {(yard.own.name, ETH)}
    assert yard.own.skew == timedelta(0)


@pytest.mark.parametrize("error", [VenueUnavailable("away"), None])
async def test_what_a_silent_venue_has_not_told_is_asked_again_soon(monkeypatch, error):
    monkeypatch.setattr(keeping, "AGAIN", MOMENT)
    asked = []

    async def work():
        asked.append(1)
        if error:
            raise error

    life = asyncio.ensure_future(every(timedelta(hours=1), "work", work))
    await asyncio.sleep(6 * MOMENT.total_seconds())
    life.cancel()
    assert (len(asked) > 1) is bool(error)
