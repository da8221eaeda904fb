"""ccxt reads the fake Binance, and Binance's habits are kept."""

from functools import partial

import ccxt.pro
import pytest

from tests.venues.contract import SwapContract, after, until
from tests.venues.series import DAY, MINUTE, TIME
from tests.venues.world import HOUR

SYMBOL = "BTC/USDT:USDT"


class TestBinance(SwapContract):
    name = "binance"
    exchange = "binanceusdm"

    async def test_the_time_is_the_worlds(self, client, venue):
        assert await client.fetch_time() == venue.now

    async def test_leverage_tiers_are_the_worlds(self, client, venues):
        client.apiKey = client.secret = "nobody"
        tiers = (await client.fetch_leverage_tiers([SYMBOL]))[SYMBOL]
        truth = venues.world["BTC"].tiers
        told = [(t["minNotional"], t["maxNotional"], t["maxLeverage"]) for t in tiers]
        assert told == [(t.floor, t.cap, t.leverage) for t in truth]

    async def test_the_mark_price_streams(self, client, venues, venue):
        venues.world["BTC"].mark_price = 90_000.5
        seen = await after(venue, client.watch_mark_price(SYMBOL), venues.pulse())
        assert seen["markPrice"] == 90_000.5

    async def test_mark_prices_of_all_stream_together(self, client, venues, venue):
        seen = await after(venue, client.watch_mark_prices(), venues.pulse())
        assert set(seen) == {SYMBOL, "ETH/USDT:USDT"}

    async def test_the_top_of_the_book_streams(self, client, venues, venue):
        seen = await after(venue, client.watch_bids_asks([SYMBOL]), venues.pulse())
        assert (seen[SYMBOL]["bid"], seen[SYMBOL]["ask"]) == pytest.approx(venue.spread("BTC"))

    async def test_the_tops_of_all_books_stream_one_after_the_other(self, client, venue):
        watch = partial(client.watch_bids_asks)
        await until(watch, lambda seen: "ETH/USDT:USDT" in seen)

    async def test_funding_comes_due_as_time_goes_on(self, client, venues):
        venues.world["BTC"].next_rate = 0.00042
        await venues.advance(minutes=8 * 60)
        (stamp,) = await client.fetch_funding_rate_history(SYMBOL, limit=1)
        assert (stamp["timestamp"] % (8 * HOUR), stamp["fundingRate"]) == (0, 0.00042)

    async def test_a_combined_stream_says_where_a_message_came_from(self, venues):
        async with (
            venues.session() as session,
            session.ws_connect("wss://fstream.binance.com/stream?streams=btcusdt@aggTrade") as ws,
        ):
            await venues.trade("BTC", 95_000.0)
            message = await ws.receive_json(timeout=2)
        assert (message["stream"], message["data"]["e"]) == ("btcusdt@aggTrade", "aggTrade")

    async def test_liquidations_of_all_stream_together(self, client, venues, venue):
        watched = client.watch_liquidations_for_symbols([])
        seen = await after(venue, watched, venues.liquidate("ETH", 3_000, 0.5, sells=False))
        assert (seen[0]["symbol"], seen[0]["side"]) == ("ETH/USDT:USDT", "buy")

    async def test_liquidations_stream(self, client, venues, venue):
        seen = await after(
            venue, client.watch_liquidations(SYMBOL), venues.liquidate("BTC", 90_000, 0.5)
        )
        assert (seen[0]["side"], seen[0]["price"], seen[0]["contracts"]) == ("sell", 90_000, 0.5)

    async def test_open_interest_and_ratios_have_a_history(self, client, venues, venue):
        interest = await client.fetch_open_interest_history(SYMBOL, "1h", limit=24)
        truth = venues.world["BTC"].open_interest(interest[0]["timestamp"])
        assert interest[0]["openInterestAmount"] == pytest.approx(truth)
        assert interest[-1]["timestamp"] == venue.now // HOUR * HOUR
        ratios = await client.fetch_long_short_ratio_history(SYMBOL, "1h", limit=24)
        assert len(ratios) == 24
        with_start = await client.fetch_open_interest_history(SYMBOL, "1h", venue.now - DAY, 3)
        assert with_start[0]["timestamp"] == venue.now - DAY

    async def test_candles_of_the_mark_price_are_candles_too(self, client, venue):
        candles = await client.fetch_ohlcv(SYMBOL, "1m", limit=3, params={"price": "mark"})
        assert candles[-1][4] == pytest.approx(venue.mark("BTC"))

    async def test_klines_up_to_an_end_are_the_last_before_it(self, client, venue):
        end = venue.now - 10 * MINUTE
        await client.load_markets()
        query = {"symbol": "BTCUSDT", "interval": "5m", "endTime": end, "limit": 2}
        rows = await client.fapiPublicGetKlines(query)
        assert [int(row[0]) for row in rows] == [end - 5 * MINUTE, end]

    @pytest.mark.parametrize(("path", "limit"), [("klines", "1501"), ("depth", "7")])
    def test_a_limit_that_the_venue_does_not_know_is_refused(self, venues, path, limit):
        query = {"symbol": "BTCUSDT", "interval": "1m", "limit": limit}
        assert venues["binance"].answer(f"/fapi/v1/{path}", query).status == 400

    async def test_the_closed_flag_is_true_only_for_candles_that_ended(
        self, client, venues, venue
    ):
        opened, told = venue.now, []
        await client.watch_ohlcv(SYMBOL, "1m")
        parse = client.handle_ohlcv
        client.handle_ohlcv = lambda ws, message: (told.append(message["k"]), parse(ws, message))
        await venues.advance(minutes=2)
        watch = partial(client.watch_ohlcv, SYMBOL, "1m")
        await until(watch, lambda candles: candles[-1][0] == venue.now)
        assert [k["t"] for k in told if k["x"]] == [opened, opened + MINUTE]
        assert all(k["T"] == k["t"] + MINUTE - 1 for k in told)


async def test_a_contract_that_is_no_coin_is_told_as_such(venues):
    venues.world["ETH"].contract_type = "TRADIFI_PERPETUAL"
    client = venues.wire(ccxt.pro.binanceusdm())
    await client.load_markets()
    assert client.market("ETH/USDT:USDT")["info"]["contractType"] == "TRADIFI_PERPETUAL"
    assert venues["binance"].newest("ETH", MINUTE, 1)[0, TIME] == venues.world.now
    await client.close()
