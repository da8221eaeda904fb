"""What every fake venue must tell a ccxt that nobody has touched, in the world's own numbers."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import ccxt.pro
import pytest

from tests.venues.series import CLOSE, DAY, HIGH, LOW, MINUTE, TIME, VOLUME
from tests.venues.venue import Venue
from tests.venues.world import HOUR

PATIENCE = 5.0


async def after(venue: Venue, watched: Awaitable[Any], *news: Awaitable[Any]) -> Any:
    """What a watcher sees next, once its subscription has arrived and the news are told."""
    before = len(venue.journal.asked())
    waiting = asyncio.ensure_future(watched)
    for _ in range(400):
        await asyncio.sleep(0.005)
        if any(entry.method == "WS" for entry in venue.journal.asked()[before:]):
            break
    for event in news:
        await event
    return await asyncio.wait_for(waiting, PATIENCE)


async def until(watch: Callable[[], Awaitable[Any]], fits: Callable[[Any], bool]) -> Any:
    """Watch until something fits."""
    async with asyncio.timeout(PATIENCE):
        while not fits(seen := await watch()):
            pass
    return seen


class VenueContract:
    """One subclass a venue says how that venue is called and what it cannot tell."""

    name: str
    exchange: str
    quote = "USDT"
    linear = False
    mark = "fetch_mark_price"  # the call that brings the mark price, if there is one
    ohlcv_in = "coins"  # or contracts
    amounts = "coins"  # of tickers
    interest = "coins"  # of open interest
    interest_now = True
    own_clock = False
    types: tuple[str, ...] = ()  # of markets to load, where ccxt loads more than it must
    page = 1000  # the most candles that one call brings
    quiet_minutes = True  # a minute without trades has a candle
    day = "rolling"

    @property
    def symbol(self) -> str:
        return f"BTC/{self.quote}" + (f":{self.quote}" if self.linear else "")

    @pytest.fixture
    def venue(self, venues):
        return venues[self.name]

    @pytest.fixture
    async def client(self, venues):
        options = {"fetchMarkets": {"types": [*self.types]}} if self.types else {}
        settings = {"enableRateLimit": False, "options": options}
        client = venues.wire(getattr(ccxt.pro, self.exchange)(settings))
        if self.own_clock:
            client.milliseconds = venues.world.clock
        await client.load_markets()
        yield client
        await client.close()

    def jump(self, venues) -> float:
        """A price that nobody has seen today."""
        return round(venues.world["BTC"].price(venues.world.now) * 1.05, 1)

    def coins(self, client, amount: float) -> float:
        """ccxt's candles of some venues count contracts."""
        if self.ohlcv_in == "coins":
            return amount
        return amount * client.market(self.symbol)["contractSize"]

    async def test_the_market_is_listed_under_its_rules(self, client, venues):
        market, truth = client.market(self.symbol), venues.world["BTC"]
        assert market["active"] is not False
        assert (market["base"], market["quote"]) == ("BTC", self.quote)
        if self.linear:
            assert (market["swap"], market["linear"]) == (True, True)
            lot = market["precision"]["amount"] * market["contractSize"]
            assert lot == pytest.approx(self.lot(truth))

    def lot(self, truth) -> float:
        """The smallest amount, in coins."""
        return float(truth.step)

    async def test_candles_are_the_worlds(self, client, venue):
        candles = await client.fetch_ohlcv(self.symbol, "1m", limit=5)
        rows = venue.newest("BTC", MINUTE, 7)
        rows = rows[(rows[:, VOLUME] > 0) | self.quiet_minutes][-5:]
        assert [c[0] for c in candles] == rows[:, TIME].tolist()
        for candle, row in zip(candles, rows, strict=True):
            assert candle[1:5] == pytest.approx(row[1:5].tolist(), rel=1e-6)
            assert self.coins(client, candle[5]) == pytest.approx(row[VOLUME], abs=2e-3)

    async def test_coarse_candles_are_made_of_fine_ones(self, client, venue):
        candles = await client.fetch_ohlcv(self.symbol, "1h", limit=3)
        minutes = venue.bars("BTC", MINUTE, candles[-2][0], candles[-2][0] + HOUR)
        assert len(minutes) == 60
        expected = (minutes[:, HIGH].max(), minutes[:, LOW].min(), minutes[-1, CLOSE])
        assert candles[-2][2:5] == pytest.approx(expected, rel=1e-6)

    async def test_pages_join_without_hole_or_overlap(self, client, venue):
        start = venue.now - 90 * MINUTE
        first = await client.fetch_ohlcv(self.symbol, "1m", since=start, limit=40)
        second = await client.fetch_ohlcv(self.symbol, "1m", since=first[-1][0] + MINUTE, limit=40)
        times = [c[0] for c in (*first, *second)]
        assert times == list(range(start, start + 80 * MINUTE, MINUTE))

    async def test_one_call_brings_no_more_than_the_venue_gives(self, client, venue):
        start = venue.now - DAY
        candles = await client.fetch_ohlcv(self.symbol, "1m", since=start, limit=5_000)
        assert len(candles) == min(self.page, 1_441)

    async def test_an_unknown_coin_is_refused(self, client):
        with pytest.raises(ccxt.BadSymbol):
            await client.fetch_ohlcv(f"NOPE/{self.quote}")

    async def test_the_ticker_is_the_last_day(self, client, venue):
        ticker = await client.fetch_ticker(self.symbol)
        day = venue.day("BTC")
        assert ticker["last"] == pytest.approx(day["last"], rel=1e-6)
        if self.day == "rolling":
            seen = (ticker["high"], ticker["low"])
            assert seen == pytest.approx((day["high"], day["low"]), rel=1e-6)
        if self.day != "unknown":
            size = client.market(self.symbol)["contractSize"] if self.amounts == "contracts" else 1
            assert ticker["baseVolume"] * size == pytest.approx(day["volume"], rel=1e-4)

    async def test_the_order_book_stands_around_the_price(self, client, venue):
        book = await client.fetch_order_book(self.symbol, 20)
        bid, ask = venue.spread("BTC")
        assert (book["bids"][0][0], book["asks"][0][0]) == pytest.approx((bid, ask), rel=1e-6)

    async def test_the_ticker_streams(self, client, venues, venue):
        price = self.jump(venues)
        watch = partial(client.watch_ticker, self.symbol)
        await watch()
        await venues.trade("BTC", price)
        told = pytest.approx(price * venue.factor("BTC"), rel=1e-6)
        await until(watch, lambda ticker: ticker["last"] == told)

    async def test_trades_stream(self, client, venues, venue):
        price = round(venues.world["BTC"].price(venue.now), 1)
        watched = client.watch_trades(self.symbol)
        seen = await after(venue, watched, venues.trade("BTC", price, 0.5, buyer_took=False))
        size = client.market(self.symbol)["contractSize"] or 1
        assert seen[-1]["price"] == pytest.approx(price * venue.factor("BTC"), rel=1e-6)
        assert seen[-1]["amount"] * size == pytest.approx(0.5)
        assert seen[-1]["side"] == "sell"

    async def test_the_order_book_streams_and_follows(self, client, venues, venue):
        watch = partial(client.watch_order_book, self.symbol)
        await after(venue, watch(), venues.pulse())
        await venues.trade("BTC", self.jump(venues))
        top = pytest.approx(venue.spread("BTC"), rel=1e-6)
        await until(watch, lambda book: (book["bids"][0][0], book["asks"][0][0]) == top)


