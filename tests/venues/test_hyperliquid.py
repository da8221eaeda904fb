"""ccxt reads the fake Hyperliquid, in dollars of another kind."""

from tests.venues.contract import SwapContract


class TestHyperliquid(SwapContract):
    name = "hyperliquid"
    exchange = "hyperliquid"
    types = ("swap",)
    quote = "USDC"
    mark = "fetch_funding_rate"
    page = 1441
    day = "unknown"
    own_clock = True  # ccxt counts back from its own clock, so it is given the world's

    async def test_the_time_is_the_worlds(self, client, venue):
        assert await client.fetch_time() == venue.now
