"""A download into an empty store, whose naps are counted instead of slept."""

import io

import pytest

from bot.candles.fetch import FetchHistory, Wanted
from bot.candles.patience import Patience
from bot.candles.progress import Progress
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.storage.migrations import migrate
from core.domain.history import Kind
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC, at

H1 = Timeframe.H1


@pytest.fixture
async def store(tmp_path):
    database = await Database.open(f"sqlite:///{tmp_path / 'desk.db'}")
    await migrate(database)
    yield SqlCandles(database)
    await database.close()


@pytest.fixture
def naps():
    return []


@pytest.fixture
def fetch(store, naps):
    out = io.StringIO()

    async def sleep(seconds):
        naps.append(seconds)

    async def fetch(venue, hours, *, start=0, symbols=(BTC,), kinds=(Kind.CANDLES,), frames=(H1,)):
        progress = Progress(out)
        patience = Patience(sleep, progress.says)
        wanted = Wanted(
            symbols=symbols, timeframes=frames, kinds=kinds, start=at(start), end=at(hours)
        )
        return await FetchHistory(venue, store, patience, progress)(wanted)

    fetch.said = out
    return fetch
