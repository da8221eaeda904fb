"""From a closed candle to an entry on the wire: 50 symbols, the autopilot, a venue over TLS.

A real account with everything that deals for it (committee of rules, proposals, risk, ledger on a
file, gate, ccxt) trades at Binance's fake, which runs in a process and on a core of its own; its
protection loop turns beside it every two seconds. Where a model would speak, somebody is certain of
eight symbols at once. `entry` is from the last candle that the close waits for to the first entry in
the venue's hands, `cpu` what that took of our core. Of its parts `watching` (books, orders and
account held against the venue) goes on beside `forming`; `approving` is from the autopilot's yes to
the gate, `placing` from the gate to the venue. The second row leaves out the closes at which somebody
else had our core for more than two milliseconds.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bot.edge import survives
from bot.storage.database import Database
from bot.storage.migrations import migrate
from core.domain.market import Timeframe, to_millis
from tests.benchmarks.bots import ROOT
from tests.benchmarks.market_apart import Crier, coins, core_waits, pin, symbols, unpin
from tests.benchmarks.orders_desk import AT_ONCE, Trading, open_desk

SYMBOLS = 50
CLOSES = 200
WARM = 5
CALM = 0.002
PATIENCE = 10
PROTECT = 2.0
PARTS = ("forming", "watching", "proposing", "gate")


@dataclass(frozen=True, slots=True)
class Entry:
    """Seconds, in all and by part; `disturbed` is how long somebody else had our core."""

    took: float
    cpu: float
    parts: dict[str, float]
    disturbed: float


async def run() -> list[dict[str, Any]]:
    pin(0)
    try:
        return await measured(SYMBOLS, CLOSES)
    finally:
        unpin()


async def measured(count: int, closes: int, warm: int = WARM) -> list[dict[str, Any]]:
    async with AsyncExitStack() as opened:
        folder = opened.enter_context(TemporaryDirectory())
        database = await Database.open(f"sqlite:///{Path(folder) / 'desk.sqlite3'}")
        opened.push_async_callback(database.close)
        await migrate(database)
        venue = await opened.enter_async_context(floor_apart(coins(count)))
        desk = await open_desk(venue, database, count, warm + closes, opened)
        loops = [asyncio.ensure_future(work) for work in (desk.closing.run(), protects(desk))]
        await desk.closing.tick()
        found = [await one(desk, venue, number, count) for number in range(warm + closes)]
        for loop in loops:
            loop.cancel()
        await asyncio.wait(loops)
    entries = [entry for entry in found[warm:] if entry]
    calm = [entry for entry in entries if entry.disturbed < CALM]
    return [row(f"{count} symbols", entries), row(f"{count} symbols, undisturbed", calm)]


@asynccontextmanager
async def floor_apart(listed: Sequence[str]) -> AsyncIterator[Crier]:
    command = [sys.executable, "-m", "tests.benchmarks.orders_apart", *listed]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    pin(-1, process.pid)
    try:
        assert process.stdout
        yield Crier(process, json.loads(await process.stdout.readline()))
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def protects(desk: Trading) -> None:
    while True:
        await survives("protection", desk.post.watch)
        await asyncio.sleep(PROTECT)


async def one(desk: Trading, venue: Crier, number: int, count: int) -> Entry | None:
    """The next hour closes. Where the rules contradict the sure one, nothing is entered."""
    listed = symbols(count)
    chosen = [listed[(number * AT_ONCE + n) % count] for n in range(AT_ONCE)]
    desk.clock.advance_to(Timeframe.H1.floor(desk.clock.now()) + timedelta(hours=1))
    desk.voice.chosen = frozenset(chosen)
    prices = (f"{symbol.partition('/')[0]} {desk.street.price(symbol)}" for symbol in listed)
    await venue.order("at", to_millis(desk.clock.now()), *" ".join(prices).split())
    await venue.order("sent")
    entry = await entered(desk, venue, listed)
    await desk.flatten()
    return entry


async def entered(desk: Trading, venue: Crier, listed: Sequence[str]) -> Entry | None:
    watch, waited = desk.watch, core_waits()
    watch.start()
    for symbol in listed:
        desk.closing.sealed(symbol, Timeframe.H1, desk.clock.now())
    async with asyncio.timeout(PATIENCE):
        await watch.heard.wait()
        await desk.closing.resting.wait()
    came = await venue.order("sent") / 1e6
    if not came:
        return None
    cpu = watch.cpu["placing"] - watch.cpu["close"]
    began, waited = watch.began, core_waits() - waited
    parts = {part: watch.took(part) for part in PARTS}
    parts |= {"approving": began["gate"] - began["approving"], "placing": came - began["placing"]}
    return Entry(came - began["close"], cpu, parts, waited)


def row(case: str, entries: Sequence[Entry]) -> dict[str, Any]:
    told: dict[str, Any] = {"benchmark": "orders", "case": case, "closes": len(entries)}
    if len(entries) < 2:
        return told
    told |= spread("entry", [entry.took for entry in entries])
    told |= spread("cpu", [entry.cpu for entry in entries])
    for part in entries[0].parts:
        told |= spread(part, [entry.parts[part] for entry in entries])
    return told


def spread(name: str, seconds: Sequence[float]) -> dict[str, float]:
    cuts = [1000 * cut for cut in quantiles(seconds, n=100, method="inclusive")]
    return {f"{name}_p50_ms": cuts[49], f"{name}_p99_ms": cuts[98]}
