"""The desk's own broker on an account at the fake OKX."""

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
def floor(venues):
    return open_floor(venues["okx"])


@pytest.fixture
def ledger(floor):
    return floor.ledger


@pytest.fixture
def opened(open_at, floor):
    """Open it, again and again if need be."""

    async def once():
        return await open_at(
            "okx", key=floor.keys.key, secret=floor.keys.secret, passphrase=floor.keys.passphrase
        )

    return once


@pytest.fixture
async def broker(opened):
    made = await opened()
    yield made
    await made.aclose()
