"""Who stops an account, and who may let it go again: the desk by itself, and only a person."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.ledger import Claim, claimed
from core.domain.notice import Notice, NoticeKind
from core.domain.people import AccountSettings, Person, Role
from core.domain.restraint import Cause
from core.errors import NotAllowed, NotReconciled
from core.guard.ports import AGREED, Reconciliation
from core.ports import Clock, Ledger


@dataclass(frozen=True, slots=True)
class RestrainTrading:
    """Write down why an account may not trade, and tell it once; forget what has passed by itself.

    `turn` is shared by everybody who changes this account's settings.
    """

    account: str
    clock: Clock
    ledger: Ledger
    turn: asyncio.Lock

    async def __call__(self, causes: Sequence[Cause] = ()) -> tuple[Cause, ...]:
        """Those that are new. A reason that stands already is not told again."""
        async with self.turn:
            settings = await self.ledger.settings(self.account)
            now = self.clock.now()
            kept = tuple(cause for cause in settings.causes if not cause.is_over(now))
            fresh = tuple(_fresh(kept, causes, now))
            if fresh or kept != settings.causes:
                changed = replace(settings, causes=(*kept, *fresh))
                await self.ledger.commit(changed, *(self._notice(cause) for cause in fresh))
            return fresh

    def _notice(self, cause: Cause) -> Notice:
        kind = NoticeKind.HALTED if cause.halts else NoticeKind.REDUCING
        numbers: dict[str, datetime | str] = {"detail": cause.detail}
        if cause.until:
            numbers["until"] = cause.until
        return Notice(self.account, kind, cause.at, cause.reason, numbers)


def _fresh(kept: Sequence[Cause], causes: Sequence[Cause], now: datetime) -> Iterator[Cause]:
    known = {cause.reason for cause in kept}
    for cause in causes:
        if cause.reason not in known and not cause.is_over(now):
            known.add(cause.reason)
            yield cause


@dataclass(frozen=True, slots=True)
class ResumeTrading:
    """A person lets an account go again, once the ledger agrees with the venue.

    Reasons that only reduce stay: they pass by themselves.
    """

    account: str
    clock: Clock
    ledger: Ledger
    turn: asyncio.Lock
    reconcile: Reconciliation = AGREED

    async def read(self) -> AccountSettings:
        return await self.ledger.settings(self.account)

    async def __call__(self, by: Person, seen: int, press: Claim | None = None) -> AccountSettings:
        """`seen` halts were shown to the person; with another one meanwhile nothing is lifted.

        Raises NotAllowed, NotReconciled, ButtonSpent.
        """
        if by.role is Role.VIEWER:
            raise NotAllowed
        await self.reconcile()
        if not self.reconcile.is_reconciled:
            raise NotReconciled
        async with self.turn:
            settings = await self.read()
            if len(settings.halts) != seen:
                return settings
            resumed = _resumed(settings, self.clock.now())
            await self.ledger.commit(*claimed(press), resumed)
            return resumed


def _resumed(settings: AccountSettings, now: datetime) -> AccountSettings:
    passing = tuple(cause for cause in settings.causes if not cause.halts)
    return replace(settings, causes=passing, released_at=now, paused=False, paused_at=None)
