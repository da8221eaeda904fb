"""However a database came to its tables, they are the same tables."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.storage.buttons import SqlButtons
from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import HEAD, REVISIONS, SCRIPTS, migrate, version
from bot.storage.rows import decision_row
from bot.storage.scores import SqlScores
from bot.storage.tables import decisions, metadata
from bot.storage.upsert import put
from tests.bot.storage.places import OnNewPostgres, OnNewSqlite
from tests.builders import NOON, decision

CHECKOUT = Path(__file__).parents[3]
START = """
import asyncio, sys
from bot.storage.database import Database
from bot.storage.migrations import migrate

async def main():
    for _ in range(2):
        database = await Database.open(sys.argv[1])
        await migrate(database)
        await database.close()
    sys.exit("alembic" in sys.modules)

asyncio.run(main())
"""


@pytest.fixture
async def database(url):
    database = await Database.open(url)
    yield database
    await database.close()


def step(connection, action, revision):
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS))
    action(config, revision)


def tables(connection):
    """Everything that the database says about its tables."""
    inspector = inspect(connection)
    return {
        name: (
            [
                (column["name"], str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(name)
            ],
            inspector.get_pk_constraint(name),
            inspector.get_indexes(name),
            inspector.get_unique_constraints(name),
            inspector.get_foreign_keys(name),
        )
        for name in inspector.get_table_names()
    }


def differences(connection):
    return compare_metadata(MigrationContext.configure(connection), metadata)


def forget(connection):
    metadata.drop_all(connection)
    version.drop(connection, checkfirst=True)


def write_decision(connection, value):
    put(connection, decisions, [decision_row(value)])


def write_button(connection):
    names = "id, verb, subject, argument, person, chat, once"
    connection.execute(
        text(f"INSERT INTO buttons ({names}) VALUES ('b1', 'ok', 'k7', '', 7, 7, true)")
    )


def write_version(connection, revision):
    connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


class MigrationsContract:
    async def test_migrations_and_tables_give_the_same_database(self, database):
        await database.run(step, command.upgrade, "head")
        migrated = await database.run(tables)
        assert await database.run(differences) == []
        await database.run(forget)

        await migrate(database)

        assert await database.run(tables) == migrated

    async def test_every_step_can_be_taken_up_down_and_up_again(self, database):
        for revision in REVISIONS:
            await database.run(step, command.upgrade, revision)
            above = await database.run(tables)
            await database.run(step, command.downgrade, "-1")
            await database.run(step, command.upgrade, revision)
            assert await database.run(tables) == above

    async def test_an_old_database_is_brought_up(self, database):
        await database.run(version.create)

        await migrate(database)

        await SqlLedger(database).commit(decision())

    async def test_what_was_decided_before_scores_were_kept_waits_for_its_outcome(self, database):
        await database.run(step, command.upgrade, "0007")
        await database.run(write_decision, decision())

        await database.run(step, command.upgrade, "head")

        ends_at = decision().question.ends_at
        scores = SqlScores(database)
        assert await scores.due(ends_at - timedelta(seconds=1), 9) == ()
        assert await scores.due(ends_at, 9) == (decision(),)

    async def test_a_button_of_the_time_when_there_was_one_account_is_that_accounts(
        self, database
    ):
        await database.run(step, command.upgrade, "0010")
        await database.run(write_button)

        await database.run(step, command.upgrade, "head")

        found = await SqlButtons(database, str).look("b1", 7, 7, NOON)
        assert (found.verb, found.account) == ("ok", "paper")

    async def test_a_second_start_keeps_what_is_there(self, database):
        await migrate(database)
        await SqlLedger(database).commit(decision())

        await migrate(database)

        assert await SqlLedger(database).decision("d1") == decision()

    async def test_two_processes_may_start_at_once(self, database, url):
        second = await Database.open(url)
        await asyncio.gather(migrate(database), migrate(second))
        await second.close()

    async def test_a_database_of_a_later_version_is_left_alone(self, database):
        await migrate(database)
        await database.run(write_version, "9999")

        with pytest.raises(DeskStorageError, match=r"later version \(revision 9999"):
            await migrate(database)

    async def test_tables_of_somebody_else_are_not_taken_over(self, database):
        await database.run(lambda c: c.execute(text("CREATE TABLE trades (id INTEGER)")))

        with pytest.raises(DeskStorageError, match="already exists"):
            await migrate(database)

        assert list(await database.run(tables)) == ["trades"]


class TestMigrationsOnSqlite(OnNewSqlite, MigrationsContract):
    async def test_a_start_does_not_wait_for_alembic(self, url):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", START, url, cwd=CHECKOUT
        )

        assert await child.wait() == 0


class TestMigrationsOnPostgres(OnNewPostgres, MigrationsContract):
    pass


def test_the_code_knows_every_revision():
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = ScriptDirectory.from_config(config)

    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(REVISIONS)
    assert scripts.get_current_head() == HEAD
