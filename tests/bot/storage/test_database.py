"""A commit is all or nothing, and what was committed outlives the process."""

import asyncio
import signal
import sqlite3
import stat
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from bot.storage.database import Database
from bot.storage.engines import parse
from bot.storage.errors import DeskStorageError
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import migrate
from bot.storage.notes import SqlNotes, read_note
from bot.storage.tables import notes
from bot.storage.upsert import put
from tests.bot.storage.places import OnPooledSqlite, OnPostgres, OnSqlite
from tests.builders import ACCOUNT, equity_mark

CHECKOUT = Path(__file__).parents[3]
CRASH = """
import asyncio, os, signal, sys
from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.changes import write
from tests.builders import NOON, equity_mark, person

def die_in_the_middle(connection):
    write(connection, [person()])
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = await Database.open(sys.argv[1])
    await SqlLedger(database).commit(equity_mark())
    await database.run(die_in_the_middle)

asyncio.run(main())
"""


def note(connection, value):
    put(connection, notes, [{"key": "k", "value": value}])


def note_and_fail(connection):
    note(connection, "lost")
    raise LookupError


class DatabaseContract:
    async def test_an_error_takes_the_whole_transaction_back(self, database):
        with pytest.raises(LookupError):
            await database.run(note_and_fail)

        assert await SqlNotes(database).get("k") is None

    async def test_a_look_changes_nothing(self, database):
        await database.read(note, "lost")

        assert await SqlNotes(database).get("k") is None

    async def test_a_cancelled_write_leaves_the_database_in_order(self, database):
        for delay in (0, 0.0005, 0.001, 0.002, 0.004):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(database.run(notes_without_end), delay)

        await SqlNotes(database).put("k", "found")
        assert await SqlNotes(database).get("k") == "found"

    async def test_a_cancelled_write_is_there_as_a_whole_or_not_at_all(self, database):
        for delay in (0, 0.0005, 0.001, 0.002, 0.004):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(database.run(notes_without_end), delay)
            await SqlNotes(database).put("k", "after it")

            assert await database.run(count_all) in {1, 1_001}
            await database.run(forget_all)

    async def test_after_an_error_the_next_one_is_served(self, database):
        for serve in (database.run, database.read):
            with pytest.raises(DeskStorageError, match="no_such_table"):
                await serve(ask_nonsense)

        await SqlNotes(database).put("k", "found")
        assert await SqlNotes(database).get("k") == "found"

    async def test_writers_of_two_processes_take_turns(self, database, url):
        second = await Database.open(url)
        await asyncio.gather(*(each.run(count_up) for each in (database, second) * 10))
        await second.close()

        assert await SqlNotes(database).get("k") == "20"

    async def test_a_value_that_cannot_be_kept_is_an_error_of_the_storage(self, database):
        with pytest.raises(DeskStorageError, match="a time needs its zone"):
            await SqlLedger(database).commit(equity_mark(datetime(2024, 1, 1)))


def notes_without_end(connection):
    for number in range(1_000):
        put(connection, notes, [{"key": str(number), "value": ""}])


def count_all(connection):
    return connection.scalars(select(func.count()).select_from(notes)).one()


def forget_all(connection):
    connection.execute(delete(notes))


def ask_nonsense(connection):
    connection.exec_driver_sql("SELECT 1 FROM no_such_table")


def count_up(connection):
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
    note(connection, str(int(read_note(connection, "k") or 0) + 1))


def look_twice(connection, path):
    """Somebody else writes between the looks."""
    first = read_note(connection, "k")
    other = sqlite3.connect(path)
    other.execute("UPDATE notes SET value = 'after'")
    other.commit()
    other.close()
    return first, read_note(connection, "k")


class SqliteContract(DatabaseContract):
    async def test_a_look_sees_one_moment_from_its_first_line_to_its_last(self, database, url):
        await SqlNotes(database).put("k", "before")

        assert await database.read(look_twice, parse(url).database) == ("before", "before")
        assert await SqlNotes(database).get("k") == "after"

    async def test_a_process_that_is_killed_keeps_what_it_committed_and_no_half(
        self, database, url
    ):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CRASH, url, cwd=CHECKOUT, stderr=asyncio.subprocess.PIPE
        )
        _, complaint = await child.communicate()
        assert child.returncode == -signal.SIGKILL, complaint.decode()

        ledger = SqlLedger(database)
        assert await ledger.equity_marks(ACCOUNT) == (equity_mark(),)
        assert await ledger.people() == ()

    async def test_commits_are_durable_and_keys_are_kept(self, database):
        def ask(connection, pragma):
            return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()

        answers = {
            pragma: await database.run(ask, pragma)
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        assert answers == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 5000,
        }

    async def test_a_new_file_is_nobody_elses(self, tmp_path):
        path = tmp_path / "a" / "desk.db"
        database = await Database.open(f"sqlite:///{path}")

        await migrate(database)

        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        await database.close()

    async def test_a_file_that_is_no_database_is_refused(self, tmp_path):
        path = tmp_path / "desk.db"
        path.write_text("a letter to my broker, and quite a long one\n" * 99)

        with pytest.raises(DeskStorageError, match=r"cannot open .*not a database"):
            await Database.open(f"sqlite:///{path}")

    async def test_a_place_that_cannot_be_written_is_refused(self):
        with pytest.raises(DeskStorageError, match="cannot open /proc"):
            await Database.open("sqlite:////proc/nowhere/desk.db")

    async def test_a_locked_file_is_an_error_of_the_storage(self, database, url, monkeypatch):
        monkeypatch.setattr("bot.storage.engines.PRAGMAS", ("busy_timeout=1",))
        impatient = await Database.open(url)
        other = sqlite3.connect(parse(url).database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(DeskStorageError, match=r"cannot write .*locked"):
            await SqlNotes(impatient).put("k", "v")

        other.close()
        await SqlNotes(impatient).put("k", "v")
        await impatient.close()


class TestDatabaseOnSqlite(OnSqlite, SqliteContract):
    pass


class TestDatabaseOnPooledSqlite(OnPooledSqlite, SqliteContract):
    pass


class TestDatabaseOnPostgres(OnPostgres, DatabaseContract):
    async def test_a_look_sees_one_moment_from_its_first_line_to_its_last(self, database):
        await SqlNotes(database).put("k", "before")
        async with database._reader.enter() as look:
            first = await look.run_sync(read_note, "k")
            await SqlNotes(database).put("k", "after")

            assert first == await look.run_sync(read_note, "k") == "before"

    async def test_a_server_that_is_not_there_is_an_error_of_the_storage(self):
        pytest.importorskip("asyncpg", reason="the postgres extra is not installed")
        with pytest.raises(DeskStorageError, match="cannot open postgresql") as refusal:
            await Database.open("postgresql://desk:secret@127.0.0.1:1/desk")

        assert "secret" not in str(refusal.value)
