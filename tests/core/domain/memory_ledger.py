"""A ledger that forgets when the test ends; it keeps the promises of core.ports.Ledger."""

from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TypeVar

from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Booked, Button, Change, Claim, EquityMark
from core.domain.notice import Notice
from core.domain.objection import Fate
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.stranger import Stranger
from core.domain.trade import Kind, Trade, TradeStatus
from core.errors import ButtonSpent, NotFound, ProposalClosed

T = TypeVar("T")
Moment = datetime | None
ORDER = {IntentStatus.NEW: 0, IntentStatus.SENDING: 1}


@dataclass
class Pages:
    """Everything written so far; a commit works on copies."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    trades: dict[tuple[str, Kind], Trade] = field(default_factory=dict)
    intents: dict[str, Intent] = field(default_factory=dict)
    booked: dict[tuple[str, int], Booked] = field(default_factory=dict)
    marks: dict[tuple[str, datetime], EquityMark] = field(default_factory=dict)
    settings: dict[str, AccountSettings] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    buttons: dict[str, Button] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    fates: dict[tuple[str, str], Fate] = field(default_factory=dict)
    strangers: dict[tuple[str, str], Stranger] = field(default_factory=dict)

    def copies(self) -> "Pages":
        return Pages(*(copy(getattr(self, one.name)) for one in fields(self)))

    def write(self, change: Change) -> None:
        match change:
            case Claim():
                self._claim(change)
            case Proposal():
                self._proposal(change)
            case Trade():
                self._trade(change)
            case Intent():
                self._intent(change)
            case Stranger():
                self.strangers[change.account, change.symbol] = change
            case _:
                self._put(change)

    def _put(
        self, change: Decision | Fate | Booked | EquityMark | AccountSettings | Person | Notice
    ) -> None:
        match change:
            case Decision():
                self.decisions[change.id] = change
            case Booked():
                self.booked.setdefault((change.account, change.activity.seq), change)
            case EquityMark():
                self.marks[change.account, change.at] = change
            case AccountSettings():
                self.settings[change.account] = change
            case Person():
                self.people[change.id] = change
            case Notice():
                self.notices.append(change)
            case Fate():
                self.fates[change.account, change.decision] = change

    def _claim(self, press: Claim) -> None:
        button = self.buttons.pop(press.button, None)
        if button is None or button.chat != press.chat or button.person not in {0, press.person}:
            raise ButtonSpent(button=press.button)
        if button.expires_at is not None and button.expires_at <= press.at:
            raise ButtonSpent(button=press.button)

    def _proposal(self, proposal: Proposal) -> None:
        known = self.proposals.setdefault(proposal.id, proposal)
        if known != proposal and known.status is not ProposalStatus.PENDING:
            raise ProposalClosed(proposal=known.id, status=known.status)
        self.proposals[proposal.id] = proposal

    def _trade(self, trade: Trade) -> None:
        known = self.trades.setdefault((trade.id, trade.kind), trade)
        if known != trade and not known.is_live:
            raise ValueError(f"trade {trade.id} has ended and cannot change any more")
        self.trades[trade.id, trade.kind] = trade

    def _intent(self, intent: Intent) -> None:
        known = self.intents.setdefault(intent.id, intent)
        reached = ORDER.get(known.status)
        if reached is not None and reached <= ORDER.get(intent.status, 2):
            self.intents[intent.id] = intent


class MemoryLedger:
    """Its pages may be read by a test; `Pages.buttons` are what a Claim may spend."""

    def __init__(self, *changes: Change) -> None:
        self.pages = Pages()
        for change in changes:
            self.pages.write(change)

    @property
    def notices(self) -> list[Notice]:
        return self.pages.notices

    async def commit(self, *changes: Change) -> None:
        pages = self.pages.copies()
        for change in changes:
            pages.write(change)
        self.pages = pages

    async def decision(self, decision_id: str) -> Decision:
        return _known(self.pages.decisions, decision_id)

    async def looks(self, start: datetime, end: datetime) -> int:
        return len({d.as_of for d in self.pages.decisions.values() if start <= d.as_of < end})

    async def proposal(self, proposal_id: str) -> Proposal:
        return _known(self.pages.proposals, proposal_id)

    async def proposals(
        self,
        account: str,
        *,
        start: Moment = None,
        end: Moment = None,
        status: ProposalStatus | None = None,
    ) -> tuple[Proposal, ...]:
        own = [p for p in self.pages.proposals.values() if p.account == account]
        asked = [p for p in own if status in {None, p.status}]
        return _within(asked, lambda p: p.created_at, start, end)

    async def trade(self, trade_id: str, kind: Kind = Kind.REAL) -> Trade:
        return _known(self.pages.trades, (trade_id, kind))

    async def live_trades(self, account: str, kind: Kind = Kind.REAL) -> tuple[Trade, ...]:
        live = [t for t in self._trades(account, kind) if t.is_live]
        return _within(live, lambda t: t.created_at)

    async def closed_trades(
        self, account: str, start: Moment = None, end: Moment = None, kind: Kind = Kind.REAL
    ) -> tuple[Trade, ...]:
        own = self._trades(account, kind)
        closed = [t for t in own if t.status is TradeStatus.CLOSED and t.closed_at]
        return _within(closed, lambda t: t.closed_at or t.created_at, start, end)

    async def intents(
        self, account: str, statuses: Collection[IntentStatus]
    ) -> tuple[Intent, ...]:
        own = [i for i in self.pages.intents.values() if i.account == account]
        return _within([i for i in own if i.status in statuses], lambda i: i.created_at)

    async def trade_intents(self, trade_id: str) -> tuple[Intent, ...]:
        own = [i for i in self.pages.intents.values() if i.trade_id == trade_id]
        return _within(own, lambda i: i.created_at)

    async def cursor(self, account: str) -> int:
        return max((seq for owner, seq in self.pages.booked if owner == account), default=0)

    async def booked(
        self, account: str, start: Moment = None, end: Moment = None
    ) -> tuple[Booked, ...]:
        own = [b for b in self.pages.booked.values() if b.account == account]
        found = _within(own, lambda b: b.activity.time, start, end)
        return tuple(sorted(found, key=lambda b: b.activity.seq))

    async def equity_marks(
        self, account: str, start: Moment = None, end: Moment = None
    ) -> tuple[EquityMark, ...]:
        own = [m for m in self.pages.marks.values() if m.account == account]
        return _within(own, lambda m: m.at, start, end)

    async def equity_before(self, account: str, moment: datetime) -> EquityMark | None:
        marks = await self.equity_marks(account)
        before = [mark for mark in marks if mark.at <= moment]
        return before[-1] if before else next(iter(marks), None)

    async def settings(self, account: str) -> AccountSettings:
        return _known(self.pages.settings, account)

    async def strangers(self, account: str) -> tuple[Stranger, ...]:
        every = sorted(self.pages.strangers.items())
        return tuple(found for (owner, _), found in every if owner == account)

    async def people(self) -> tuple[Person, ...]:
        return tuple(person for _, person in sorted(self.pages.people.items()))

    def _trades(self, account: str, kind: Kind) -> list[Trade]:
        every = self.pages.trades.values()
        return [trade for trade in every if trade.account == account and trade.kind is kind]


K = TypeVar("K")


def _known(page: Mapping[K, T], key: K) -> T:
    if key not in page:
        raise NotFound(sought=key)
    return page[key]


def _within(
    values: Iterable[T],
    time: Callable[[T], datetime],
    start: Moment = None,
    end: Moment = None,
) -> tuple[T, ...]:
    """In [start, end), oldest first."""
    chosen = [v for v in values if start is None or time(v) >= start]
    return tuple(sorted([v for v in chosen if end is None or time(v) < end], key=time))
