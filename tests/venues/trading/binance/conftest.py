"""An account on the fake Binance, and an untouched ccxt that trades on it."""

import ccxt.pro
import pytest

from tests.venues.binance.dialect import BINANCE
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.trading.binance.opening import open_floor


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (BINANCE,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
def venue(venues):
    return venues["binance"]


@pytest.fixture
def floor(venue):
    return open_floor(venue)


@pytest.fixture
def ledger(floor):
    return floor.ledger


@pytest.fixture
async def client(venues, floor):
    settings = {"apiKey": floor.keys.key, "secret": floor.keys.secret, "enableRateLimit": False}
    made = venues.wire(ccxt.pro.binanceusdm(settings))
    made.milliseconds = venues.world.clock
    await made.load_markets()
    yield made
    await made.close()
