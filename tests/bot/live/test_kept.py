"""What a venue has told once is read from the store, and only what is new is asked of it."""

from datetime import timedelta

import numpy as np
import pytest

from bot.errors import VenueUnavailable
from bot.live.feed import Feed
from bot.live.kept import OVERLAP, KeptArchive
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from core.domain.market import Timeframe, to_millis
from tests.bot.live.street import BTC, M1, WINDOW, Venue, opened, same, truth
from tests.builders import NOON
from tests.fakes import FakeClock
from tests.handlers.town import blank_database

MINUTE = timedelta(minutes=1)
SINCE = NOON - 10 * MINUTE


class Attic:
    """A venue of numbers, and the store that remembers it."""

    def __init__(self, store: SqlCandles) -> None:
        self.clock = FakeClock()
        self.venue = Venue(self.clock)
        self.store = store
        self.archive = KeptArchive("binance", self.venue, store, self.clock)

    def feed(self) -> Feed:
        """As after a start: it remembers nothing itself."""
        windows = dict.fromkeys(Timeframe, WINDOW)
        return Feed("Binance", self.archive, self.venue, self.clock, windows)

    async def kept(self):
        return await self.store.frame("binance", BTC, M1, SINCE, NOON + timedelta(hours=1))


@pytest.fixture
async def attic(tmp_path):
    database = await Database.open(await blank_database(tmp_path / "desk.sqlite3"))
    yield Attic(SqlCandles(database))
    await database.close()


async def test_what_is_told_is_kept_but_for_the_newest_which_venues_still_mend(attic):
    told = await attic.archive.candles(BTC, M1, SINCE, 100)
    assert same(told, truth(M1, to_millis(SINCE), to_millis(NOON)))
    assert same(await attic.kept(), truth(M1, to_millis(SINCE), to_millis(NOON - 2 * MINUTE)))


async def test_what_is_kept_is_not_asked_for_again(attic):
    await attic.archive.candles(BTC, M1, SINCE, 100)
    attic.venue.is_down = True
    told = await attic.archive.candles(BTC, M1, SINCE, 100)
    assert same(told, truth(M1, to_millis(SINCE), to_millis(NOON - 2 * MINUTE)))


async def test_the_overlap_alone_says_nothing_new_and_the_venue_is_asked(attic):
    await attic.archive.candles(BTC, M1, SINCE, 100)
    since = NOON - (2 + OVERLAP) * MINUTE
    told = await attic.archive.candles(BTC, M1, since, 100)
    assert same(told, truth(M1, to_millis(since), to_millis(NOON)))
    attic.venue.is_down = True
    with pytest.raises(VenueUnavailable):
        await attic.archive.candles(BTC, M1, since, 100)


async def test_kept_candles_end_at_their_first_hole(attic):
    whole = truth(M1, to_millis(SINCE), to_millis(NOON))
    there = np.flatnonzero(whole.time != opened(NOON, M1, 4))
    broken = type(whole)(M1, *(column[there] for column in whole.columns))
    await attic.store.put("binance", BTC, M1, broken)
    told = await attic.archive.candles(BTC, M1, SINCE, 100)
    assert same(told, truth(M1, to_millis(SINCE), opened(NOON, M1, 4)))


async def test_a_feed_that_starts_again_asks_once_for_what_came_meanwhile(attic):
    await attic.feed().catch_up(BTC, M1)
    attic.clock.advance(minutes=7)
    attic.venue.asked.clear()
    again = attic.feed()
    await again.catch_up(BTC, M1)
    now = to_millis(attic.clock.now())
    assert again.book(BTC, M1).hole(now) is None
    assert same(again.book(BTC, M1).frame(now), truth(M1, now - WINDOW * 60_000, now))
    assert attic.venue.asked["candles"] == 1


async def test_without_the_venue_a_feed_shows_what_is_kept(attic):
    await attic.feed().catch_up(BTC, M1)
    attic.venue.is_down = True
    again = attic.feed()
    with pytest.raises(VenueUnavailable):
        await again.catch_up(BTC, M1)
    assert again.book(BTC, M1).newest == opened(NOON, M1, 3)


async def test_funding_is_kept_and_asked_for_again_since_it_may_come_late(attic):
    attic.venue.paid.append((SINCE, 0.0002))
    for _ in range(2):
        assert len(await attic.archive.funding(BTC, SINCE, 10)) == 1
    assert attic.venue.asked["funding"] == 2
    kept = await attic.store.funding("binance", BTC, SINCE, NOON)
    assert kept.rate.tolist() == [0.0002]
