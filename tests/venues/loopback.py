"""Fake venues under the real names, reachable from this process and nowhere else.

async with venues_on_loopback(world(("BTC", "ETH"))) as venues:
    client = venues.wire(ccxt.pro.binanceusdm())      # REST and streams, urls untouched
    await client.fetch_ohlcv("BTC/USDT:USDT")
    await venues.trade("BTC", 95_000.0, 0.5)          # every venue tells it
    await venues.advance(minutes=1)                   # every venue closes its candles
    with venues["binance"].faults.begin(Http.STALL, on="klines"): ...
    with venues["binance"].faults.begin(Stream.SILENT, on="btcusdt@kline"): ...
    venues["binance"].faults.gap("BTC", start, end)
    venues["binance"].journal.asked("klines")
    await client.close()
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.venues.binance.dialect import BINANCE
from tests.venues.bitget.dialect import BITGET
from tests.venues.bybit.dialect import BYBIT
from tests.venues.certificates import client_context, server_context, stranger
from tests.venues.faults import Reach
from tests.venues.gate.dialect import GATE
from tests.venues.hub import Feed
from tests.venues.hyperliquid.dialect import HYPERLIQUID
from tests.venues.korea.dialects import BITHUMB, UPBIT
from tests.venues.okx.dialect import OKX
from tests.venues.series import MINUTE
from tests.venues.server import application
from tests.venues.venue import Dialect, Venue
from tests.venues.world import Clock, Liquidation, World

DIALECTS: tuple[Dialect, ...] = (BINANCE, BYBIT, OKX, BITGET, GATE, HYPERLIQUID, UPBIT, BITHUMB)


NOWHERE, NOBODY = -1, 1  # no address at all; a port where nobody listens


async def reachable(host: str) -> int | None:
    """Nothing stands in the way."""
    return None


class Loopback(AbstractResolver):
    """Knows the fake venues' names; every other name does not exist."""

    def __init__(
        self, port: int, hosts: Sequence[str], reach: Callable[[str], Awaitable[int | None]]
    ) -> None:
        self.port, self.hosts, self.reach = port, frozenset(hosts), reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        elsewhere = await self.reach(host)
        if host not in self.hosts or elsewhere == NOWHERE:
            raise OSError(None, f"{host} is not on this loopback")
        answer = ResolveResult(
            hostname=host,
            host="127.0.0.1",
            port=elsewhere or self.port,
            family=socket.AF_INET,
            proto=0,
            flags=socket.AI_NUMERICHOST,
        )
        return [answer]

    async def close(self) -> None:
        return


def session_to(
    port: int,
    hosts: Sequence[str],
    trusting: ssl.SSLContext,
    reach: Callable[[str], Awaitable[int | None]] = reachable,
) -> aiohttp.ClientSession:
    """Reaches the fake venues by their real names, over TLS, and nothing else.

    For venues of another process (`python -m tests.venues serve`) the port, the hosts and the
    file to trust are what that process printed.
    """
    resolver = Loopback(port, hosts, reach)
    connector = aiohttp.TCPConnector(resolver=resolver, ssl=trusting, limit=0, use_dns_cache=False)
    return aiohttp.ClientSession(connector=connector)


