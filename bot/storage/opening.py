"""A database for as long as somebody needs it, at the tables that this program knows."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.storage.database import Database
from bot.storage.migrations import migrate


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[Database, None]:
    """Made where there is none. Raises DeskStorageError."""
    database = await Database.open(url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()
