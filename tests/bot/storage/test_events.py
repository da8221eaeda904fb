"""Events that people have added, and which of all are muted."""

from datetime import timedelta

from bot.storage.events import SqlEvents
from core.domain.event import Source
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import NOON, event

HOUR = timedelta(hours=1)
OWN = event(id="own-1", title="잠금 해제", source=Source.PERSON)


class EventsContract:
    async def test_an_event_comes_back_as_it_was_written(self, database):
        store = SqlEvents(database)
        await store.put(OWN)
        assert await store.between(NOON, NOON + HOUR) == ((OWN,), {})
        assert await store.between(NOON - HOUR, NOON) == ((), {})

    async def test_events_come_in_the_order_of_their_times(self, database):
        store = SqlEvents(database)
        later = event(id="own-2", at=NOON + HOUR)
        await store.put(later)
        await store.put(OWN)
        assert (await store.between(NOON, NOON + 2 * HOUR))[0] == (OWN, later)

    async def test_what_a_feed_says_replaces_what_it_said(self, database):
        store = SqlEvents(database)
        old, new = event(id="f-1", source=Source.FEED), event(id="f-2", source=Source.FEED)
        await store.put(OWN)
        await store.replace(Source.FEED, (old,))
        await store.replace(Source.FEED, (new,))
        kept, _ = await store.between(NOON, NOON + HOUR)
        assert kept == (new, OWN)

    async def test_a_mark_is_what_was_said_last_and_goes_with_its_event(self, database):
        store = SqlEvents(database)
        await store.put(OWN)
        await store.mark("own-1", True)
        await store.mark("fomc-1", True)
        await store.mark("fomc-1", False)
        assert (await store.between(NOON, NOON))[1] == {"own-1": True, "fomc-1": False}

        assert await store.drop("own-1")
        assert not await store.drop("own-1")
        assert await store.between(NOON, NOON + HOUR) == ((), {"fomc-1": False})


class TestEventsOnSqlite(OnSqlite, EventsContract):
    pass


class TestEventsOnPostgres(OnPostgres, EventsContract):
    pass
