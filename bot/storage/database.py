"""One database, opened once: every call is one transaction, and there is one writer at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import DeskStorageError

P = ParamSpec("P")
T = TypeVar("T")

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
LOOKING: dict[str, dict[str, Any]] = {
    "sqlite": {"desk_looks": True},
    "postgresql": {"isolation_level": "REPEATABLE READ"},
}


class Database:
    """Runs plain functions over a Connection, each in a transaction of its own.

    One lock for all writers of a process: SQLite has room for one, and on PostgreSQL two
    commits that touch the same rows in another order would have to be tried again.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**LOOKING[engine.dialect.name])
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect once, so that a wrong address is heard of at the start."""
        address = parse(url)
        engine = _engine(address)
        try:
            async with _spoken(f"cannot open {address.render_as_string()}"), engine.connect():
                return cls(engine)
        except DeskStorageError:
            await engine.dispose()
            raise

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One durable transaction: an error takes all of it back."""
        async with (
            self._writing,
            _spoken("cannot write to the database"),
            self._engine.begin() as connection,
        ):
            return await connection.run_sync(work, *args, **kwargs)

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One consistent look that waits for no writer. Changes made in it are lost."""
        async with _spoken("cannot read the database"), self._reader.connect() as connection:
            return await connection.run_sync(work, *args, **kwargs)

    async def close(self) -> None:
        await self._engine.dispose()


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


def tune(engine: Engine) -> None:
    """Teach an engine over SQLite durable commits, and transactions that begin as writers."""
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)


def _engine(address: URL) -> AsyncEngine:
    if address.get_backend_name() == "postgresql":
        return _server(address)
    _make_private(Path(str(address.database)))
    engine = create_async_engine(address)
    tune(engine.sync_engine)
    return engine


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


def _set_up(driver: DBAPIConnection, _record: object) -> None:
    # The driver would open transactions by itself, late and as a reader; _begin does it instead.
    driver.isolation_level = None
    cursor = driver.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer that begins as a reader may find its look outdated when it comes to write."""
    looks = connection.get_execution_options().get("desk_looks")
    connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")


@asynccontextmanager
async def _spoken(sentence: str) -> AsyncIterator[None]:
    """Drivers' errors stop here."""
    try:
        yield
    except (StatementError, PoolTimeout, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise DeskStorageError(f"{sentence}: {cause}") from error
