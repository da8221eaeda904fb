"""ccxt reads the fake Upbit and Bithumb, in won, and their habits are kept."""

import pytest

from tests.venues.contract import VenueContract
from tests.venues.series import MINUTE, TIME


class InWon(VenueContract):
    quote = "KRW"
    page = 200
    quiet_minutes = False
    day = "calendar"

    async def test_a_dollar_costs_what_the_world_says(self, client, venues):
        await client.load_markets()
        ticker = await client.fetch_ticker("USDT/KRW")
        assert ticker["last"] == pytest.approx(venues.world.won, rel=0.01)

    async def test_a_premium_is_a_scale(self, client, venues, venue):
        venue.scale["BTC"] = 1.03
        ticker = await client.fetch_ticker(self.symbol)
        price = venues.world["BTC"].price(venue.now) * venues.world.won
        assert ticker["last"] == pytest.approx(price * 1.03)

    async def test_minutes_in_which_nobody_trades_have_no_candle(self, client, venues, venue):
        await venues.advance(minutes=3)
        candles = await client.fetch_ohlcv(self.symbol, "1m", limit=2)
        assert candles[-1][0] == venue.now - 3 * MINUTE
        assert venue.newest("BTC", MINUTE, 1)[0, TIME] == venue.now


class TestUpbit(InWon):
    name = "upbit"
    exchange = "upbit"

    async def test_a_list_replaces_the_one_before(self, client, venue):
        await client.watch_ticker(self.symbol)
        await client.watch_ticker("ETH/KRW")
        (connection,) = venue.hub.connections
        assert sorted(connection.channels) == ["ticker.KRW-BTC", "ticker.KRW-ETH"]

    async def test_candles_of_days_are_candles_too(self, client, venue):
        candles = await client.fetch_ohlcv(self.symbol, "1d", limit=2)
        assert candles[-1][0] == venue.now // 86_400_000 * 86_400_000


class TestBithumb(InWon):
    name = "bithumb"
    exchange = "bithumb"

    async def test_pages_join_without_hole_or_overlap(self, client, venue):
        """They cannot: ccxt sends no start to Bithumb, so that the last candles come."""
        start = venue.now - 300 * MINUTE
        assert await client.fetch_ohlcv(self.symbol, "1m", since=start, limit=200) != []
        assert "to" not in venue.journal.asked("candles")[-1].query

    async def test_older_candles_come_with_the_venues_own_word(self, client, venue):
        query = {"to": "2026-01-01T11:00:00"}
        candles = await client.fetch_ohlcv(self.symbol, "1m", limit=2, params=query)
        assert candles[-1][0] == venue.now - 61 * MINUTE
