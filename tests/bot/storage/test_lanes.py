"""On SQLite a transaction is one hop to a thread, and nothing of it is left behind there."""

import asyncio
import threading

import pytest
from sqlalchemy import update

from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.lanes import PooledLane, ThreadLane
from bot.storage.notes import SqlNotes, read_note
from bot.storage.tables import notes, people
from bot.storage.upsert import put
from tests.bot.storage.places import OnPooledSqlite, OnPostgres, OnSqlite
from tests.builders import ACCOUNT, decision, equity_mark, person, trade


def note(connection, value):
    put(connection, notes, [{"key": "k", "value": value}])


def where(connection):
    return threading.current_thread()


def tear(connection):
    connection.execute(update(people).where(people.c.id == 1).values(body="{"))


class Held:
    """Work that stands still in its transaction until the test lets it go."""

    def __init__(self):
        self.entered, self.released = threading.Event(), threading.Event()

    def __call__(self, connection):
        note(connection, "after")
        self.entered.set()
        assert self.released.wait(5)


@pytest.fixture
def held():
    held = Held()
    yield held
    held.released.set()


class Hops:
    """Counts how often the lanes of a database are asked to run something in their thread."""

    def __init__(self, monkeypatch, database):
        self.count = 0
        for lane in (database._writer, database._reader, database._student):
            monkeypatch.setattr(lane.thread, "_execute", self._counting(lane.thread._execute))

    def _counting(self, execute):
        async def counted(work):
            self.count += 1
            return await execute(work)

        return counted


class TestThreadLane(OnSqlite):
    async def test_a_commit_and_a_look_are_one_hop_each(self, ledger, database, monkeypatch):
        hops = Hops(monkeypatch, database)

        await ledger.commit(person(), decision(), trade(), equity_mark())
        assert hops.count == 1
        await ledger.equity_marks(ACCOUNT)
        assert hops.count == 2

    async def test_a_long_look_holds_up_neither_short_ones_nor_commits(self, ledger, database):
        released = threading.Event()
        studying = asyncio.ensure_future(database.study(lambda _: released.wait(5)))
        await ledger.commit(equity_mark())
        assert await ledger.equity_marks(ACCOUNT) == (equity_mark(),)
        assert not studying.done()
        released.set()
        assert await studying

    async def test_writers_and_readers_have_a_thread_each(self, database):
        threads = {await database.run(where), await database.read(where)}

        assert len(threads - {threading.current_thread()}) == 2

    async def test_a_look_waits_for_no_writer(self, database, held):
        await SqlNotes(database).put("k", "before")

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(database.run(held))
            await asyncio.to_thread(held.entered.wait)
            assert await SqlNotes(database).get("k") == "before"
            held.released.set()

        assert await SqlNotes(database).get("k") == "after"

    async def test_what_was_begun_is_finished_though_its_caller_is_cancelled(self, database, held):
        async with asyncio.TaskGroup() as tasks:
            caller = tasks.create_task(database.run(held))
            await asyncio.to_thread(held.entered.wait)
            caller.cancel()
        held.released.set()

        assert await database.run(read_note, "k") == "after"

    async def test_closing_waits_for_what_was_begun(self, database, held, url):
        async with asyncio.TaskGroup() as tasks:
            caller = tasks.create_task(database.run(held))
            await asyncio.to_thread(held.entered.wait)
            caller.cancel()
        asyncio.get_running_loop().call_later(0.01, held.released.set)
        await database.close()

        again = await Database.open(url)
        assert await SqlNotes(again).get("k") == "after"
        await again.close()

    async def test_an_unreadable_row_does_not_hold_on_to_its_look(self, ledger, database):
        await ledger.commit(person(id=1), person(id=2), person(id=3))
        await database.run(tear)
        with pytest.raises(DeskStorageError) as kept:
            await ledger.people()

        await SqlNotes(database).put("k", "after")
        assert await SqlNotes(database).get("k") == "after"
        assert kept.value.__traceback__

    async def test_a_closed_database_says_so(self, database):
        await database.close()

        with pytest.raises(DeskStorageError, match="closed"):
            await database.run(note, "late")

    async def test_closing_ends_the_threads(self, database):
        threads = [await database.run(where), await database.read(where)]

        await database.close()

        for thread in threads:
            thread.join(5)
            assert not thread.is_alive()

    async def test_a_forgotten_database_does_not_keep_the_process(self, database):
        assert (await database.run(where)).daemon

    async def test_the_driver_lends_what_the_lanes_borrow(self, database):
        assert isinstance(database._writer, ThreadLane)


class TestPooledLane(OnPooledSqlite):
    async def test_another_driver_is_served_the_ordinary_way(self, ledger, database):
        await ledger.commit(trade(), equity_mark())

        assert await ledger.live_trades(ACCOUNT) == (trade(),)
        assert isinstance(database._writer, PooledLane)


class TestServerLane(OnPostgres):
    async def test_a_server_is_asked_the_ordinary_way(self, database):
        assert isinstance(database._writer, PooledLane)
        assert isinstance(database._reader, PooledLane)
