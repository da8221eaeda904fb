"""One process of the desk in the grid: the real use cases, a real client, a real database file.

It can be killed: from then on nothing that it does has an effect. What it does by itself, round
after round, is the same loop that `bot.accounts.post` runs.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from bot.engine import Engine, build_engine, form_decisions
from bot.guarding import Safety
from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.stores import Stores
from bot.venue import Venue, open_venue
from bot.world import World
from core.domain.account import DeskAccount
from core.domain.intent import Intent, IntentStatus, Role
from core.domain.ledger import Change
from core.domain.trading import Order, Outcome
from core.errors import BrokerUnavailable
from tests.builders import ACCOUNT
from tests.core.desk import Seen
from tests.fakes import FakeWon
from tests.simulation.orders.grid.cells import Operation, Phase

JUDGED = frozenset({IntentStatus.ACCEPTED, IntentStatus.REFUSED})
Point = Callable[[Operation, Phase], None]
OF_ROLE = {
    Role.ENTRY: Operation.ENTRY,
    Role.STOP: Operation.STOP,
    Role.TARGET: Operation.TARGET,
    Role.CLOSE: Operation.CLOSE,
}


@dataclass(eq=False)
class Mortal:
    """Whoever calls on behalf of a dead process is cut off."""

    dead: bool = False
    tasks: set[asyncio.Task] = field(default_factory=set)

    def breathe(self) -> None:
        if self.dead:
            raise asyncio.CancelledError

    def die(self) -> None:
        self.dead = True
        self.interrupt()

    def interrupt(self) -> None:
        """As a SIGTERM does: what runs is cancelled, and may finish what it must."""
        for task in self.tasks:
            task.cancel()

    def spawn(self, work: Any) -> asyncio.Task:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


@dataclass(frozen=True, slots=True)
class WatchedLedger(SqlLedger):
    """Says when an intent is about to be written, and when what became of it was."""

    mortal: Mortal
    point: Point

    async def commit(self, *changes: Change) -> None:
        self.mortal.breathe()
        new, judged = _written(changes)
        for operation in new:
            self.point(operation, Phase.P0)
        await SqlLedger.commit(self, *changes)
        for operation in judged:
            self.point(operation, Phase.P5)
        self.mortal.breathe()


def _written(changes: tuple[Change, ...]) -> tuple[list[Operation], list[Operation]]:
    intents = [change for change in changes if isinstance(change, Intent)]
    new = [OF_ROLE[i.role] for i in intents if i.status is IntentStatus.NEW]
    return new, [OF_ROLE[i.role] for i in intents if i.status in JUDGED]


class Wounded:
    """A way into the database on which the driver fails as long as it is told to."""

    def __init__(self, inner: Any, mortal: Mortal, wound: Callable[[], str], *, keeps: bool):
        self.inner, self.mortal, self.wound, self.keeps = inner, mortal, wound, keeps

    async def run(self, work: Any) -> Any:
        self.mortal.breathe()
        words = self.wound()
        if words and (self.keeps or "malformed" in words):
            work = _failing(words)
        return await self.inner.run(work)


def _failing(words: str) -> Callable[[Any], None]:
    def fails(_connection: Any) -> None:
        raise sqlite3.OperationalError(words)

    return fails


@dataclass(frozen=True, slots=True)
class WatchedBroker:
    """Keeps what the desk wanted to send."""

    inner: Any
    mortal: Mortal
    wanted: dict[str, Order]

    def __getattr__(self, name: str) -> Any:
        self.mortal.breathe()
        return getattr(self.inner, name)

    @property
    def arrival(self) -> Any:
        return self.inner.arrival

    async def place(self, order: Order) -> Outcome:
        self.mortal.breathe()
        self.wanted[order.client_order_id] = order
        outcome = await self.inner.place(order)
        self.mortal.breathe()
        return outcome


@dataclass(eq=False)
class Life:
    database: Database
    inner: Any
    venue: Venue
    engine: Engine
    mortal: Mortal
    failed: Callable[[str, Exception], None]
    clients: list[Any] = field(default_factory=list)

    async def round(self) -> None:
        """Settle, protect, compare: what the loop of an account does every two seconds."""
        await self._try("settle", self.venue.settle)
        await self._try("protect", self.venue.protect)
        await self._try("reconcile", self.venue.reconcile)

    async def _try(self, name: str, act: Callable[[], Awaitable[object]]) -> None:
        try:
            await act()
        except BrokerUnavailable:
            return
        except Exception as error:  # noqa: BLE001 - the edge of this process
            self.failed(name, error)

    async def ends(self) -> None:
        """Nothing of it is left."""
        self.mortal.interrupt()
        if self.mortal.dead:
            await self._hang_up()
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await asyncio.gather(*self.mortal.tasks, return_exceptions=True)
        await self._hang_up()
        self.mortal.dead = True
        await self.database.close()

    async def _hang_up(self) -> None:
        for client in self.clients:
            await client.close()


async def born(
    url: str,
    opens: Callable[[Database, Mortal], Awaitable[Any]],
    outside: Any,
    failed: Callable[[str, Exception], None],
) -> Life:
    """`outside` is what lies beyond a process: clock, market, fence, wounds, who hears of steps."""
    mortal, database = Mortal(), await Database.open(url)
    database._writer = Wounded(database._writer, mortal, outside.wound, keeps=True)
    database._reader = Wounded(database._reader, mortal, outside.wound, keeps=False)
    inner = await opens(database, mortal)
    broker = WatchedBroker(inner, mortal, outside.wanted)
    stores = _stores(database, mortal, outside.point)
    account = DeskAccount(ACCOUNT, outside.profile.venue, outside.mode)
    fence = await outside.fenced(database)
    world = World(
        outside.clock,
        outside.market,
        stores,
        outside.opening,
        FakeWon(),
        None,
        account=account,
        safety=Safety(fences={ACCOUNT: fence}),
    )
    venue = open_venue(world, broker)
    engine = build_engine(world, venue, Seen(), form_decisions(world))
    return Life(database, inner, venue, engine, mortal, failed, [inner.wire.client])


def _stores(database: Database, mortal: Mortal, point: Point) -> Stores:
    return replace(Stores.over(database), ledger=WatchedLedger(database, mortal, point))
