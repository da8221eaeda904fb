"""What the desk asks of its memory."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Booked, Change, EquityMark
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.stranger import Stranger
from core.domain.trade import Kind, Trade


class Ledger(Protocol):
    """What has happened so far? Everything that waits is in here.

    `commit` is one durable transaction: all of it or nothing.
    """

    async def commit(self, *changes: Change) -> None:
        """Write values. Raises ButtonSpent for a Claim that lost, ProposalClosed for a proposal
        that somebody closed before; then nothing of the whole call is written. A closed trade and
        a settled intent are never reopened; activity with a known `seq` is skipped.
        """
        ...

    async def decision(self, decision_id: str) -> Decision:
        """Raises NotFound."""
        ...

    async def looks(self, start: datetime, end: datetime) -> int:
        """How many cycles (distinct times of decisions) lie in [start, end)."""
        ...

    async def proposal(self, proposal_id: str) -> Proposal:
        """Raises NotFound."""
        ...

    async def proposals(
        self,
        account: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        status: ProposalStatus | None = None,
    ) -> tuple[Proposal, ...]:
        """Made in [start, end), oldest first."""
        ...

    async def trade(self, trade_id: str, kind: Kind = Kind.REAL) -> Trade:
        """Raises NotFound."""
        ...

    async def live_trades(self, account: str, kind: Kind = Kind.REAL) -> tuple[Trade, ...]:
        """Opening or open, oldest first."""
        ...

    async def closed_trades(
        self,
        account: str,
        start: datetime | None = None,
        end: datetime | None = None,
        kind: Kind = Kind.REAL,
    ) -> tuple[Trade, ...]:
        """Closed in [start, end), by closing time; void ones are left out."""
        ...

    async def intents(
        self, account: str, statuses: Collection[IntentStatus]
    ) -> tuple[Intent, ...]: ...

    async def trade_intents(self, trade_id: str) -> tuple[Intent, ...]: ...

    async def cursor(self, account: str) -> int:
        """The `seq` of the last activity booked; 0 before the first."""
        ...

    async def booked(
        self, account: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[Booked, ...]:
        """Activity with a time in [start, end), by `seq`."""
        ...

    async def equity_marks(
        self, account: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[EquityMark, ...]:
        """In [start, end), oldest first."""
        ...

    async def equity_before(self, account: str, moment: datetime) -> EquityMark | None:
        """The last mark at or before a moment; without one, the first mark of all."""
        ...

    async def settings(self, account: str) -> AccountSettings:
        """Raises NotFound."""
        ...

    async def strangers(self, account: str) -> tuple[Stranger, ...]:
        """Positions of somebody else's that were ever found, by symbol; also those that are over."""
        ...

    async def people(self) -> tuple[Person, ...]: ...
