"""ccxt reads the fake OKX, whose amounts are contracts, and OKX's habits are kept."""

import pytest

from tests.venues.contract import SwapContract, after
from tests.venues.series import MINUTE

SYMBOL = "BTC/USDT:USDT"


class TestOkx(SwapContract):
    name = "okx"
    exchange = "okx"
    types = ("swap",)
    page = 300
    amounts = interest = "contracts"

    async def test_the_time_is_the_worlds(self, client, venue):
        assert await client.fetch_time() == venue.now

    async def test_a_contract_is_a_hundredth_of_a_coin(self, client):
        assert client.market(SYMBOL)["contractSize"] == 0.01
        assert client.market("ETH/USDT:USDT")["contractSize"] == 0.1

    async def test_leverage_tiers_are_the_worlds(self, client, venues):
        tiers = await client.fetch_market_leverage_tiers(SYMBOL)
        told = [(t["maintenanceMarginRate"], t["maxLeverage"]) for t in tiers]
        truth = venues.world["BTC"].tiers
        assert told == [(float(t.maintenance), t.leverage) for t in truth]

    async def test_open_interest_and_ratios_have_a_history(self, client):
        assert len(await client.fetch_open_interest_history(SYMBOL, "1h", limit=24)) == 24
        assert len(await client.fetch_long_short_ratio_history(SYMBOL, "1h", limit=24)) == 24

    async def test_the_mark_price_streams(self, client, venues):
        venues.world["BTC"].mark_price = 90_000.5
        assert (await client.watch_mark_price(SYMBOL))["markPrice"] == 90_000.5

    async def test_the_top_of_the_book_streams(self, client, venue):
        seen = await client.watch_bids_asks([SYMBOL])
        assert (seen[SYMBOL]["bid"], seen[SYMBOL]["ask"]) == pytest.approx(venue.spread("BTC"))

    async def test_liquidations_stream(self, client, venues, venue):
        watched = client.watch_liquidations(SYMBOL)
        seen = await after(venue, watched, venues.liquidate("BTC", 90_000, 0.5))
        assert (seen[0]["side"], seen[0]["price"], seen[0]["contracts"]) == ("sell", 90_000, 50)

    async def test_history_holds_no_candle_that_runs(self, client, venue):
        query = {"instId": "BTC-USDT-SWAP", "bar": "1m", "limit": 3}
        history = await client.publicGetMarketHistoryCandles(query)
        running = await client.publicGetMarketCandles(query)
        assert int(history["data"][0][0]) == venue.now - MINUTE
        assert int(running["data"][0][0]) == venue.now
        assert [row[-1] for row in running["data"]] == ["0", "1", "1"]
