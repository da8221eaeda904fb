"""What goes wrong on command, as an untouched ccxt lives through it."""

import asyncio
from functools import partial

import aiohttp
import ccxt.pro
import pytest

from tests.venues.contract import until
from tests.venues.faults import Http, Stream
from tests.venues.loopback import DIALECTS
from tests.venues.series import MINUTE
from tests.venues.world import HOUR

SYMBOL = "BTC/USDT:USDT"


@pytest.fixture
def venue(venues):
    return venues["binance"]


@pytest.fixture
async def client(venues):
    client = venues.wire(ccxt.pro.binanceusdm({"enableRateLimit": False}))
    await client.load_markets()
    yield client
    await client.close()


class TestRequests:
    async def test_a_stalled_request_is_never_answered(self, client, venue):
        with venue.faults.begin(Http.STALL, on="klines"):
            client.timeout = 300
            with pytest.raises(ccxt.RequestTimeout):
                await client.fetch_ohlcv(SYMBOL)
            client.timeout = 10_000
            assert await client.fetch_time() == venue.now
        assert await client.fetch_ohlcv(SYMBOL) != []

    async def test_a_broken_line_is_no_answer(self, client, venue):
        with venue.faults.begin(Http.DISCONNECT), pytest.raises(ccxt.ExchangeNotAvailable):
            await client.fetch_ohlcv(SYMBOL)

    @pytest.mark.parametrize(("kind", "status"), [(Http.TOO_MANY, "429"), (Http.BANNED, "418")])
    async def test_who_asks_too_often_is_told_how_long_to_wait(self, client, venue, kind, status):
        venue.faults.begin(kind, times=1, retry_after=7)
        with pytest.raises(ccxt.DDoSProtection, match=status):
            await client.fetch_ohlcv(SYMBOL)
        assert client.last_response_headers["Retry-After"] == "7"
        assert await client.fetch_ohlcv(SYMBOL) != []

    @pytest.mark.parametrize(
        ("kind", "seen"),
        [
            (Http.GATEWAY, ccxt.ExchangeNotAvailable),
            (Http.BROKEN, ccxt.OperationFailed),
            (Http.MAINTENANCE, ccxt.BadRequest),  # ccxt's word for -1016: the code knows better
        ],
    )
    async def test_a_broken_venue_says_so(self, client, venue, kind, seen):
        with venue.faults.begin(kind), pytest.raises(seen):
            await client.fetch_ohlcv(SYMBOL)

    async def test_nothing_with_status_200_is_an_empty_list(self, client, venue):
        """ccxt calls it no error: the adapter must."""
        with venue.faults.begin(Http.EMPTY):
            assert await client.fetch_ohlcv(SYMBOL) == []

    async def test_a_page_with_status_200_is_a_candle_of_nothing_per_letter(self, client, venue):
        """ccxt calls it no error: the adapter must."""
        with venue.faults.begin(Http.HTML):
            candles = await client.fetch_ohlcv(SYMBOL)
        assert candles
        assert all(candle == [None] * 6 for candle in candles)

    async def test_a_fault_strikes_a_number_of_times(self, client, venue):
        venue.faults.begin(Http.BROKEN, on="premiumIndex", times=2)
        for _ in range(2):
            with pytest.raises(ccxt.OperationFailed):
                await client.fetch_mark_price(SYMBOL)
        assert (await client.fetch_mark_price(SYMBOL))["markPrice"] > 0

    async def test_missing_candles_are_missing_however_often_one_asks(self, client, venue):
        start = venue.now - 10 * MINUTE
        venue.faults.gap("BTC", start, start + 3 * MINUTE)
        candles = await client.fetch_ohlcv(SYMBOL, "1m", limit=15)
        times = [c[0] for c in candles]
        assert start - MINUTE in times
        assert start + 3 * MINUTE in times
        assert not {start, start + MINUTE, start + 2 * MINUTE} & set(times)

    async def test_a_clock_may_be_wrong(self, client, venue):
        venue.faults.skew = 4_000
        assert await client.fetch_time() == venue.now + 4_000

    async def test_funding_stamps_may_be_late(self, client, venue):
        venue.faults.funding_late = 11
        (stamp,) = await client.fetch_funding_rate_history(SYMBOL, limit=1)
        assert stamp["timestamp"] % (8 * HOUR) == 11

    async def test_a_delisting_is_announced_and_then_happens(self, client, venues, venue):
        venues.world["BTC"].delisted = venue.now + MINUTE
        markets = await client.load_markets(reload=True)
        assert int(markets[SYMBOL]["info"]["deliveryDate"]) == venue.now + MINUTE
        await venues.advance(minutes=1)
        with pytest.raises(ccxt.BadSymbol):
            await client.fetch_ohlcv(SYMBOL)
        assert SYMBOL not in await client.load_markets(reload=True)

    async def test_the_journal_knows_what_was_asked(self, client, venue):
        await client.fetch_ohlcv(SYMBOL, "5m", limit=7)
        (asked,) = venue.journal.asked("klines")
        assert (asked.method, asked.time) == ("GET", venue.now)
        assert asked.query == {"symbol": "BTCUSDT", "interval": "5m", "limit": "7"}


