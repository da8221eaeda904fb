"""A feed brings its events, and leaves them when it goes away."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.events.feed import RefreshFeed
from core.errors import FeedUnavailable
from tests.bot.events.test_ics import calendar, entry
from tests.fakes import FakeClock

CPI = entry("DTSTART:20261210T133000Z", "SUMMARY:US CPI")
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass
class FakeFeed:
    said: str | None
    asked: int = 0

    async def read(self):
        self.asked += 1
        if self.said is None:
            raise FeedUnavailable(reason="timeout")
        return self.said


@pytest.fixture
def feed():
    return FakeFeed(calendar(CPI))


@pytest.fixture
def wall():
    return FakeClock()


@pytest.fixture
def refresh(feed, store, wall):
    return RefreshFeed(feed, store, wall)


async def titles(store):
    events, _ = await store.between(DECEMBER, DECEMBER + timedelta(days=31))
    return [event.title for event in events]


CUT_OFF = calendar(entry("DTSTART:20261211T133000Z", "SUMMARY:US PPI"), CPI)[:-60]


@pytest.mark.parametrize(
    "then", [None, "<html>503</html>", calendar(entry("SUMMARY:Broken")), CUT_OFF]
)
async def test_what_was_said_last_stays_while_the_feed_is_away(feed, store, refresh, wall, then):
    await refresh()
    assert await titles(store) == ["US CPI"]

    feed.said = then
    wall.advance(hours=6)
    await refresh()

    assert await titles(store) == ["US CPI"]


async def test_what_the_feed_no_longer_says_is_gone(feed, store, refresh, wall):
    await refresh()
    feed.said = calendar()
    wall.advance(hours=6)
    await refresh()
    assert await titles(store) == []


async def test_a_feed_is_asked_four_times_a_day_and_sooner_after_a_failure(feed, refresh, wall):
    for _ in range(24 * 60):
        await refresh()
        wall.advance(minutes=1)
    assert feed.asked == 4

    feed.said = None
    for _ in range(60):
        await refresh()
        wall.advance(minutes=1)
    assert feed.asked == 8
