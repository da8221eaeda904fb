"""ccxt reads the fake Bitget."""

from tests.venues.contract import SwapContract

SYMBOL = "BTC/USDT:USDT"


class TestBitget(SwapContract):
    name = "bitget"
    exchange = "bitget"
    types = ("swap",)
    page = 200

    async def test_the_time_is_the_worlds(self, client, venue):
        assert await client.fetch_time() == venue.now

    async def test_leverage_tiers_are_the_worlds(self, client, venues):
        tiers = await client.fetch_market_leverage_tiers(SYMBOL)
        told = [(t["minNotional"], t["maxNotional"], t["maxLeverage"]) for t in tiers]
        assert told == [(t.floor, t.cap, t.leverage) for t in venues.world["BTC"].tiers]

    async def test_ratios_have_a_history(self, client):
        assert len(await client.fetch_long_short_ratio_history(SYMBOL, "1h")) == 30
