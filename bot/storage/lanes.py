"""Ways into a database: each runs a plain function over a Connection as one transaction.

With SQLite a lane owns a connection, and the thread in which aiosqlite keeps it: a transaction
goes there as a whole, in one hop, where SQLAlchemy alone would hop several times a statement.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

from sqlalchemy import Connection, StaticPool, create_engine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.engines import LOOKING, tune
from bot.storage.errors import DeskStorageError

T = TypeVar("T")
Work = Callable[[Connection], T]


class Lane(Protocol):
    """Where do transactions of one kind run?"""

    async def run(self, work: Work[T]) -> T: ...


@runtime_checkable
class Thread(Protocol):
    """What is borrowed from inside aiosqlite, whose public calls take SQL and no function."""

    @property
    def _conn(self) -> sqlite3.Connection: ...

    async def _execute(self, fn: Callable[[], T]) -> T: ...


@dataclass(frozen=True, slots=True)
class PooledLane:
    """The ordinary way, a message for each statement: PostgreSQL's, or where aiosqlite changed."""

    enter: Callable[[], AbstractAsyncContextManager[AsyncConnection]]

    async def run(self, work: Work[T]) -> T:
        async with self.enter() as connection:
            return await connection.run_sync(work)


@dataclass(frozen=True, slots=True)
class ThreadLane:
    """One hop. Work that has been handed over is finished even if its caller is cancelled: then
    all of it may have been committed, or nothing, but nothing stays open.
    """

    thread: Thread
    held: AsyncConnection
    connection: Connection
    keeps: bool

    async def run(self, work: Work[T]) -> T:
        if self.held.closed:
            raise DeskStorageError("the database is closed")
        return await hop(self.thread, lambda: self._transact(work))

    def _transact(self, work: Work[T]) -> T:
        with self.connection.begin() as transaction:
            result = work(self.connection)
            if not self.keeps:
                transaction.rollback()
        return result


async def hop(thread: Thread, work: Callable[[], T]) -> T:
    return await thread._execute(work)  # noqa: SLF001 - see Thread


@asynccontextmanager
async def lane(engine: AsyncEngine, *, keeps: bool) -> AsyncIterator[Lane]:
    """For writers, whose work is kept, or for readers, whose changes are lost."""
    options = {} if keeps else LOOKING[engine.dialect.name]
    optioned = engine.execution_options(**options)
    async with engine.connect() as held:
        thread = (await held.get_raw_connection()).driver_connection
        if isinstance(thread, Thread):
            connection = await hop(thread, lambda: _connect(thread, options))
            yield ThreadLane(thread, held, connection, keeps)
            await hop(thread, connection.close)
            return
    yield PooledLane(optioned.begin if keeps else optioned.connect)


def _connect(thread: Thread, options: dict[str, object]) -> Connection:
    """Ordinary SQLAlchemy over the very connection that aiosqlite has opened in its thread."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: thread._conn,  # noqa: SLF001 - see Thread
        poolclass=StaticPool,
        execution_options=options,
    )
    tune(engine)
    return engine.connect()
