"""Every venue of the table, through a ccxt that nobody has touched: the world's numbers, in coins."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import VenueBusy, VenueUnavailable, WrongSetting
from bot.exchanges.asking import asker
from bot.exchanges.opening import open_client
from bot.exchanges.prices import CcxtPrices
from bot.exchanges.source import CcxtSource
from bot.exchanges.streams import CcxtStreams
from bot.exchanges.venues import VENUES, Kind, venue_named
from bot.live.feed import Feed
from bot.live.listening import Listener
from core.domain.derivatives import Derivatives
from core.domain.market import Timeframe, from_millis, to_millis
from core.errors import NoMarketData, UnknownSymbol
from tests.venues.faults import Http
from tests.venues.generated import world
from tests.venues.loopback import venues_on_loopback
from tests.venues.series import CLOSE, MINUTE, TIME, VOLUME

M1, H1 = Timeframe.M1, Timeframe.H1
SWAPS = [venue.name for venue in VENUES.values() if venue.kind is Kind.PERPETUAL]
FINAL = [venue.name for venue in VENUES.values() if venue.final]


class WorldClock:
    def __init__(self, world) -> None:
        self.world = world

    def now(self):
        return from_millis(self.world.now)


class Desk:
    """One venue of the table on its fake."""

    def __init__(self, venues, venue, client) -> None:
        self.venues = venues
        self.venue = venue
        self.fake = venues[venue.name]
        self.clock = WorldClock(venues.world)
        self.ask = asker(venue, client)
        self.source = CcxtSource(self.ask, self.clock)
        self.prices = CcxtPrices(self.ask, self.clock)
        quote = venue.quotes[0]
        self.symbol = f"BTC/{quote}" + (f":{quote}" if venue.has_funding else "")

    @property
    def now(self):
        return self.clock.now()

    def feed(self) -> Feed:
        return Feed(self.venue.title, self.source, self.prices, self.clock, {M1: 60, H1: 20})


@pytest.fixture
async def venues():
    async with venues_on_loopback(world(("BTC", "ETH"))) as served:
        yield served


@pytest.fixture(params=list(VENUES))
async def desk(request, venues):
    venue = VENUES[request.param]

    def adjust(client):
        venues.wire(client)
        client.enableRateLimit = False
        client.milliseconds = venues.world.clock

    client = await open_client(venue, adjust)
    yield Desk(venues, venue, client)
    await client.close()


def only(*names):
    return pytest.mark.parametrize("desk", names, indirect=True)


async def test_contracts_are_told_in_coins_and_steps(desk):
    contract = (await desk.source.contracts())[desk.symbol]
    truth = desk.venues.world["BTC"]
    assert (contract.base, contract.quote) == ("BTC", desk.venue.quotes[0])
    assert contract.gap == Decimal("0.06")
    if desk.venue.has_funding and desk.venue.name != "hyperliquid":
        assert contract.step_size <= truth.step * 10
        assert contract.step_size % Decimal("0.0001") == 0
    assert contract.max_leverage >= (2 if desk.venue.has_funding else 1)


async def test_candles_have_closed_are_in_order_and_count_coins(desk):
    since = desk.now - timedelta(minutes=8)
    frame = await desk.source.candles(desk.symbol, M1, since, 100)
    assert frame.closed_by(desk.now) == len(frame) > 0
    assert from_millis(int(frame.time[0])) >= since
    rows = {int(row[TIME]): row for row in desk.fake.newest("BTC", MINUTE, 10)}
    for place, opened in enumerate(frame.time.tolist()):
        assert frame.close[place] == pytest.approx(rows[opened][CLOSE], rel=1e-6)
        assert frame.volume[place] == pytest.approx(rows[opened][VOLUME], abs=2e-3)


async def test_pages_join_into_a_long_history(desk):
    feed = desk.feed()
    feed.windows[M1] = 450
    await feed.catch_up(desk.symbol, M1)
    book = feed.book(desk.symbol, M1)
    assert book.hole(to_millis(desk.now)) is None
    assert len(book.frame(to_millis(desk.now))) + book.missing(to_millis(desk.now)) == 450


async def test_prices_are_the_worlds(desk):
    price = (await desk.prices.prices([desk.symbol]))[desk.symbol]
    last = desk.fake.day("BTC")["last"]
    assert float(price.last) == pytest.approx(last, rel=1e-6)
    if desk.venue.has_funding:
        assert float(price.mark) == pytest.approx(desk.fake.mark("BTC"), rel=1e-5)
    else:
        assert price.mark is None


async def test_a_symbol_that_a_venue_does_not_list_hides_no_other_price(desk):
    told = await desk.prices.prices(["NOPE/KRW", desk.symbol, "NOPE/USDT:USDT"])
    assert list(told) == [desk.symbol]
    assert await desk.prices.prices(["NOPE/KRW"]) == {}


@only("bybit", "okx", "bitget", "gate")
async def test_what_is_followed_has_the_venues_own_tiers(desk):
    found = await desk.source.listing([desk.symbol])
    truth = desk.venues.world["BTC"].tiers
    told = found[desk.symbol].tiers
    assert [(tier.rate, tier.leverage) for tier in told] == [
        (tier.maintenance, tier.leverage) for tier in truth
    ]
    floors = [float(tier.floor) for tier in told]
    assert floors == pytest.approx([tier.floor for tier in truth], rel=1e-3)
    margins = [told[n].floor * told[n].rate - told[n].deduction for n in range(1, len(told))]
    below = [told[n].floor * told[n - 1].rate - told[n - 1].deduction for n in range(1, len(told))]
    assert margins == below
    untouched = found[desk.symbol.replace("BTC", "ETH")]
    assert untouched.tiers != told


@only(*SWAPS)
async def test_derivatives_are_the_worlds_in_coins(desk):
    await desk.source.contracts()
    told, truth = await desk.prices.derivatives(desk.symbol), desk.venues.world["BTC"]
    assert float(told.funding) == pytest.approx(truth.next_rate)
    assert told.next_funding > desk.now
    assert told.open_interest == pytest.approx(
        truth.open_interest(desk.venues.world.now), rel=1e-3
    )


@only(*SWAPS)
async def test_a_venue_that_was_never_heard_tells_nothing_of_its_derivatives(desk):
    desk.fake.faults.begin(Http.BROKEN)
    with suppress(VenueUnavailable):
        told = await desk.prices.derivatives(desk.symbol)
        assert told == Derivatives(time=desk.now)


@only(*SWAPS)
async def test_funding_is_told_from_a_moment_on_to_the_second(desk):
    since = desk.now - timedelta(days=2)
    history = await desk.source.funding(desk.symbol, since, 100)
    stamps = [one for one in desk.fake.funding("BTC") if one[0] >= to_millis(since)]
    assert history.time.tolist() == [time // 1000 * 1000 for time, _ in stamps]
    assert history.rate.tolist() == pytest.approx([rate for _, rate in stamps])


async def test_what_a_venue_does_not_list_or_tell_is_said(desk):
    with pytest.raises(UnknownSymbol):
        await desk.source.candles("NOPE/USDT:USDT", M1, desk.now, 10)
    if Timeframe.D1.value not in desk.ask.client.timeframes:
        with pytest.raises(NoMarketData):
            await desk.source.candles(desk.symbol, Timeframe.D1, desk.now, 10)


@pytest.mark.parametrize(
    "fault", [Http.BROKEN, Http.GATEWAY, Http.HTML, Http.MAINTENANCE, Http.DISCONNECT]
)
async def test_a_venue_that_fails_is_unavailable_and_nothing_is_made_of_its_answer(desk, fault):
    await desk.source.contracts()
    desk.fake.faults.begin(fault)
    with pytest.raises(VenueUnavailable) as error:
        await desk.source.candles(desk.symbol, M1, desk.now - timedelta(minutes=5), 10)
    assert str(error.value).startswith(desk.venue.title)
    assert "http" not in str(error.value)


@pytest.mark.parametrize("fault", [Http.EMPTY, Http.HTML])
async def test_a_venue_that_lists_nothing_has_not_answered_and_its_contracts_stay_known(
    desk, fault
):
    desk.fake.faults.begin(fault)
    with pytest.raises(VenueUnavailable):
        await desk.source.contracts()
    desk.fake.faults.clear()
    before = await desk.source.listing()
    desk.fake.faults.begin(fault)
    with pytest.raises(VenueUnavailable):
        await desk.source.listing()
    desk.fake.faults.clear()
    assert await desk.source.contracts() == before
    assert len(await desk.source.candles(desk.symbol, M1, desk.now - timedelta(minutes=8), 100))
    assert await desk.source.listing() == before


@only("binance", "bybit", "okx")
async def test_a_venue_that_asks_to_wait_is_busy_and_says_how_long(desk):
    await desk.source.contracts()
    desk.fake.faults.begin(Http.TOO_MANY, retry_after=7)
    with pytest.raises(VenueBusy) as error:
        await desk.source.candles(desk.symbol, M1, desk.now - timedelta(minutes=5), 10)
    assert error.value.retry_after in {7.0, None}
    if desk.venue.name == "binance":
        assert error.value.retry_after == 7.0


@only(*SWAPS)
async def test_an_empty_answer_excuses_nothing(desk):
    feed = desk.feed()
    await feed.catch_up(desk.symbol, M1)
    await desk.venues.advance(minutes=3)
    desk.fake.faults.begin(Http.EMPTY)
    with pytest.raises(VenueUnavailable):
        await feed.catch_up(desk.symbol, M1)
    assert feed.book(desk.symbol, M1).suspects(to_millis(desk.now)) == 3
    desk.fake.faults.clear()
    await feed.catch_up(desk.symbol, M1)
    assert feed.book(desk.symbol, M1).suspects(to_millis(desk.now)) == 0


@only("binance")
async def test_who_gives_up_waiting_takes_nobody_along(desk):
    desk.fake.faults.begin(Http.STALL)
    patient = asyncio.ensure_future(desk.source.contracts())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await desk.source.contracts()
    with pytest.raises(VenueUnavailable, match="broken off"):
        await patient


@only("binance")
async def test_clocks_are_compared(desk):
    desk.fake.faults.skew = 4_000
    assert await desk.prices.skew() == timedelta(seconds=4)


@only(*FINAL)
async def test_a_streamed_candle_that_the_venue_calls_closed_is_sealed(desk):
    feed, closed = desk.feed(), asyncio.Event()
    await feed.catch_up(desk.symbol, M1)
    feed.on_close.append(lambda *_: closed.set())
    streams = CcxtStreams(desk.ask, feed)

    async def again():
        pass

    life = asyncio.ensure_future(
        Listener(streams.lines([desk.symbol], [M1]), streams.drop, again).run()
    )
    async with asyncio.timeout(10):
        while not closed.is_set():
            await asyncio.sleep(0.1)
            await desk.venues.advance(seconds=20)
    asked = len(desk.fake.journal.asked())
    sealed = feed.book(desk.symbol, M1)
    assert sealed.last_price() == pytest.approx(
        desk.venues.world["BTC"].price(desk.venues.world.now)
    )
    assert float(feed.seen(desk.symbol).last) > 0
    life.cancel()
    await asyncio.wait([life])
    await streams.drop()
    assert asked


@only("binance", "bybit")
async def test_another_lines_end_is_the_candles_end_only_where_they_share_a_connection(desk):
    streams = CcxtStreams(desk.ask, desk.feed())
    candles, prices, *_ = streams.lines([desk.symbol], [M1])
    lives = [asyncio.ensure_future(line.listen(line)) for line in (candles, prices)]
    async with asyncio.timeout(10):
        while not (candles.heard_at and prices.heard_at):
            await asyncio.sleep(0.05)
            await desk.venues.advance(seconds=5)
    await streams.drop(prices)
    await asyncio.wait(lives, timeout=0.2)
    shared = desk.venue.name == "bybit"
    assert (candles.is_struck, lives[0].done()) == (shared, shared)
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
    await streams.drop()


@only("binance")
async def test_the_stream_of_all_marks_is_heard_for_those_that_are_followed(desk):
    feed = desk.feed()
    streams = CcxtStreams(desk.ask, feed)
    streams.lines([desk.symbol], [M1])
    told = {symbol: {"markPrice": 90.5} for symbol in (desk.symbol, "ETH/USDT:USDT")}
    streams._marks(told)
    assert list(feed.prices) == [desk.symbol]
    assert feed.seen(desk.symbol).mark == Decimal("90.5")


@only("binance")
async def test_the_stream_of_all_liquidations_is_kept_for_those_that_are_followed(desk):
    feed = desk.feed()
    streams = CcxtStreams(desk.ask, feed)
    streams.lines([desk.symbol], [M1])
    forced = {"timestamp": to_millis(desk.now), "side": "sell", "contracts": 2.0, "price": 3.0}
    streams._forced([{**forced, "symbol": s} for s in (desk.symbol, "ETH/USDT:USDT")])
    assert list(feed.liquidations.heard) == [desk.symbol]


@only(*FINAL)
async def test_prices_of_many_symbols_are_streamed_only_where_all_can_be_had_at_once(desk):
    streams = CcxtStreams(desk.ask, desk.feed())
    price_lines = {f"{desk.venue.title}: {name}" for name in ("prices", "mark prices")}

    def streamed(count):
        names = {line.name for line in streams.lines([desk.symbol] * count, [M1])}
        return bool(names & price_lines)

    assert streamed(20)
    assert streamed(21) is desk.venue.streams_all


def test_a_venue_is_found_by_its_name_and_an_unknown_one_is_said_with_the_known():
    assert venue_named(" Binance ").ccxt == "binanceusdm"
    with pytest.raises(
        WrongSetting, match="VENUE: nyse is not known here; there is binance, bybit"
    ):
        venue_named("nyse")
