"""Where a contract is held to its word: a SQLite file, and a PostgreSQL schema."""

import shutil
from contextlib import asynccontextmanager
from itertools import count
from os import getpid

import pytest

from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.storage.tables import metadata

SERVER = "127.0.0.1:5432/test"
NUMBERS = count(1)
EMPTY = ";".join(f"DELETE FROM {name}" for name in metadata.tables)


class OnSqlite:
    @pytest.fixture
    def url(self, tmp_path, blank_file):
        return f"sqlite:///{shutil.copy(blank_file, tmp_path / 'desk.db')}"


class OnPooledSqlite(OnSqlite):
    """As if aiosqlite had changed inside, so that nothing can be borrowed from it."""

    @pytest.fixture(autouse=True)
    def closed_driver(self, monkeypatch):
        monkeypatch.setattr("bot.storage.lanes.Thread", Nothing)


class Nothing:
    pass


@pytest.mark.postgres
class OnPostgres:
    @pytest.fixture
    async def url(self, blank_schema):
        server = await connect(blank_schema)
        await server.execute(EMPTY)
        await server.close()
        return blank_schema


class OnNewSqlite:
    @pytest.fixture
    def url(self, tmp_path):
        return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.mark.postgres
class OnNewPostgres:
    @pytest.fixture
    async def url(self):
        async with schema() as url:
            yield url


@asynccontextmanager
async def schema():
    """A role's own schema comes first on its search path, so it sees only its own tables."""
    name = f"desk_{getpid()}_{next(NUMBERS)}"
    server = await connect(f"postgresql://root@{SERVER}")
    await server.execute(f"CREATE ROLE {name} LOGIN; CREATE SCHEMA AUTHORIZATION {name}")
    try:
        yield f"postgresql://{name}@{SERVER}"
    finally:
        await server.execute(f"DROP SCHEMA {name} CASCADE; DROP ROLE {name}")
        await server.close()


async def connect(url):
    asyncpg = pytest.importorskip("asyncpg", reason="asyncpg is not installed")
    try:
        return await asyncpg.connect(url, timeout=3)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        pytest.skip(f"no PostgreSQL at {SERVER}: {error}")


async def furnish(url):
    database = await Database.open(url)
    await migrate(database)
    await database.close()
