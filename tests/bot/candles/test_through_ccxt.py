"""From a venue's own answers into the store: the same command line, a ccxt that nobody touched."""

from datetime import timedelta

import pytest

from bot.candles.fetch import FetchHistory, Wanted
from bot.candles.patience import Patience
from bot.candles.progress import Progress
from bot.exchanges import opening
from bot.exchanges.sources import open_source
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.storage.migrations import migrate
from core.domain.history import Kind
from core.domain.market import Timeframe, from_millis
from tests.venues.faults import Http
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback

HOUR = timedelta(hours=1)


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH"), days=6)) as served:
        yield served


@pytest.fixture
async def store(tmp_path):
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/desk.sqlite3")
    await migrate(database)
    yield SqlCandles(database)
    await database.close()


@pytest.fixture
def wired(venues, monkeypatch):
    plain = opening.client_of

    def client_of(venue):
        client = venues.wire(plain(venue))
        client.enableRateLimit = False
        client.milliseconds = venues.world.clock
        return client

    monkeypatch.setattr(opening, "client_of", client_of)
    return venues


async def fetched(store, venues, name, symbol, kinds, said):
    source = open_source(name)

    async def sleep(seconds):
        venues.world.clock.now += round(seconds * 1000)

    try:
        patience = Patience(sleep, said.append)
        end = from_millis(venues.world.now)
        wanted = Wanted(
            symbols=[symbol],
            timeframes=[Timeframe.M15, Timeframe.H1],
            kinds=kinds,
            start=end - 100 * HOUR,
            end=end,
        )
        return await FetchHistory(source, store, patience, Progress())(wanted)
    finally:
        await source.close()


@pytest.mark.parametrize("name", ["binance", "bybit", "okx", "gate"])
async def test_a_hundred_hours_arrive_whole_with_marks_and_funding(wired, store, name):
    kinds = [Kind.CANDLES, Kind.MARKS, Kind.FUNDING]
    await fetched(store, wired, name, "BTC/USDT:USDT", kinds, [])
    quarters = await store.frame(name, "BTC/USDT:USDT", Timeframe.M15)
    assert len(quarters) == 400
    assert len(await store.marks(name, "BTC/USDT:USDT", Timeframe.H1)) == 100
    assert 12 <= len(await store.funding(name, "BTC/USDT:USDT")) <= 13


async def test_a_second_time_nothing_new_comes(wired, store):
    assert await fetched(store, wired, "binance", "BTC/USDT:USDT", [Kind.CANDLES], [])
    assert not await fetched(store, wired, "binance", "BTC/USDT:USDT", [Kind.CANDLES], [])


async def test_a_venue_that_asks_to_wait_is_waited_for(wired, store):
    said: list[str] = []
    wired["binance"].faults.begin(Http.TOO_MANY, on="klines", times=2, retry_after=7)
    await fetched(store, wired, "binance", "BTC/USDT:USDT", [Kind.CANDLES], said)
    assert len(await store.frame("binance", "BTC/USDT:USDT", Timeframe.M15)) == 400
    assert "waiting 7 s" in said[0]
