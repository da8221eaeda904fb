"""What the desk asks of those who forecast, trade and answer."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from core.domain.intent import Intent
from core.domain.opinion import Question, View
from core.domain.paper import PaperState
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Account, Activity, Order, OrderState, Outcome


class Broker(Protocol):
    """Who holds the account and fills the orders?

    `place` answers Placed, Refused (a code known to mean *not executed*) or Unknown: the order may
    live. An entry is never sent again; only `find`, asked until the time for arrival has passed,
    settles it. Whatever is asked may raise BrokerUnavailable: no answer is not an empty one.
    """

    @property
    def arrival(self) -> timedelta:
        """How long after it was sent an order may still come into the book or into sight."""
        ...

    async def account(self) -> Account: ...

    async def place(self, order: Order) -> Outcome: ...

    async def cancel(self, order: Order) -> None:
        """Take an order out of the market; one that is gone already is no error."""
        ...

    async def find(self, order: Order) -> OrderState | None:
        """By its client order id, in every book where one of its type may be."""
        ...

    async def open_orders(self) -> tuple[OrderState, ...]: ...

    async def activity(self, after: int, symbols: Collection[str]) -> tuple[Activity, ...]:
        """Fills and funding with a `seq` greater than `after`, in order; of these symbols all of
        it, of others what the venue tells unasked.
        """
        ...


class Transfers(Protocol):
    """How much money came into an account from outside (negative: left it)?"""

    @property
    def lag(self) -> timedelta:
        """How long after money has moved it may still not be told."""
        ...

    async def moved(self, start: datetime, end: datetime) -> Decimal:
        """In [start, end), in quote currency. Raises BrokerUnavailable."""
        ...


class Fence(Protocol):
    """Is it still this process that looks after the account?"""

    async def check(self) -> None:
        """Raises LeaseLost. Asked before every byte that leaves for a venue."""
        ...


class Truth(Protocol):
    """Has the account been held against its venue lately?"""

    @property
    def is_reconciled(self) -> bool: ...


class Gate(Protocol):
    """Is there a reason, below chat and models, not to let an order out?"""

    async def admit(self, intent: Intent) -> str | None:
        """The code of the rule that forbids it. What only reduces always passes."""
        ...


class Analyst(Protocol):
    """What do you make of these markets? Abstains instead of raising when it cannot tell."""

    @property
    def name(self) -> str: ...

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        """One view per question, in their order."""
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
