"""An account on the fake Bitget, and an untouched ccxt that trades on it."""

import ccxt.pro
import pytest

from tests.venues.bitget.dialect import BITGET
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.trading.bitget.opening import open_floor

OURS = {"defaultType": "swap", "defaultSubType": "linear", "fetchCurrencies": False}


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (BITGET,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
def venue(venues):
    return venues["bitget"]


@pytest.fixture
def floor(venue):
    return open_floor(venue)


@pytest.fixture
def ledger(floor):
    return floor.ledger


@pytest.fixture
async def client(venues, floor):
    settings = floor.keys.credentials | {"enableRateLimit": False, "options": OURS}
    made = venues.wire(ccxt.pro.bitget(settings))
    made.milliseconds = venues.world.clock
    made.has["fetchCurrencies"] = False
    await made.load_markets()
    yield made
    await made.close()
