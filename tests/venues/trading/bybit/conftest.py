"""A unified account on the fake Bybit, and an untouched ccxt that trades on it."""

import ccxt.pro
import pytest

from tests.venues.bybit.dialect import BYBIT
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.trading.bybit.opening import open_floor


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (BYBIT,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
def venue(venues):
    return venues["bybit"]


@pytest.fixture
def floor(venue):
    return open_floor(venue)


@pytest.fixture
def ledger(floor):
    return floor.ledger


def linear(venues, floor, **more):
    """A client that knows the linear contracts; nothing else of it is changed."""
    settings = {
        "apiKey": floor.keys.key,
        "secret": floor.keys.secret,
        "enableRateLimit": False,
        "options": {"fetchMarkets": {"types": ["linear"]}, "defaultType": "swap"} | more,
    }
    made = venues.wire(ccxt.pro.bybit(settings))
    made.milliseconds = venues.world.clock
    return made


@pytest.fixture
async def client(venues, floor):
    made = linear(venues, floor)
    await made.load_markets()
    yield made
    await made.close()
