"""Tells people through the outbox what becomes of their models' money, once a day and step."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.storage.notes import SqlNotes
from core.domain.model import Failure
from core.domain.notice import Notice, NoticeKind
from core.ports import Clock, Ledger
from core.spending.ladder import Budget, Stretch

TOLD = "models.told"


@dataclass(frozen=True, slots=True)
class ModelNotices:
    """`core.spending.ports.Tell`."""

    account: str
    ledger: Ledger
    notes: SqlNotes
    clock: Clock
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def off(self, provider: str, failure: Failure) -> None:
        numbers = {"provider": provider, "failure": failure.value}
        now = self.clock.now()
        await self.ledger.commit(Notice(self.account, NoticeKind.MODELS_OFF, now, numbers=numbers))

    async def bites(self, budget: Budget, at: datetime) -> None:
        """Several look at the budget at a close, and only the first of them tells."""
        async with self.turn:
            await self._tell(budget, at)

    async def _tell(self, budget: Budget, at: datetime) -> None:
        day, _, steps = (await self.notes.get(TOLD) or "").partition(" ")
        told = set(steps.split()) if day == at.date().isoformat() else set()
        step = str(budget.rung.value)
        if step in told:
            return
        await self.ledger.commit(_notice(self.account, budget, at))
        await self.notes.put(TOLD, " ".join((at.date().isoformat(), *sorted({*told, step}))))


def _notice(account: str, budget: Budget, at: datetime) -> Notice:
    stretch, caps, spent = budget.tightest, budget.caps, budget.spent
    daily = stretch is Stretch.DAY
    numbers = {
        "rung": budget.rung.name.lower(),
        "stretch": stretch.value,
        "spent": spent.day if daily else spent.month,
        "cap": caps.day if daily else caps.month,
        "by": caps.by.value,
    }
    return Notice(account, NoticeKind.MODELS_BUDGET, at, numbers=numbers, silent=True)
