"""Keeps what a model said when the decision had been made already: scored like any other opinion."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from core.domain.opinion import Decision, Opinion, Question, View
from core.ports import Ledger

LOOKED_THROUGH = 5


class Past(Protocol):
    """What was decided about a symbol lately?"""

    async def latest(self, symbol: str, count: int) -> tuple[Decision, ...]:
        """Newest first."""
        ...


@dataclass(frozen=True, slots=True)
class KeepLate:
    """Writes late opinions beside the decision that they were asked for. All voices share one, since
    two that are late together write beside the same decision.
    """

    ledger: Ledger
    past: Past
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, views: Sequence[View], questions: Sequence[Question]) -> None:
        for view, asked in zip(views, questions, strict=True):
            if isinstance(view, Opinion):
                async with self.turn:
                    await self._keep(view, asked.as_of)

    async def _keep(self, view: Opinion, as_of: datetime) -> None:
        for decision in await self.past.latest(view.symbol, LOOKED_THROUGH):
            if decision.as_of == as_of and not _has(decision, view):
                await self.ledger.commit(replace(decision, late=(*decision.late, view)))


def _has(decision: Decision, view: Opinion) -> bool:
    heard = (*(v for v in decision.views if isinstance(v, Opinion)), *decision.late)
    return any(one.analyst == view.analyst for one in heard)