class SwapContract(VenueContract):
    """What the venues of perpetuals must tell besides."""

    linear = True

    async def test_the_mark_price_is_the_worlds(self, client, venue):
        answer = await getattr(client, self.mark)(self.symbol)
        assert float(answer["markPrice"]) == pytest.approx(venue.mark("BTC"), rel=1e-6)

    async def test_funding_is_the_worlds(self, client, venue, venues):
        rate = await client.fetch_funding_rate(self.symbol)
        truth = venues.world["BTC"]
        assert rate["fundingRate"] == pytest.approx(truth.next_rate)
        history = await client.fetch_funding_rate_history(self.symbol, limit=41)
        told = [(one["timestamp"], one["fundingRate"]) for one in history]
        assert told[-5:] == venue.funding("BTC")[-5:]

    async def test_open_interest_counts_coins(self, client, venues):
        truth = venues.world["BTC"].open_interest(venues.world.now)
        if self.interest_now:
            answer = await client.fetch_open_interest(self.symbol)
        else:
            answer = (await client.fetch_open_interest_history(self.symbol, "5m"))[-1]
        size = client.market(self.symbol)["contractSize"] if self.interest == "contracts" else 1
        assert answer["openInterestAmount"] * size == pytest.approx(truth, rel=1e-3)

    async def test_candles_stream_while_they_run_and_when_they_close(self, client, venues, venue):
        price, opened = self.jump(venues), venue.now
        watch = partial(client.watch_ohlcv, self.symbol, "1m")
        await watch()
        await venues.trade("BTC", price, 2.5)
        seen = await until(watch, lambda candles: candles[-1][5] > 0)
        assert seen[-1][0] == opened
        assert seen[-1][4] == pytest.approx(price * venue.factor("BTC"), rel=1e-6)
        assert self.coins(client, seen[-1][5]) == pytest.approx(2.5)
        await venues.advance(minutes=1)
        await until(watch, lambda candles: candles[-1][0] > opened)
        rest = await client.fetch_ohlcv(self.symbol, "1m", since=opened, limit=1)
        kept = [c for c in client.ohlcvs[self.symbol]["1m"] if c[0] == opened]
        assert kept[-1] == pytest.approx(rest[0])
