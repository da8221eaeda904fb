"""Every fake venue on loopback, over a world of two coins that stands still at noon."""

import pytest

from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH"))) as served:
        yield served
