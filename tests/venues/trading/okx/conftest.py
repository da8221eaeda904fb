"""An account on the fake OKX, and an untouched ccxt that trades on it."""

import ccxt.pro
import pytest

from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.okx.dialect import OKX
from tests.venues.trading.okx.opening import open_floor


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (OKX,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
def venue(venues):
    return venues["okx"]


@pytest.fixture
def floor(venue):
    return open_floor(venue)


@pytest.fixture
def ledger(floor):
    return floor.ledger


def swaps(venues, floor):
    """A client that knows the swaps; nothing else of it is changed."""
    settings = {
        "apiKey": floor.keys.key,
        "secret": floor.keys.secret,
        "password": floor.keys.passphrase,
        "enableRateLimit": False,
        "options": {"fetchMarkets": {"types": ["swap"]}, "defaultType": "swap"},
    }
    made = venues.wire(ccxt.pro.okx(settings))
    made.milliseconds = venues.world.clock
    return made


@pytest.fixture
async def client(venues, floor):
    made = swaps(venues, floor)
    await made.load_markets()
    yield made
    await made.close()
