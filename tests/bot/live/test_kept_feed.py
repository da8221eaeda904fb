"""What a venue has told once is read from the store the next time, and never stands in the way."""

from datetime import timedelta

import pytest

from bot.live.feed import Feed
from bot.live.kept import KeptArchive
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.storage.migrations import migrate
from core.domain.market import Timeframe, to_millis
from tests.bot.live.street import BTC, H1, M1, Venue, opened, same, truth
from tests.builders import NOON
from tests.fakes import FakeClock

WINDOW = 350


@pytest.fixture
async def store(tmp_path):
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/desk.sqlite3")
    await migrate(database)
    yield SqlCandles(database)
    await database.close()


def kept_feed(store, clock, page=120):
    venue = Venue(clock, page=page)
    archive = KeptArchive("binance", venue, store, clock)
    return Feed("Binance", archive, venue, clock, dict.fromkeys(Timeframe, WINDOW)), venue


def expected(now, timeframe=M1):
    end = opened(now, timeframe, 0)
    return truth(timeframe, end - WINDOW * timeframe.milliseconds, end)


async def caught_up(feed, timeframe=M1):
    await feed.catch_up(BTC, timeframe)
    return feed.book(BTC, timeframe).frame(to_millis(feed.clock.now()))


@pytest.mark.parametrize("page", [7, 120, 1000])
async def test_the_first_history_comes_from_the_venue_whole(store, page):
    feed, _ = kept_feed(store, FakeClock(), page)
    assert same(await caught_up(feed), expected(NOON))


@pytest.mark.parametrize("hours", [0, 1, 3, 9])
async def test_after_a_restart_only_what_is_new_is_asked_of_the_venue(store, hours):
    clock = FakeClock()
    feed, venue = kept_feed(store, clock)
    await caught_up(feed)
    first = venue.asked["candles"]
    clock.advance(hours=hours)
    again, venue = kept_feed(store, clock)
    assert same(await caught_up(again), expected(clock.now()))
    assert venue.asked["candles"] <= first
    if not hours:
        assert venue.asked["candles"] == 1


async def test_a_hole_in_the_store_is_filled_by_the_venue(store):
    clock = FakeClock()
    frame = expected(NOON)
    await store.put("binance", BTC, M1, frame.rows(0, 150))
    await store.put("binance", BTC, M1, frame.rows(180, len(frame)))
    feed, _ = kept_feed(store, clock)
    assert same(await caught_up(feed), frame)


async def test_the_newest_candle_is_not_kept_before_it_has_settled(store):
    clock = FakeClock(NOON + timedelta(seconds=1))
    feed, _ = kept_feed(store, clock)
    await caught_up(feed, H1)
    kept = await store.span("binance", BTC, H1)
    assert kept.last < NOON - timedelta(hours=1)
