"""Databases as the storage's tests have them, and locks that cost no time."""

import pytest

from bot.vault.lock import Kind, first_key, lock_with
from bot.vault.vault import SqlVault, found
from tests.bot.storage.conftest import blank_file, blank_schema, database
from tests.bot.vault.locks import QUICK, WORDS

__all__ = ["blank_file", "blank_schema", "database"]


@pytest.fixture
def data():
    return first_key()


@pytest.fixture
async def lock(database, data):
    lock = lock_with(WORDS, Kind.FILE, data, QUICK)
    await found(database, lock)
    return lock


@pytest.fixture
def vault(database, data, lock):
    return SqlVault(database, data)
