"""How an engine is made for a database: durable commits on SQLite, and a file that is nobody else's."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import DeskStorageError

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
# A writer that begins as a reader may find its look outdated when it comes to write.
BEGIN = {True: "BEGIN IMMEDIATE", False: "BEGIN"}
LOOKING: dict[str, dict[str, Any]] = {
    "sqlite": {"desk_keeps": False},
    "postgresql": {"isolation_level": "REPEATABLE READ"},
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a SQLite file is dealt with; `makes` it where there is none, and closes it to others."""

    also: tuple[str, ...] = ()
    makes: bool = False


USUAL = Manner(makes=True)
# For somebody who waits: what cannot be written soon is done without.
HURRIED = Manner(("busy_timeout=1000",))
# Nothing is changed, whatever is tried.
LOOKING_ON = Manner(("busy_timeout=1000", "query_only=ON"))


def parse(url: str) -> URL:
    """The address with the driver that the desk speaks."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DeskStorageError("DATABASE_URL is not an address of a database") from error
    driver = DRIVERS.get(address.get_backend_name())
    if driver is None:
        raise DeskStorageError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    if driver.startswith("sqlite") and address.database in {None, "", ":memory:"}:
        raise DeskStorageError("a desk must not forget: DATABASE_URL needs the path of a file")
    return address.set(drivername=driver)


def engine_for(address: URL, manner: Manner = USUAL) -> AsyncEngine:
    if address.get_backend_name() == "postgresql":
        return _server(address)
    if manner.makes:
        _make_private(Path(str(address.database)))
    engine = create_async_engine(address)
    tune(engine.sync_engine, manner)
    return engine


def tune(engine: Engine, manner: Manner = USUAL) -> None:
    """Teach an engine over SQLite durable commits, and transactions that begin as writers."""
    event.listen(engine, "connect", partial(_set_up, manner))
    event.listen(engine, "begin", _begin)


def _server(address: URL) -> AsyncEngine:
    try:
        return create_async_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise DeskStorageError("PostgreSQL needs asyncpg: install the extra 'postgres'") from error


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
    except OSError as error:
        raise DeskStorageError(f"cannot open {path}: {error.strerror}") from error


def _set_up(manner: Manner, driver: DBAPIConnection, _record: object) -> None:
    # The driver would open transactions by itself, late and as a reader; _begin does it instead.
    driver.isolation_level = None
    cursor = driver.cursor()
    for pragma in (*PRAGMAS, *manner.also):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    keeps = connection.get_execution_options().get("desk_keeps", True)
    connection.exec_driver_sql(BEGIN[keeps])
