"""The desk's real tables and real SQL on SQLite in memory, called without a thread: time stays true."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from random import Random
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, StaticPool, create_engine

from bot.storage import history
from bot.storage.changes import write
from bot.storage.engines import BEGIN
from bot.storage.migrations import bring_up
from core.domain.intent import Intent
from core.domain.ledger import Booked, Change, EquityMark
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal
from core.domain.trade import Trade

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[[Connection], T]

YIELDS = 0.2
ABOUT: dict[object, type] = {
    history.read_decision: Decision,
    history.read_proposal: Proposal,
    history.read_proposals: Proposal,
    history.read_trade: Trade,
    history.read_live_trades: Trade,
    history.read_closed_trades: Trade,
    history.read_intents: Intent,
    history.read_trade_intents: Intent,
    history.read_cursor: Booked,
    history.read_booked: Booked,
    history.read_equity_before: EquityMark,
    history.read_settings: AccountSettings,
    history.read_people: Person,
}


@contextmanager
def remembering() -> Iterator[None]:
    """A row that reads as before is the value that it was before: values never change."""
    reads = history.decode
    history.decode = lru_cache(maxsize=10_000)(reads)
    try:
        yield
    finally:
        history.decode = reads


@cache
def blank(changes: tuple[Change, ...]) -> bytes:
    """A database as a first start leaves it."""
    disk = Disk()
    disk.transact(bring_up, keeps=True)
    disk.transact(lambda connection: write(connection, changes), keeps=True)
    return disk.raw.serialize()


class Disk:
    """What outlives a process."""

    def __init__(self, image: bytes | None = None) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        if image is not None:
            self.raw.deserialize(image)
        self.connection = create_engine(
            "sqlite://", creator=lambda: self.raw, poolclass=StaticPool
        ).connect()
        self.read_before: dict[object, object] = {}
        self.written: Counter[type] = Counter()  # how often something of a kind was

    def transact(self, work: Work[T], *, keeps: bool) -> T:
        with self.connection.begin() as transaction:
            self.raw.execute(BEGIN[keeps])
            result = work(self.connection)
            if not keeps:
                transaction.rollback()
        return result

    def run(self, work: Work[T], kinds: set[type]) -> T:
        self.written.update(kinds)
        return self.transact(work, keeps=True)

    def read(self, work: Callable[Concatenate[Connection, P], T], *args: P.args) -> T:
        """The same question, while nothing of its kind has been written, has the same answer."""
        written = self.written[ABOUT[work]] if work in ABOUT else self.written.total()
        asked = (work, written, *map(_hashable, args))
        if asked not in self.read_before:
            found = self.transact(lambda connection: work(connection, *args), keeps=False)
            self.read_before[asked] = found
        return self.read_before[asked]

    def close(self) -> None:
        self.connection.close()
        self.raw.close()


def _hashable(arg: object) -> object:
    return tuple(arg) if isinstance(arg, (list, set, frozenset)) else arg


class Till:
    """One process's way to the disk; in the shape of `bot.storage.database.Database`.

    `step` is where the process may die: before and after each commit. Now and then somebody else
    has a turn in between, as with a real one.
    """

    def __init__(self, disk: Disk, step: Callable[[str], None], dice: Random) -> None:
        self.disk, self.step, self.dice = disk, step, dice

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        await self._turn()
        self.step("commit")
        kinds = set(map(type, args[0])) if work is write else set(ABOUT.values())
        result = self.disk.run(lambda c: work(c, *args, **kwargs), kinds)
        self.step("committed")
        await self._turn()
        return result

    async def read(self, work: Callable[Concatenate[Connection, P], T], *args: P.args) -> T:
        self.step("read")
        await self._turn()
        return self.disk.read(work, *args)

    study = read

    async def _turn(self) -> None:
        if self.dice.random() < YIELDS:
            await asyncio.sleep(self.dice.random() / 50)
