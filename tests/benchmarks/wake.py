"""From a closed candle to a desk that decides: 50 symbols, woken by the venue's stream.

A whole desk on a SQLite ledger follows Binance's fake, which runs in a process and on a core of its
own and calls every running candle four times a second, every mark price once, and at each close
all of them at once. `received` counts from the moment the last symbol's closed candle reaches ccxt,
not yet parsed, `sent` from when the venue sent it, both to the first line of FormDecisions. Where the
machine is shared, the second row leaves out the closes at which somebody else had our core for more
than two milliseconds.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from bot.app import Desk, Wiring, assemble
from bot.attempts import Attempt
from bot.closing import Closing
from bot.live.market import LiveMarket
from bot.live.switching import Switch
from bot.market.clock import SteppedClock, SystemClock
from bot.storage.database import Database
from bot.storage.migrations import migrate
from bot.won import TypedWon
from core.domain.market import Timeframe, from_millis, to_millis
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.owner import ACCOUNT, opening_settings
from tests.benchmarks.bots import TOKEN
from tests.benchmarks.market_apart import (
    Crier,
    Ear,
    coins,
    core_waits,
    crier,
    ear,
    pin,
    symbols,
    unpin,
)
from tests.handlers.runner import FakeRunner

SYMBOLS = 50
CLOSES = 300
FRAMES = (Timeframe.M1, Timeframe.H1)
EACH = 4
PATIENCE = 5
CALM = 0.002


@dataclass
class Doorway(LiveMarket):
    """FormDecisions asks for snapshots first of all: that is when it has started."""

    started: asyncio.Queue[float] = field(default_factory=asyncio.Queue)

    async def snapshots(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        self.started.put_nowait(monotonic())
        return ()


@dataclass
class Received:
    """When the last closed candle of the account's timeframe came, and when it had been sent."""

    hears: Ear
    at: float = 0.0
    sent: float = 0.0

    def __call__(self, symbol: str, timeframe: Timeframe, close: datetime) -> None:
        if timeframe is Timeframe.H1:
            book = self.hears.feed.book(symbol, timeframe)
            self.at, self.sent = (
                self.hears.message.began,
                float(book.frame(to_millis(close), 1).volume[-1]),
            )


@dataclass(frozen=True, slots=True)
class Waking:
    """Seconds until FormDecisions started, and how many of them somebody else had our core."""

    received: float
    sent: float
    disturbed: float


async def run() -> list[dict[str, Any]]:
    pin(0)
    try:
        return await measured(SYMBOLS, CLOSES)
    finally:
        unpin()


async def measured(count: int, closes: int) -> list[dict[str, Any]]:
    async with crier(coins(count)) as venue:
        clock = SteppedClock(from_millis(int(venue.told["now"])))
        async with ear(venue, SystemClock(), symbols(count), FRAMES) as hears:
            wakings = await woken(venue, hears, clock, symbols(count), closes)
    alone = [waking for waking in wakings if waking.disturbed < CALM]
    return [row(f"{count} symbols", wakings), row(f"{count} symbols, undisturbed", alone)]


def row(case: str, wakings: Sequence[Waking]) -> dict[str, Any]:
    told = {"benchmark": "wake", "case": case, "closes": len(wakings)}
    if len(wakings) > 1:
        told |= spread("received", [waking.received for waking in wakings])
        told |= spread("sent", [waking.sent for waking in wakings])
    return told


def spread(name: str, seconds: Sequence[float]) -> dict[str, float]:
    cuts = [1000 * cut for cut in quantiles(seconds, n=100)]
    worst = 1000 * max(seconds)
    return {f"{name}_p50_ms": cuts[49], f"{name}_p99_ms": cuts[98], f"{name}_max_ms": worst}


async def woken(
    venue: Crier, hears: Ear, clock: SteppedClock, listened: list[str], closes: int
) -> list[Waking]:
    feed, received, dice = hears.feed, Received(hears), random.Random(1)
    market = Doorway(Switch(feed, None, clock, _nobody), clock, {})
    async with desk_on(market, clock, listened) as closing:
        feed.on_close += [received, closing.sealed]
        waking = asyncio.ensure_future(closing.run())
        await venue.order("pace", len(feed.books) * EACH)
        waits = []
        for _ in range(closes):
            await asyncio.sleep(dice.uniform(0.02, 0.06))
            waits.append(await one(venue, clock, market, received))
            await closing.tick()  # nothing to do, once the close's other jobs are done
        waking.cancel()
        await asyncio.wait({waking})
    return waits


async def one(venue: Crier, clock: SteppedClock, market: Doorway, received: Received) -> Waking:
    """The next hour closes. Raises TimeoutError if nobody wakes."""
    clock.advance_to(Timeframe.H1.floor(clock.now()) + timedelta(hours=1))
    waited = core_waits()
    await venue.order("close", to_millis(clock.now()))
    async with asyncio.timeout(PATIENCE):
        started = await market.started.get()
    waited = core_waits() - waited
    return Waking(started - received.at, started - received.sent, waited)


@asynccontextmanager
async def desk_on(
    market: Doorway, clock: SteppedClock, listened: list[str]
) -> AsyncIterator[Closing]:
    """What happens at its closes, after the first tick of its scheduler."""
    with TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{Path(folder) / 'desk.sqlite3'}")
        try:
            await migrate(database)
            desk = assemble(wiring(clock), market, clock, database)
            ledger = desk.stores.ledger
            await ledger.commit(opening_settings(tuple(listened), Timeframe.H1))
            closing = closing_of(desk)
            await closing.tick()
            yield closing
            await desk.bot.session.close()
        finally:
            await database.close()


def closing_of(desk: Desk) -> Closing:
    ledger = desk.stores.ledger
    attempt = Attempt(ACCOUNT, desk.clock, ledger)
    return Closing(desk.clock, desk.jobs, attempt, partial(ledger.settings, ACCOUNT))


def wiring(clock: SteppedClock) -> Wiring:
    return Wiring(
        token=TOKEN,
        api_url="http://127.0.0.1:1",
        language=Language.EN,
        equity=Decimal(10_000),
        won=TypedWon(clock, None),
        pairing_code="",
        paced=False,
        runner=FakeRunner(),
    )


async def _nobody(_before: object, _now: object) -> None:
    """No switch here."""
