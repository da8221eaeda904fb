"""Keeps what a model said when the decision had been made already: scored like any other opinion."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from core.domain.opinion import Decision, Opinion, View
from core.ports import Ledger

LOOKED_THROUGH = 5


class Past(Protocol):
    """What was decided about a symbol lately?"""

    async def latest(self, symbol: str, count: int) -> tuple[Decision, ...]:
        """Newest first."""
        ...


@dataclass(frozen=True, slots=True)
class KeepLate:
    """Writes late opinions beside the decision that they were asked for."""

    ledger: Ledger
    past: Past

    async def __call__(self, views: Sequence[View], as_of: datetime) -> None:
        for view in views:
            if isinstance(view, Opinion):
                for decision in await self.past.latest(view.symbol, LOOKED_THROUGH):
                    if decision.as_of == as_of and not _has(decision, view):
                        await self.ledger.commit(replace(decision, late=(*decision.late, view)))


def _has(decision: Decision, view: Opinion) -> bool:
    heard = (*(v for v in decision.views if isinstance(v, Opinion)), *decision.late)
    return any(one.analyst == view.analyst for one in heard)
