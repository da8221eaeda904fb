"""Brings a database to the tables that this program knows, or says that it cannot.

Alembic costs most of a second to import, so it is left alone while there is nothing to migrate.
A new database is made from `tables.py` at once; a test holds both ways to the same tables.
"""

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, func, insert, inspect, select

from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.tables import metadata

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0014",
)
HEAD = REVISIONS[-1]
SCRIPTS = Path(__file__).parent
ONE_AT_A_TIME = 7_021_408_815

# Alembic's own table, as Alembic would make it.
version = Table(
    "alembic_version",
    MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),
    Column("version_num", String(32), primary_key=True),
)


async def migrate(database: Database) -> None:
    """Raises DeskStorageError for a database that a later program has written."""
    await database.run(bring_up)


def bring_up(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    if not inspect(connection).has_table(version.name):
        _create(connection)
        return
    found = connection.scalars(select(version.c.version_num)).one_or_none()
    if found is not None and found not in REVISIONS:
        raise DeskStorageError(
            f"the database was written by a later version (revision {found}, known is {HEAD}): "
            "install that version again, or restore a backup of this one"
        )
    if found != HEAD:
        _upgrade(connection)


def _create(connection: Connection) -> None:
    """Tables without a revision are somebody else's: creating over them fails, on purpose."""
    metadata.create_all(connection, checkfirst=False)
    version.create(connection)
    connection.execute(insert(version), {"version_num": HEAD})


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - costs most of a second
    from alembic.config import Config  # noqa: PLC0415 - likewise

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS))
    command.upgrade(config, "head")
