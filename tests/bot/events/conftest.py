"""A store of events, empty."""

import pytest

from bot.storage.database import Database
from bot.storage.events import SqlEvents
from bot.storage.migrations import migrate


@pytest.fixture
async def store(tmp_path):
    database = await Database.open(f"sqlite:///{tmp_path / 'desk.db'}")
    await migrate(database)
    yield SqlEvents(database)
    await database.close()
