"""An account on the fake Upbit, and an untouched ccxt that trades on it."""

import ccxt.pro
import pytest

from tests.venues.generated import world
from tests.venues.korea.dialects import UPBIT
from tests.venues.loopback import venues_on_loopback
from tests.venues.trading.upbit.opening import open_floor


@pytest.fixture
async def venues():
    """A bitcoin is seventy million won here."""
    async with venues_on_loopback(world(("BTC", "ETH")), (UPBIT,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
def venue(venues):
    return venues["upbit"]


@pytest.fixture
def floor(venue):
    return open_floor(venue)


@pytest.fixture
def ledger(floor):
    return floor.ledger


@pytest.fixture
async def client(venues, floor):
    made = venues.wire(ccxt.pro.upbit(floor.keys.credentials | {"enableRateLimit": False}))
    made.milliseconds = venues.world.clock
    await made.load_markets()
    yield made
    await made.close()
