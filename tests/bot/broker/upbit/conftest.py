"""The desk's own broker on a spot account at the fake Upbit, where a bitcoin is seventy million."""

import pytest

from tests.bot.broker.conftest import Listing, listed
from tests.venues.generated import world
from tests.venues.korea.dialects import UPBIT
from tests.venues.loopback import venues_on_loopback
from tests.venues.trading.upbit.opening import open_floor


@pytest.fixture
def listing():
    contracts = (
        listed("BTC/KRW", "0.00000001", "0.00000001", "5000"),
        listed("ETH/KRW", "0.00000001", "0.00000001", "5000"),
    )
    return Listing({one.symbol: one for one in contracts})


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH")), (UPBIT,)) as served:
        await served.trade("BTC", 50_000.0)
        await served.trade("ETH", 2_500.0)
        yield served


@pytest.fixture
def floor(venues):
    return open_floor(venues["upbit"])


@pytest.fixture
def ledger(floor):
    return floor.ledger


@pytest.fixture
def opened(open_at, floor):
    async def once():
        return await open_at("upbit", key=floor.keys.key, secret=floor.keys.secret)

    return once


@pytest.fixture
async def broker(opened):
    made = await opened()
    yield made
    await made.aclose()
