"""The ledger that survives the process: core's `Ledger` over a database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.storage import history
from bot.storage.changes import write
from bot.storage.database import Database
from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Booked, Change, EquityMark
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.stranger import Stranger
from core.domain.trade import Kind, Trade


@dataclass(frozen=True, slots=True)
class SqlLedger:
    """Each call is one transaction; `core.ports.Ledger` says what it promises."""

    database: Database

    async def commit(self, *changes: Change) -> None:
        await self.database.run(write, changes)

    async def decision(self, decision_id: str) -> Decision:
        return await self.database.read(history.read_decision, decision_id)

    async def looks(self, start: datetime, end: datetime) -> int:
        return await self.database.read(history.count_looks, (start, end))

    async def proposal(self, proposal_id: str) -> Proposal:
        return await self.database.read(history.read_proposal, proposal_id)

    async def proposals(
        self,
        account: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        status: ProposalStatus | None = None,
    ) -> tuple[Proposal, ...]:
        return await self.database.read(history.read_proposals, account, (start, end), status)

    async def trade(self, trade_id: str, kind: Kind = Kind.REAL) -> Trade:
        return await self.database.read(history.read_trade, trade_id, kind)

    async def live_trades(self, account: str, kind: Kind = Kind.REAL) -> tuple[Trade, ...]:
        return await self.database.read(history.read_live_trades, account, kind)

    async def closed_trades(
        self,
        account: str,
        start: datetime | None = None,
        end: datetime | None = None,
        kind: Kind = Kind.REAL,
    ) -> tuple[Trade, ...]:
        return await self.database.read(history.read_closed_trades, account, (start, end), kind)

    async def intents(
        self, account: str, statuses: Collection[IntentStatus]
    ) -> tuple[Intent, ...]:
        return await self.database.read(history.read_intents, account, statuses)

    async def trade_intents(self, trade_id: str) -> tuple[Intent, ...]:
        return await self.database.read(history.read_trade_intents, trade_id)

    async def cursor(self, account: str) -> int:
        return await self.database.read(history.read_cursor, account)

    async def booked(
        self, account: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[Booked, ...]:
        return await self.database.read(history.read_booked, account, (start, end))

    async def equity_marks(
        self, account: str, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[EquityMark, ...]:
        return await self.database.read(history.read_equity_marks, account, (start, end))

    async def equity_before(self, account: str, moment: datetime) -> EquityMark | None:
        return await self.database.read(history.read_equity_before, account, moment)

    async def settings(self, account: str) -> AccountSettings:
        return await self.database.read(history.read_settings, account)

    async def strangers(self, account: str) -> tuple[Stranger, ...]:
        return await self.database.read(history.read_strangers, account)

    async def people(self) -> tuple[Person, ...]:
        return await self.database.read(history.read_people)
