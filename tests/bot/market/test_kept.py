"""A candle store is read like files are: by its name, or by the file that it lies in."""

import asyncio
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from bot.errors import NoSuchMarket
from bot.market.files import read
from bot.market.report import CandleFileError
from bot.market.store_address import whole
from bot.market.store_name import StoreName, store_name
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.storage.migrations import migrate
from core.domain.market import Origin, Timeframe
from tests.bot.market.tables import BTC, ETH, at, frame, funding, without

H1 = Timeframe.H1


async def fill(path, *venues):
    database = await Database.open(f"sqlite:///{path}")
    await migrate(database)
    candles = SqlCandles(database)
    for venue in venues:
        await candles.put(venue, BTC, H1, without(frame(range(1, 31)), 9, 10))
        await candles.put(venue, ETH, H1, frame(range(1, 31)))
        await candles.put_marks(venue, BTC, H1, frame(range(1, 31)))
        await candles.put_funding(venue, BTC, funding((0, 0.0001), (8, 0.0002)))
    await database.close()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Somebody's folder, with their data where it usually is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATA_DIR", raising=False)

    def make(*venues):
        path = Path("data/desk.sqlite3")
        asyncio.run(fill(tmp_path / path, *venues))
        return path

    return make


@pytest.mark.parametrize("typed", ["store", "store:", "store:binance", "data/desk.sqlite3"])
def test_the_only_venue_is_meant_unless_one_is_named(desk, typed):
    desk("binance")
    recording = read([Path(typed)])

    assert recording.origin is Origin.RECORDED
    assert recording.symbols == (BTC, ETH)
    assert len(recording.candles[BTC][H1]) == 28
    assert len(recording.marks[BTC][H1]) == 30
    assert np.allclose(recording.funding[BTC].rate, [0.0001, 0.0002])
    (gap,) = recording.report.gaps
    assert (gap.start, gap.missing) == (at(9), 2)


def test_symbols_that_nobody_asks_for_are_not_read(desk):
    assert read([desk("binance")], [ETH]).symbols == (ETH,)


def test_of_two_venues_one_must_be_named(desk):
    path = desk("binance", "bybit")
    with pytest.raises(
        NoSuchMarket, match="keeps binance and bybit; say which, as in store:binance"
    ):
        read([Path("store")])
    assert read([Path(f"{path}:bybit")]).symbols == (BTC, ETH)
    with pytest.raises(NoSuchMarket, match="it keeps nothing of okx; there is binance, bybit"):
        read([Path("store:okx")])


def test_no_store_and_an_empty_one_are_told(desk):
    with pytest.raises(
        NoSuchMarket, match=r"there is no candle store at .*desk\.sqlite3; `candles"
    ):
        read([Path("store")])
    desk()
    with pytest.raises(NoSuchMarket, match="store: it keeps no candles yet"):
        read([Path("store")])


def test_a_database_from_before_candles_were_kept_is_told(tmp_path):
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.execute("CREATE TABLE notes (key TEXT)")
    old.close()
    with pytest.raises(NoSuchMarket, match="it keeps no candles yet"):
        read([tmp_path / "old.db"])


def test_a_store_is_read_by_itself(desk):
    with pytest.raises(CandleFileError, match="a candle store is read by itself"):
        read([desk("binance"), Path("more")])


def test_a_folder_that_is_called_store_is_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert store_name(Path("store")) == StoreName(None)
    Path("store").mkdir()
    assert store_name(Path("store")) is None
    assert store_name(Path("store:okx")) == StoreName(None, "okx")


def test_another_process_is_told_the_whole_path(desk, tmp_path, monkeypatch):
    path = desk("binance")
    assert whole(Path("store:binance")) == f"{tmp_path}/data/desk.sqlite3:binance"
    assert whole(path) == f"{tmp_path}/data/desk.sqlite3"
    assert whole(Path("candles")) == f"{tmp_path}/candles"
    monkeypatch.setenv("DATABASE_URL", "postgresql://there/desk")
    assert whole(Path("store:binance")) == "store:binance"
