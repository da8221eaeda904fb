"""What answers are looked up in. Nothing here can write: these ports have no method for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.domain.model import Call
from core.domain.news import NewsFact
from core.domain.objection import Fate, Resolution
from core.domain.opinion import Decision
from core.domain.people import AccountSettings
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.trade import Kind, Trade
from core.reports import Report
from core.risk import Standing


class Pages(Protocol):
    """What has happened so far? The reading half of core.ports.Ledger, as far as it is needed."""

    async def decision(self, decision_id: str) -> Decision:
        """Raises NotFound."""
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
    ) -> tuple[Proposal, ...]: ...

    async def trade(self, trade_id: str, kind: Kind = Kind.REAL) -> Trade:
        """Raises NotFound."""
        ...

    async def live_trades(self, account: str, kind: Kind = Kind.REAL) -> tuple[Trade, ...]: ...

    async def closed_trades(
        self,
        account: str,
        start: datetime | None = None,
        end: datetime | None = None,
        kind: Kind = Kind.REAL,
    ) -> tuple[Trade, ...]: ...

    async def settings(self, account: str) -> AccountSettings: ...


class Past(Protocol):
    """What was decided about a symbol lately?"""

    async def latest(self, symbol: str, count: int) -> tuple[Decision, ...]:
        """The last ones, newest first."""
        ...


class Endings(Protocol):
    """What became of a decision, and what the market answered? None where nobody knows yet."""

    async def fate(self, account: str, decision_id: str) -> Fate | None: ...

    async def resolution(self, decision_id: str) -> Resolution | None: ...


class Stand(Protocol):
    """Where does the account stand now?"""

    async def __call__(self) -> Standing: ...


class Reports(Protocol):
    """What has a stretch of time brought?"""

    async def __call__(self, start: datetime | None = None) -> Report: ...


class Headlines(Protocol):
    """What have strangers published?"""

    async def facts(
        self, symbol: str | None, since: datetime, limit: int, until: datetime | None = None
    ) -> tuple[NewsFact, ...]: ...


class Bills(Protocol):
    """What was paid for models?"""

    async def calls(self, start: datetime, end: datetime) -> tuple[Call, ...]:
        """Made in [start, end), oldest first."""
        ...


class Look(Protocol):
    """One thing that can be looked up; its arguments have been checked before."""

    async def __call__(self, given: Mapping[str, str | int]) -> object:
        """Plain data, to be told as JSON."""
        ...
