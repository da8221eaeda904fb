"""ccxt reads the fake Gate, whose amounts are contracts."""

from tests.venues.contract import SwapContract

SYMBOL = "BTC/USDT:USDT"


class TestGate(SwapContract):
    name = "gate"
    exchange = "gate"
    types = ("swap",)
    mark = "fetch_ticker"
    page = 1999
    ohlcv_in = "contracts"
    interest = "contracts"
    interest_now = False  # ccxt has the history alone

    def lot(self, truth) -> float:
        return float(truth.contracts["gate"])

    async def test_the_time_is_the_worlds(self, client, venue):
        assert await client.fetch_time() == venue.now

    async def test_a_contract_is_a_ten_thousandth_of_a_coin(self, client):
        assert client.market(SYMBOL)["contractSize"] == 0.0001

    async def test_leverage_tiers_are_the_worlds(self, client, venues):
        tiers = await client.fetch_market_leverage_tiers(SYMBOL)
        told = [(t["minNotional"], t["maxNotional"], t["maxLeverage"]) for t in tiers]
        assert told == [(t.floor, t.cap, t.leverage) for t in venues.world["BTC"].tiers]