async def watched(client, venues):
    """A client that follows the minute's candle, and a way to see its times."""
    watch = partial(client.watch_ohlcv, SYMBOL, "1m")
    await watch()
    return watch


async def happens(fact):
    for _ in range(200):
        if fact():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never happened")


class TestStreams:
    async def test_a_silent_stream_keeps_its_socket_and_answers_pings(self, client, venues, venue):
        watch = await watched(client, venues)
        with venue.faults.begin(Stream.SILENT, on="kline"):
            await venues.advance(minutes=1)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(watch(), 0.1)
            (socket,) = client.clients.values()
            await socket.connection.ping()
            await happens(lambda: socket.lastPong is not None)
        await venues.advance(minutes=1)
        await until(watch, lambda candles: candles[-1][0] == venue.now)

    async def test_a_dead_stream_answers_no_pings(self, client, venues, venue):
        await watched(client, venues)
        (socket,) = client.clients.values()
        with venue.faults.begin(Stream.DEAD):
            await socket.connection.ping()
            await asyncio.sleep(0.1)
            assert socket.lastPong is None
            assert not socket.closed()

    async def test_a_broken_stream_is_an_error_and_can_be_watched_again(
        self, client, venues, venue
    ):
        watch = await watched(client, venues)
        waiting = asyncio.ensure_future(watch())
        await asyncio.sleep(0.02)
        await venue.disconnect()
        with pytest.raises(ccxt.NetworkError):
            await asyncio.wait_for(waiting, 2)
        assert (await asyncio.wait_for(watch(), 2))[-1][0] == venue.now

    async def test_a_handshake_may_be_refused(self, client, venue):
        venue.faults.begin(Http.TOO_MANY, on="/ws", times=1, retry_after=1)
        with pytest.raises(ccxt.NetworkError, match="429"):
            await client.watch_ohlcv(SYMBOL, "1m")

    async def test_messages_may_come_twice(self, venues, venue):
        venue.faults.begin(Stream.TWICE, on="aggTrade")
        told = await heard(venues, "btcusdt@aggTrade", trades=2)
        assert told == [1, 1, 2, 2]

    async def test_messages_may_overtake_each_other(self, venues, venue):
        venue.faults.begin(Stream.SWAPPED, on="aggTrade")
        assert await heard(venues, "btcusdt@aggTrade", trades=4) == [2, 1, 4, 3]

    async def test_messages_may_vanish(self, venues, venue):
        venue.faults.begin(Stream.LOST, on="aggTrade", times=2)
        assert await heard(venues, "btcusdt@aggTrade", trades=4) == [3, 4]

    async def test_a_gap_swallows_closed_candles(self, client, venues, venue):
        opened = venue.now
        venue.faults.gap("BTC", opened + MINUTE, opened + 2 * MINUTE)
        watch = await watched(client, venues)
        await venues.advance(minutes=3)
        await until(watch, lambda candles: candles[-1][0] == venue.now)
        times = [c[0] for c in client.ohlcvs[SYMBOL]["1m"]]
        assert times == [opened, opened + 2 * MINUTE, opened + 3 * MINUTE]


async def heard(venues, channel, trades):
    """The ids that a bare listener hears while trades happen, then a mark price."""
    async with (
        venues.session() as session,
        session.ws_connect("wss://fstream.binance.com/market/ws") as socket,
    ):
        params = [channel, "btcusdt@markPrice@1s"]
        await socket.send_json({"method": "SUBSCRIBE", "params": params, "id": 1})
        await socket.receive_json(timeout=2)
        await socket.receive_json(timeout=2)
        for _ in range(trades):
            await venues.trade("BTC", 95_000.0)
        return [m["a"] for m in await everything(socket) if m["e"] == "aggTrade"]


async def everything(socket):
    messages = []
    while True:
        try:
            message = await socket.receive(timeout=0.25)
        except TimeoutError:
            return messages
        assert message.type is aiohttp.WSMsgType.TEXT
        messages.append(message.json())


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
async def test_every_venue_has_its_own_words_for_trouble(venues, dialect):
    venue = venues[dialect.name]
    exchange = "binanceusdm" if dialect.name == "binance" else dialect.name
    client = venues.wire(getattr(ccxt.pro, exchange)({"enableRateLimit": False}))
    await client.load_markets()
    symbol = next(iter(client.markets))
    for kind in (Http.TOO_MANY, Http.BANNED, Http.BROKEN, Http.GATEWAY, Http.MAINTENANCE):
        with venue.faults.begin(kind), pytest.raises((ccxt.OperationFailed, ccxt.ExchangeError)):
            await client.fetch_ohlcv(symbol, "1m", since=venue.now - HOUR)
    await client.close()


async def test_a_name_that_no_venue_has_leads_nowhere(venues):
    async with venues.session() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get("https://example.com")
