"""An address names a database that does not forget, and an engine that commits for good."""

import sys

import pytest
from sqlalchemy import create_engine

from bot.storage.changes import write
from bot.storage.database import Database
from bot.storage.engines import parse, tune
from bot.storage.errors import DeskStorageError
from bot.storage.history import read_trade
from bot.storage.tables import metadata
from core.domain.trade import Kind
from tests.builders import trade


def test_a_simulation_uses_the_same_functions_without_a_loop():
    engine = create_engine("sqlite://")
    tune(engine)
    with engine.begin() as connection:
        metadata.create_all(connection)
        write(connection, [trade()])

        assert read_trade(connection, "k7q2e", Kind.REAL) == trade()
    engine.dispose()


async def test_without_its_driver_postgresql_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "asyncpg", None)

    with pytest.raises(DeskStorageError, match="extra 'postgres'"):
        await Database.open("postgresql://127.0.0.1/desk")


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        ("sqlite:///desk.db", "sqlite+aiosqlite:///desk.db"),
        ("sqlite+aiosqlite:////var/desk.db", "sqlite+aiosqlite:////var/desk.db"),
        ("postgresql://desk@host/desk", "postgresql+asyncpg://desk@host/desk"),
        ("postgresql+asyncpg://host/desk", "postgresql+asyncpg://host/desk"),
    ],
)
def test_an_address_is_given_the_driver_that_the_desk_speaks(given, spoken):
    assert str(parse(given)) == spoken


@pytest.mark.parametrize("url", ["", "desk.db", "mysql://host/desk", "sqlite://", "sqlite:///"])
def test_an_address_that_forgets_or_is_foreign_is_refused(url):
    with pytest.raises(DeskStorageError, match="DATABASE_URL"):
        parse(url)
