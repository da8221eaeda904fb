"""What a real account needs beside ccxt: a diary that numbers, and each venue's own manners."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from bot.broker.fate import Answer, Codes
from core.domain.trading import Account, Activity, Order, OrderState


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that an account has lived through, under the venue's own key for it. Its `seq` is
    the diary's to give.
    """

    key: str
    activity: Activity


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money of the quote currency that came into an account from outside, or (negative) left it."""

    key: str
    time: datetime
    amount: Decimal


class Diary(Protocol):
    """What has an account lived through? Each thing once, numbered as it was heard of."""

    async def write(
        self, account: str, lived: Mapping[str, Activity], marks: Mapping[str, datetime]
    ) -> None:
        """One durable transaction: numbered in this order, by the venue's own keys. What stands
        under a known key stays; marks move on.
        """
        ...

    async def read(self, account: str, after: int) -> tuple[Activity, ...]:
        """With a greater `seq`, in order."""
        ...

    async def marks(self, account: str) -> Mapping[str, datetime]:
        """Up to when each stream has been listened to."""
        ...


@dataclass(frozen=True, slots=True)
class Stream:
    """Something to listen to again and again: fills of one symbol, or of all, or payments. Asked
    no more often than `every`.
    """

    name: str
    symbol: str = ""
    every: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to another; both belong to it."""

    start: datetime
    end: datetime


class Dialect(Protocol):
    """How does one venue say what every broker promises? Whatever is asked may raise
    BrokerUnavailable.
    """

    @property
    def codes(self) -> Codes: ...

    @property
    def arrival(self) -> timedelta: ...

    def unable(self, order: Order) -> str:
        """Why this venue can never take such an order; empty where it can."""
        ...

    async def is_pointless(self, order: Order) -> bool:
        """Is there certainly nothing that a stop could reduce? Asked where a venue would take it
        all the same.
        """
        ...

    async def prove(self, order: Order) -> bool:
        """One-way, isolated, and leverage as asked: set where it is not, and read back."""
        ...

    async def send(self, order: Order) -> Answer:
        """Once. The answer as it came; None where it was no receipt. Refused: nothing was sent."""
        ...

    async def cancel(self, order: Order) -> None: ...

    async def find(self, order: Order) -> OrderState | None: ...

    async def open_orders(self) -> tuple[OrderState, ...]: ...

    async def account(self) -> Account: ...

    def streams(self, symbols: Collection[str]) -> Sequence[Stream]:
        """What to listen to, so that nothing of these symbols is missed."""
        ...

    async def lived(self, stream: Stream, span: Span) -> Sequence[Entry]:
        """All of it, in any order."""
        ...

    async def transfers(self, span: Span) -> Sequence[Transfer]:
        """All of them, in any order."""
        ...
