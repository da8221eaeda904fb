"""ccxt reads the fake Bybit, and Bybit's habits are kept."""

import pytest

from tests.venues.contract import SwapContract, after
from tests.venues.series import MINUTE

SYMBOL = "BTC/USDT:USDT"


class TestBybit(SwapContract):
    name = "bybit"
    exchange = "bybit"
    types = ("linear",)
    mark = "fetch_ticker"

    async def test_the_time_is_the_worlds(self, client, venue):
        assert await client.fetch_time() == venue.now

    async def test_leverage_tiers_are_the_worlds(self, client, venues):
        tiers = await client.fetch_market_leverage_tiers(SYMBOL)
        told = [(t["minNotional"], t["maxNotional"], t["maxLeverage"]) for t in tiers]
        assert told == [(t.floor, t.cap, t.leverage) for t in venues.world["BTC"].tiers]

    async def test_open_interest_and_ratios_have_a_history(self, client, venues):
        interest = await client.fetch_open_interest_history(SYMBOL, "1h", limit=24)
        assert len(interest) == 24
        truth = venues.world["BTC"].open_interest(interest[0]["timestamp"])
        assert interest[0]["openInterestAmount"] == pytest.approx(truth)
        assert len(await client.fetch_long_short_ratio_history(SYMBOL, "1h", limit=24)) == 24

    async def test_the_top_of_the_book_streams(self, client, venue):
        seen = await client.watch_bids_asks([SYMBOL])
        assert (seen[SYMBOL]["bid"], seen[SYMBOL]["ask"]) == pytest.approx(venue.spread("BTC"))

    async def test_liquidations_stream(self, client, venues, venue):
        watched = client.watch_liquidations(SYMBOL)
        seen = await after(venue, watched, venues.liquidate("BTC", 90_000, 0.5))
        assert (seen[0]["side"], seen[0]["price"], seen[0]["contracts"]) == ("buy", 90_000, 0.5)

    async def test_of_a_long_range_the_newest_candles_come(self, client, venue):
        query = {"category": "linear", "symbol": "BTCUSDT", "interval": "1", "limit": 2}
        edges = {"start": venue.now - 10 * MINUTE, "end": venue.now - 5 * MINUTE}
        answer = await client.publicGetV5MarketKline(query | edges)
        told = [int(row[0]) for row in answer["result"]["list"]]
        assert told == [venue.now - 5 * MINUTE, venue.now - 6 * MINUTE]
