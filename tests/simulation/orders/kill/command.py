"""`orders --kill N`: SIGKILL at a random moment, again and again; 1 when a law was broken,
or when nothing was traded.

An observer looks at the venue's ledger all the time, and at the database at the end.
"""

import argparse
import asyncio
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bot.settings import DATABASE_FILE
from bot.storage.history import read_intents, read_live_trades
from core.domain.intent import IntentStatus, Role
from core.domain.trade import Kind
from core.execution.names import is_ours, role_of
from tests.simulation.orders import laws
from tests.simulation.orders.grid.outside import Reader
from tests.simulation.orders.grid.seen import Fair, Looked, Perpetual, Unheard
from tests.simulation.orders.kill.chat import Trader
from tests.simulation.orders.kill.child import ACCOUNT
from tests.simulation.orders.kill.place import Killed, telegram, venue
from tests.simulation.orders.observer import Watch
from tests.simulation.orders.world import Verdict
from tests.venues.__main__ import trade
from tests.venues.venue import Venue

EVERY, LOOKS, QUIET = 0.2, 0.25, 40
LIVES, SOON, LONGEST, AFTER_A_YES = (0.05, 6.0), (0.0, 1.5), 30.0, 0.7
UNDER_WAY = [IntentStatus.NEW, IntentStatus.SENDING]
PROMISED = 5.0


@dataclass(eq=False)
class Kills:
    """Also what the laws call a world."""

    floor_of: Any
    venue: Venue
    file: Path
    account: str = ACCOUNT
    sent: list[tuple[float, Any]] = field(default_factory=list)
    doubled: set[str] = field(default_factory=set)
    took: list[float] = field(default_factory=list)
    panic_since: None = None

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        self.verdict, self.weather, self.fair = Verdict(0), Unheard(), Fair(self.now)
        self.floor = Looked(Perpetual(self.floor_of.ledger, "BTCUSDT"))
        self.line = self
        self.disk: Reader | None = None
        self.watch = Watch(self)

    def now(self) -> float:
        return time.monotonic() - self.began

    def say(self, _words: str) -> None:
        return

    def breaks(self, law: str, how: str) -> None:
        self.verdict.broken.append(f"{law} at {self.now():.1f} s: {how}")

    def live_trades(self) -> Any:
        return self.disk.read(read_live_trades, ACCOUNT, Kind.REAL) if self.disk else ()

    def is_settled(self) -> bool:
        return not self.disk.read(read_intents, ACCOUNT, UNDER_WAY)

    async def looks(self) -> None:
        while True:
            await asyncio.sleep(LOOKS)
            for watcher in self.floor.watchers:
                watcher()

    def judge(self) -> None:
        books = laws.Books(self)
        self.verdict.trades = sum(trade.amount > 0 for trade in books.trades)
        found = (
            ("I1", self._once(books)),
            ("I4", laws.agree(self, self.watch, books)),
            ("I6", laws.told(books)),
        )
        for law, broken in found:
            for how in broken:
                self.breaks(law, how)

    def _once(self, books: laws.Books) -> Iterator[str]:
        """However often it was killed: one order a name at the venue, and never more than planned."""
        names = [order.client_id for order in self.floor_of.ledger.state.orders.values()]
        for intent in books.intents:
            if intent.role is Role.ENTRY and names.count(intent.id) > 1:
                yield f"{intent.id} was executed {names.count(intent.id)} times"
            if self.floor.executed(intent.id) > intent.order.amount:
                yield f"{intent.id} was filled with more than it was for"
        known = {intent.id for intent in books.intents}
        for name in filter(is_ours, names):
            if role_of(name) is Role.ENTRY and name not in known:
                yield f"{name} was executed, and nobody has written it down"


def main(asked: argparse.Namespace) -> int:
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        kills, trader = asyncio.run(run(Path(folder), asked.kill, asked.first))
        if kills.verdict.broken:
            print((Path(folder) / "desk.log").read_text()[-3_000:])
    print("\n".join(report(kills, trader, asked.kill)))
    return int(bool(kills.verdict.broken) or not kills.verdict.trades)


async def run(folder: Path, times: int, seed: int) -> tuple[Kills, Trader]:
    dice = Random(f"{seed}|kills")
    async with venue(folder) as (venues, floor, told), telegram() as (url, http):
        kills = Kills(floor, venues["binance"], folder / DATABASE_FILE)
        trader, process = Trader(http, seed), Killed(folder, told, url)
        beside = [
            asyncio.create_task(trade(venues, EVERY, seed)),
            asyncio.create_task(venues.play()),
        ]
        person = asyncio.create_task(trader.lives())
        try:
            await process.starts()
            trader.up.set()
            kills.disk = Reader(kills.file)
            beside.append(asyncio.create_task(kills.looks()))
            for _ in range(times):
                await _lives(trader, dice)
                await _again(process, kills, trader)
            person.cancel()
            await _calms(kills)
            kills.judge()
        finally:
            await process.is_killed()
            for task in (*beside, person):
                task.cancel()
            await asyncio.gather(*beside, person, return_exceptions=True)
    return kills, trader


async def _lives(trader: Trader, dice: Random) -> None:
    """Most die soon after a yes, when orders are on their way; some at any time."""
    if dice.random() < AFTER_A_YES:
        trader.said_yes.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await trader.said_yes.wait()
        await asyncio.sleep(dice.uniform(*SOON))
    else:
        await asyncio.sleep(dice.uniform(*LIVES))


async def _again(process: Killed, kills: Kills, trader: Trader) -> None:
    kills.fair.stops()
    await process.is_killed()
    trader.up.clear()
    kills.took.append(await process.starts())
    trader.up.set()
    kills.fair.goes_on()


async def _calms(kills: Kills) -> None:
    """Nobody asks for anything any more."""
    for _ in range(QUIET):
        await asyncio.sleep(1)
        if kills.is_settled() and _ >= QUIET // 2:
            return


def report(kills: Kills, trader: Trader, times: int) -> Iterator[str]:
    ledger = kills.floor_of.ledger.state
    yield f"{times} kills, {trader.typed} words, {trader.tapped} taps"
    yield f"{kills.verdict.trades} trades, {len(ledger.orders)} orders, {len(ledger.fills)} fills"
    took = sorted(kills.took)
    if took:
        middle, late = (took[int(len(took) * share)] for share in (0.5, 0.95))
        yield f"from start to reconciled: p50 {middle:.1f} s, p95 {late:.1f} s, max {took[-1]:.1f} s"
        if late > PROMISED:
            yield f"SLOWER than the {PROMISED:.0f} s that are promised (on a machine with nothing else to do)"
    yield f"violations: {len(kills.verdict.broken)}"
    yield from kills.verdict.broken[:25]
