"""A desk's ear on a venue of another process, over TLS: ccxt as it is, our streams, a feed."""

import asyncio
import json
import os
import ssl
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from bot.exchanges.asking import Asker, asker
from bot.exchanges.opening import open_client
from bot.exchanges.prices import CcxtPrices
from bot.exchanges.source import CcxtSource
from bot.exchanges.streams import CcxtStreams
from bot.exchanges.venues import venue_named
from bot.live.feed import Feed
from bot.live.listening import Listener
from core.domain.market import Timeframe
from core.ports import Clock
from tests.benchmarks.bots import ROOT
from tests.venues.loopback import session_to

VENUE = "binance"
WINDOW = 3_000
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


def coins(count: int) -> list[str]:
    """AAA, AAB …"""
    letters = [chr(65 + number) for number in range(26)]
    return [f"A{letters[number // 26]}{letters[number % 26]}" for number in range(count)]


def symbols(count: int) -> list[str]:
    return [f"{coin}/USDT:USDT" for coin in coins(count)]


def pin(core: int, process: int = 0) -> None:
    """Where the machine lets us, and has more than one."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {CORES[core % len(CORES)]})


def unpin() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(CORES))


def core_waits() -> float:
    """Seconds in which we were ready and somebody else had our core; 0 where that is not told."""
    told = Path("/proc/self/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


@dataclass(frozen=True, slots=True)
class Crier:
    """The other process. Where it listens is in `told`."""

    process: Process
    told: dict[str, Any]

    async def order(self, word: str, *numbers: float) -> int:
        """Answers when it was done, by how many candles had been called by then."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write((" ".join([word, *map(str, numbers)]) + "\n").encode())
        return int(await self.process.stdout.readline())

    def wire(self, client: Any) -> None:
        trusting = ssl.create_default_context(cafile=self.told["authority"])
        client.session = session_to(self.told["port"], tuple(self.told["hosts"]), trusting)
        client.ssl_context, client.timeout_on_exit = trusting, 0


@asynccontextmanager
async def crier(listed: Sequence[str]) -> AsyncIterator[Crier]:
    """On the last core, if there are several; it ends with us."""
    command = [sys.executable, "-m", "tests.benchmarks.venue_apart", *listed]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    pin(-1, process.pid)
    try:
        assert process.stdout
        yield Crier(process, json.loads(await process.stdout.readline()))
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@dataclass(slots=True)
class Watch:
    """How long one of ccxt's functions has worked so far, and since when it is at work now."""

    spent: float = 0.0
    began: float = 0.0

    def around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            self.began = monotonic()
            try:
                return work(*arguments)
            finally:
                self.spent += monotonic() - self.began

        return timed


@dataclass(frozen=True, slots=True)
class Ear:
    """What a live desk hears with. `message` is a raw message from ccxt's first look at it to the
    end, `handler` what follows a candle's parsing from JSON, `theirs` ccxt's own part of that.
    """

    ask: Asker
    feed: Feed
    message: Watch = field(default_factory=Watch)
    handler: Watch = field(default_factory=Watch)
    theirs: Watch = field(default_factory=Watch)

    def streams(self) -> CcxtStreams:
        client = self.ask.client
        client.handle_ohlcv = self.theirs.around(client.handle_ohlcv)
        streams = CcxtStreams(self.ask, self.feed)
        client.handle_ohlcv = self.handler.around(client.handle_ohlcv)
        return streams

    def connected(self) -> None:
        for connection in self.ask.client.clients.values():
            connection.handle_message = self.message.around(connection.handle_message)


@asynccontextmanager
async def ear(
    crier: Crier, clock: Clock, listened: Sequence[str], frames: Sequence[Timeframe]
) -> AsyncIterator[Ear]:
    """Subscribed to everything once it is there."""
    venue = venue_named(VENUE)
    ask = asker(venue, await open_client(venue, crier.wire))
    source, prices = CcxtSource(ask, clock), CcxtPrices(ask, clock)
    await source.contracts()
    feed = Feed(venue.title, source, prices, clock, dict.fromkeys(Timeframe, WINDOW))
    hears = Ear(ask, feed)
    listening = asyncio.ensure_future(_listen(hears.streams(), listened, frames))
    try:
        await _subscribed(crier, feed, len(listened) * len(frames))
        hears.connected()
        yield hears
    finally:
        listening.cancel()
        await asyncio.wait({listening})
        await ask.close()


async def _listen(
    streams: CcxtStreams, listened: Sequence[str], frames: Sequence[Timeframe]
) -> None:
    async def again() -> None:
        """Nothing is read again here."""

    await Listener(streams.lines(listened, frames), streams.drop, again).run()


async def _subscribed(crier: Crier, feed: Feed, books: int) -> None:
    """Until every book has heard its candle."""
    async with asyncio.timeout(60):
        while len(feed.books) < books:
            await crier.order("pace", 2_000)
            await asyncio.sleep(0.5)
        await crier.order("pace", 0)
