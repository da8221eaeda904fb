"""Keeps the leases of this process's accounts, and tells people when one is lost."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot.edge import survives
from bot.storage.database import Database
from bot.storage.lease import Lease, LeaseHeld
from core.domain.notice import Notice, NoticeKind
from core.ports import Clock, Ledger


@asynccontextmanager
async def leased(
    database: Database, accounts: Sequence[str], place: str
) -> AsyncIterator[tuple[Lease, ...]]:
    """One lease for each account, let go at a clean end. Raises LeaseHeld.

    While one was waited for, the others have aged: all of them begin with a beat.
    """
    holder = f"{place}:{secrets.token_hex(8)}"
    leases = tuple(Lease(database, account, holder) for account in accounts)
    try:
        await _acquire(leases)
        for lease in leases:
            await lease.beat()
        yield leases
    finally:
        for lease in leases:
            await survives(f"letting go of {lease.account}", lease.release)


async def _acquire(leases: Sequence[Lease]) -> None:
    """All at once: what one of them waits for is waited for by the others too."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for lease in leases:
                tasks.create_task(lease.acquire())
    except BaseExceptionGroup as ended:
        held = ended.subgroup(LeaseHeld)
        raise (held or ended).exceptions[0] from None


@dataclass(frozen=True, slots=True)
class KeepLeases:
    """Runs beside everything else, from the moment the leases are taken to the end."""

    leases: Sequence[Lease]
    ledger: Ledger
    wall: Clock

    async def __call__(self) -> None:
        await asyncio.gather(*(self._keep(lease) for lease in self.leases))

    async def _keep(self, lease: Lease) -> None:
        await lease.keep()
        await survives("telling of a lost lease", partial(self._tell, lease.account))

    async def _tell(self, account: str) -> None:
        """In the outbox of both: whoever comes to it first says it."""
        now, named = self.wall.now(), {"account": account}
        await self.ledger.commit(Notice(account, NoticeKind.LEASE_LOST, now, numbers=named))
