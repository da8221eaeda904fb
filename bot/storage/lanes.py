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

from bot.storage.engines import BEGIN, LOOKING
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
    """One hop: work that was handed over is finished, whatever becomes of its caller.

    It must leave no result half read: that would hold on to its look when the next one begins.
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
            self.thread._conn.execute(BEGIN[self.keeps])  # noqa: SLF001 - see Thread
            result = work(self.connection)
            if not self.keeps:
                transaction.rollback()
        return result


async def hop(thread: Thread, work: Callable[[], T]) -> T:
    return await thread._execute(work)  # noqa: SLF001 - see Thread


@asynccontextmanager
async def lane(engine: AsyncEngine, *, keeps: bool) -> AsyncIterator[Lane]:
    """For writers, whose work is kept, or for readers, whose changes are lost."""
    async with engine.connect() as held:
        thread = (await held.get_raw_connection()).driver_connection
        if isinstance(thread, Thread):
            connection = await hop(thread, lambda: _connect(thread))
            try:
                yield ThreadLane(thread, held, connection, keeps)
            finally:
                await hop(thread, connection.close)
            return
    looking = engine.execution_options(**LOOKING[engine.dialect.name])
    yield PooledLane(engine.begin if keeps else looking.connect)


def _connect(thread: Thread) -> Connection:
    """Ordinary SQLAlchemy over the very connection that aiosqlite has opened in its thread.

    It is tuned already; an engine without listeners costs less at every statement.
    """
    return create_engine(
        "sqlite://",
        creator=lambda: thread._conn,  # noqa: SLF001 - see Thread
        poolclass=StaticPool,
    ).connect()
