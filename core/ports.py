"""What the desk asks of the outside world, one protocol per question."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from core.domain.event import Event
from core.domain.instrument import Instrument
from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Booked, Change, EquityMark
from core.domain.market import Bar, FundingRate, Quote, Timeframe
from core.domain.news import Mood, NewsFact, Round
from core.domain.opinion import Decision, Question, View
from core.domain.paper import PaperState
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.snapshot import MarketSnapshot
from core.domain.trade import Kind, Trade
from core.domain.trading import Account, Activity, Order, OrderState, Outcome
from core.domain.won import Premium, WonRate


class Clock(Protocol):
    """What time is it? Always aware, always UTC."""

    def now(self) -> datetime: ...


class MarketData(Protocol):
    """What does the market look like? Never shows a candle that has not closed."""

    async def snapshots(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        """One per symbol, in their order; a symbol without closed candles is left out.

        Raises UnknownSymbol.
        """
        ...

    def instrument(self, symbol: str) -> Instrument:
        """Raises UnknownSymbol."""
        ...

    def agreement(self) -> float | None:
        """Which share of its candles (0..1) a second venue tells alike; None where none was asked."""
        ...

    def funding(self, symbol: str) -> tuple[FundingRate | None, datetime | None]:
        """What longs pay next as far as it is known, and when. Raises UnknownSymbol."""
        ...


class Quotes(Protocol):
    """What is the price now?"""

    async def quote(self, symbol: str) -> Quote:
        """Raises UnknownSymbol, NoMarketData."""
        ...


class Tape(Protocol):
    """What has traded, bar by bar?"""

    async def bars(self, symbol: str, after: datetime, until: datetime) -> Sequence[Bar]:
        """Bars that closed after `after` and not after `until`, oldest first."""
        ...


class Calendar(Protocol):
    """What is announced that moves markets?"""

    async def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        """At a moment in [start, end), muted ones too, in the order of their times."""
        ...


class Broker(Protocol):
    """Who holds the account and fills the orders?

    `place` answers Placed, Refused (a code known to mean *not executed*) or Unknown: the order may
    live. An entry is never sent again; only `find`, asked until the time for arrival has passed,
    settles it.
    """

    async def account(self) -> Account: ...

    async def place(self, order: Order) -> Outcome: ...

    async def cancel(self, client_order_id: str) -> None:
        """Take an order out of the market; one that is gone already is no error."""
        ...

    async def find(self, client_order_id: str) -> OrderState | None: ...

    async def open_orders(self) -> tuple[OrderState, ...]: ...

    async def activity(self, after: int) -> tuple[Activity, ...]:
        """Fills and funding with a `seq` greater than `after`, in order."""
        ...


class News(Protocol):
    """What have strangers published, and how do they feel? Evidence, never instructions."""

    async def facts(
        self, symbol: str | None, since: datetime, limit: int, until: datetime | None = None
    ) -> tuple[NewsFact, ...]:
        """Published since then, newest first, about one symbol (BTC or BTC/USDT:USDT) or all;
        only what the desk had seen by `until`.
        """
        ...

    async def mood(self) -> Mood | None:
        """The last one."""
        ...

    async def moods(self, limit: int, until: datetime | None = None) -> tuple[Mood, ...]:
        """The last ones, newest first."""
        ...


class Rounds(Protocol):
    """When are the sources of news asked?"""

    def state(self) -> Round | None:
        """None: never, since time is simulated."""
        ...


class Sights(Protocol):
    """Who remembers what was looked at, so that a decision can be looked at again?"""

    async def keep(self, snapshots: Sequence[MarketSnapshot]) -> None: ...


class Analyst(Protocol):
    """What do you make of these markets? Abstains instead of raising when it cannot tell."""

    @property
    def name(self) -> str: ...

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        """One view per question, in their order."""
        ...


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

    async def people(self) -> tuple[Person, ...]: ...


class Won(Protocol):
    """What is it in won?"""

    def rate(self) -> WonRate | None:
        """The last one known, with its time; None before the first."""
        ...

    async def premium(self, symbol: str, price: Decimal) -> Premium | None:
        """For a coin that costs `price` in the world; None where Seoul does not list it."""
        ...


class Presence(Protocol):
    """When did somebody last speak to the desk or tap something?"""

    async def last_seen(self) -> datetime | None: ...


class PaperStore(Protocol):
    """Where does a paper account sleep? Each call is one durable transaction."""

    async def load(self, account: str) -> PaperState | None: ...

    async def save(
        self,
        account: str,
        state: PaperState,
        *,
        closed: Sequence[OrderState] = (),
        activity: Sequence[Activity] = (),
    ) -> None:
        """Write wallet, seq and the given books (others stay), closed orders and new activity.

        A book that is empty is still written: `seen` counts.
        """
        ...

    async def closed_order(self, account: str, client_order_id: str) -> OrderState | None: ...

    async def activity(self, account: str, after: int) -> tuple[Activity, ...]: ...
