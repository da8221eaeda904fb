"""Who taps on a card: what a tap asks for, and where it is heard."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import count

from core.approval import Adjustment
from core.domain.ledger import Claim
from core.domain.proposal import Proposal, Yes
from tests.core.desk import Desk

HALF = Decimal("0.5")


class Tap(StrEnum):
    APPROVE = "approve"
    HALF = "half"
    ADJUST = "adjust"
    REJECT = "reject"
    PANIC = "panic"


class Second(Desk):
    """Another process at the same broker, over a connection of its own."""

    def beside(self, first: Desk) -> "Second":
        self.street, self.shared = first.street, first.broker
        self.names = count(500)
        self._assemble()
        return self

    def _open_account(self):
        return getattr(self, "shared", None) or super()._open_account()


@dataclass(frozen=True, slots=True)
class Race:
    """One card, everybody who taps on it, and the desks that hear them."""

    desks: tuple[Desk, ...]
    card: Proposal
    buttons: dict[Tap, Claim]

    async def tap(self, kind: Tap, desk: Desk, late: int) -> object:
        for _ in range(late):
            await asyncio.sleep(0)
        return await self._ways(kind, desk)

    def _ways(self, kind: Tap, desk: Desk) -> Awaitable[object]:
        card, claim = self.card.id, self.buttons[kind]
        match kind:
            case Tap.APPROVE:
                return desk.approve(card, Yes.PERSON, claim=claim)
            case Tap.HALF:
                return desk.approve(card, Yes.PERSON, part=HALF, claim=claim)
            case Tap.ADJUST:
                return desk.adjust(card, Adjustment(size=HALF), claim=claim)
            case Tap.REJECT:
                return desk.reject(card, claim)
            case Tap.PANIC:
                return desk.panic(claim)
