"""One database, opened once: every call is one transaction, and there is one writer at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.storage.engines import USUAL, Manner, engine_for, parse
from bot.storage.errors import DeskStorageError
from bot.storage.lanes import Lane, lane

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Runs plain functions over a Connection, each in a transaction of its own.

    One lock for all writers of a process: SQLite has room for one, and on PostgreSQL two
    commits that touch the same rows in another order would have to be tried again.
    """

    def __init__(self, writer: Lane, reader: Lane, student: Lane, opened: AsyncExitStack) -> None:
        self._writer = writer
        self._reader = reader
        self._student = student
        self._opened = opened
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, manner: Manner = USUAL) -> Self:
        """Connect at once, so that a wrong address is heard of at the start."""
        address = parse(url)
        async with AsyncExitStack() as opened:
            engine = engine_for(address, manner)
            opened.push_async_callback(engine.dispose)
            async with _spoken(f"cannot open {address.render_as_string()}"):
                writer = await opened.enter_async_context(lane(engine, keeps=True))
                reader = await opened.enter_async_context(lane(engine, keeps=False))
                student = await opened.enter_async_context(lane(engine, keeps=False))
            return cls(writer, reader, student, opened.pop_all())

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One durable transaction: an error takes all of it back.

        A caller that is cancelled does not know: it may be committed, as a whole, or not at all.
        """
        async with self._writing, _spoken("cannot write to the database"):
            return await self._writer.run(lambda connection: work(connection, *args, **kwargs))

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One consistent look that waits for no writer. Changes made in it are lost."""
        async with _spoken("cannot read the database"):
            return await self._reader.run(lambda connection: work(connection, *args, **kwargs))

    async def study(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """A look that may take seconds: none that is short waits behind it."""
        async with _spoken("cannot read the database"):
            return await self._student.run(lambda connection: work(connection, *args, **kwargs))

    async def close(self) -> None:
        await self._opened.aclose()


@asynccontextmanager
async def _spoken(sentence: str) -> AsyncIterator[None]:
    """Drivers' errors stop here."""
    try:
        yield
    except (StatementError, PoolTimeout, sqlite3.Error, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise DeskStorageError(f"{sentence}: {cause}") from error