class Venues:
    """All fake venues over one world; news and time come through here."""

    def __init__(self, world: World, dialects: Sequence[Dialect] = DIALECTS) -> None:
        self.world = world
        self.port = 0
        self.plain_ports: dict[str, int] = {}
        self._strange: list[web.AppRunner] = []
        self._venues = {dialect.name: Venue(dialect, world) for dialect in dialects}

    def __getitem__(self, name: str) -> Venue:
        return self._venues[name]

    def __iter__(self) -> Iterator[Venue]:
        return iter(self._venues.values())

    @property
    def hosts(self) -> dict[str, Venue]:
        return {host: venue for venue in self for host in venue.dialect.hosts}

    def session(self) -> aiohttp.ClientSession:
        return session_to(self.port, tuple(self.hosts), client_context(), self.reach)

    async def reach(self, host: str) -> int | None:
        """Where a fault leads a new connection, if one does."""
        venue = self.hosts.get(host)
        fault = venue.faults.reach(host) if venue else None
        match fault.kind if fault else None:
            case Reach.NAMELESS:
                return NOWHERE
            case Reach.REFUSED:
                return NOBODY
            case Reach.UNTRUSTED:
                return await self.strange_port()
        return None

    async def strange_port(self) -> int:
        """The same venues behind a certificate that nobody trusts, opened when first needed."""
        if not self._strange:
            context = server_context(tuple(self.hosts), stranger())
            self._strange.append(await start(application(self.hosts)))
            await listen(self._strange[0], ssl_context=context)
        return int(self._strange[0].addresses[-1][1])

    async def close(self) -> None:
        for runner in self._strange:
            await runner.cleanup()

    def wire(self, client: Any) -> Any:
        """Give a ccxt instance a session of its own; its `close` closes that too.

        The two other settings save time only: no real authorities are read, no close waits.
        """
        client.session = self.session()
        client.ssl_context = client_context()
        client.timeout_on_exit = 0
        return client

    async def trade(
        self, base: str, price: float, amount: float = 1.0, *, buyer_took: bool = True
    ) -> None:
        """Somebody trades: every venue tells it, and how things stand after it."""
        trade = self.world.trade(base, price, amount, buyer_took=buyer_took)
        for venue in self:
            await venue.tell(Feed("trade", base), trade)
            await venue.tell(Feed("trade", "*"), trade)
            await venue.pulse(base)

    async def liquidate(
        self, base: str, price: float, amount: float, *, sells: bool = True
    ) -> None:
        """A position is closed by force; `sells` when it was a long."""
        news = Liquidation(base, self.world.now, sells, price, amount)
        for venue in self:
            await venue.tell(Feed("liquidation", base), news)
            await venue.tell(Feed("liquidation", "*"), news)

    async def advance(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Move the world's clock, closing every candle on the way, then tell how things stand."""
        clock = self.world.clock
        assert isinstance(clock, Clock), "this world's clock moves by itself"
        end = clock.now + int(minutes * MINUTE + seconds * 1_000)
        while (turn := (clock.now // MINUTE + 1) * MINUTE) <= end:
            clock.now = turn
            await self.close_candles(turn)
        clock.now = end
        await self.pulse()

    async def close_candles(self, moment: int) -> None:
        """Tell every candle that ends at this moment as closed."""
        for venue in self:
            await venue.close_candles(moment)

    async def pulse(self) -> None:
        """Tell everybody who listens how things stand."""
        for venue in self:
            await venue.pulse()

    async def play(self, every: float = 0.25) -> None:
        """Follow a clock that moves by itself: pulse, and close candles as minutes end."""
        seen = self.world.now // MINUTE
        while True:
            await asyncio.sleep(every)
            while seen < self.world.now // MINUTE:
                seen += 1
                await self.close_candles(seen * MINUTE)
            await self.pulse()


@asynccontextmanager
async def venues_on_loopback(
    world: World, dialects: Sequence[Dialect] = DIALECTS, *, plain: bool = False
) -> AsyncIterator[Venues]:
    """Serve the venues over TLS (`plain` adds an HTTP port a venue) until the block ends."""
    venues = Venues(world, dialects)
    runners = [await start(application(venues.hosts))]
    try:
        context = server_context(tuple(venues.hosts))
        venues.port = await listen(runners[0], ssl_context=context)
        for venue in venues if plain else ():
            runners.append(await start(application({"": venue})))
            venues.plain_ports[venue.dialect.name] = await listen(runners[-1])
        yield venues
    finally:
        for venue in venues:
            venue.faults.clear()
            await venue.disconnect(1001)
        await venues.close()
        for runner in runners:
            await runner.cleanup()


async def start(app: web.Application) -> web.AppRunner:
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    return runner


async def listen(runner: web.AppRunner, **options: Any) -> int:
    site = web.TCPSite(runner, "127.0.0.1", 0, **options)
    await site.start()
    return int(runner.addresses[-1][1])
