"""Exactly one process looks after an account: a lease in the database, with a fencing number.

No two machines agree about the time, so nobody's time is written down. A holder beats; it believes
itself only for as long as it can be sure that nobody has missed a beat for longer. Whoever wants
the lease watches the row for even longer, on its own clock, and takes it only if nothing beat.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.errors import Stop
from bot.machine import Seconds, elapsed
from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.leasing import Row, let_go, look, renew, take_free, take_over
from core.errors import LeaseLost

logger = logging.getLogger(__name__)

BEATS_EVERY = 3.0
# A holder that cannot beat stops this long after its last beat began ...
HELD_FOR = 12.0
# ... and nobody else begins before this long without one: what was on its way out is out by then.
SILENT_FOR = 18.0
LOOKS_EVERY = 1.0
PATIENCE = 1.0

Sleep = Callable[[float], Awaitable[None]]


class LeaseHeld(Stop):
    """Somebody else is alive and looks after the account; the sentence says who."""


@dataclass(slots=True)
class Lease:
    """`core.ports.Fence` says what it promises. `holder` is the process's place and a name of its
    own, with a colon between: what was held at the same place is free, for whoever begins there
    has the folder's lock.
    """

    database: Database
    account: str
    holder: str
    seconds: Seconds = elapsed
    sleep: Sleep = asyncio.sleep
    fence: int = 0
    is_lost: bool = False
    _until: float = float("-inf")

    async def acquire(self) -> None:
        """Waits until an earlier holder's time is over for sure. Raises LeaseHeld for one that
        beats meanwhile.
        """
        seen, since = await self._taken_or_seen()
        while seen is not None:
            await self.sleep(LOOKS_EVERY)
            if self.seconds() - since >= SILENT_FOR and await self._take_over(seen):
                return
            now, _ = await self._taken_or_seen()
            if now is not None and now != seen:
                raise LeaseHeld(
                    f"account {self.account} is looked after by another desk "
                    f"({now.holder.partition(':')[0]}): stop that one first"
                )
            seen = now

    async def check(self) -> None:
        """An unreadable database changes nothing: nobody can have taken the lease before its time."""
        self._must_be_ours()
        try:
            async with asyncio.timeout(PATIENCE):
                row = await self.database.read(look, self.account)
        except (DeskStorageError, TimeoutError) as error:
            logger.warning("the lease of %s cannot be read: %s", self.account, error)
        else:
            self.is_lost |= row is None or (row.holder, row.fence) != (self.holder, self.fence)
        self._must_be_ours()

    async def beat(self) -> None:
        """Raises LeaseLost, and then always."""
        began = self.seconds()
        if self.is_lost or not await self.database.run(renew, self._row):
            self.is_lost = True
            raise LeaseLost(account=self.account)
        self._until = began + HELD_FOR

    async def keep(self) -> None:
        """Beat until the lease is lost to somebody else."""
        while not self.is_lost:
            await self.sleep(BEATS_EVERY)
            try:
                await self.beat()
            except DeskStorageError as error:
                logger.warning("the lease of %s cannot be renewed: %s", self.account, error)
            except LeaseLost:
                logger.critical("account %s belongs to another process now", self.account)

    async def release(self) -> None:
        """At a clean end: the next one need not wait."""
        self._until = float("-inf")
        await self.database.run(let_go, self._row)

    @property
    def _row(self) -> Row:
        return Row(self.account, self.holder, self.fence)

    def _must_be_ours(self) -> None:
        if self.is_lost or self.seconds() >= self._until:
            raise LeaseLost(account=self.account)

    async def _taken_or_seen(self) -> tuple[Row | None, float]:
        """None: it is ours. Else who has it, and a moment by which that was so."""
        began = self.seconds()
        row = await self.database.run(take_free, self.account, self.holder)
        if row.holder != self.holder:
            return row, self.seconds()
        self._begin(row.fence, began)
        return None, began

    async def _take_over(self, seen: Row) -> bool:
        began = self.seconds()
        taken = await self.database.run(take_over, seen, self.holder)
        if taken:
            self._begin(seen.fence + 1, began)
        return taken

    def _begin(self, fence: int, began: float) -> None:
        self.fence, self.is_lost, self._until = fence, False, began + HELD_FOR
