"""A database for each test. Tables are made once: making them costs more than most tests."""

import asyncio

import pytest

from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from tests.bot.storage.places import furnish, schema


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "desk.db"
    asyncio.run(furnish(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def blank_schema():
    with asyncio.Runner() as runner:
        place = schema()
        url = runner.run(place.__aenter__())
        runner.run(furnish(url))
        yield url
        runner.run(place.__aexit__(None, None, None))


@pytest.fixture
async def database(url):
    database = await Database.open(url)
    yield database
    await database.close()


@pytest.fixture
def ledger(database):
    return SqlLedger(database)
