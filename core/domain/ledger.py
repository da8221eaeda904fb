"""What the ledger keeps beside the desk's own values."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.domain.intent import Intent
from core.domain.notice import Notice
from core.domain.objection import Fate
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal
from core.domain.stranger import Stranger
from core.domain.trade import Trade
from core.domain.trading import Activity


@dataclass(frozen=True, slots=True)
class Claim:
    """A press of a button: the first one wins, and only the person it was made for may win."""

    button: str
    person: int
    chat: int
    at: datetime


def claimed(claim: Claim | None) -> tuple[Claim, ...]:
    """What a commit adds when a button was pressed, and nothing when none was."""
    return () if claim is None else (claim,)


@dataclass(frozen=True, slots=True)
class Booked:
    """An account's activity, told by its broker; the same `seq` is booked once.

    `krw` is the won for one of the quote currency when it was booked, for whoever has to tax it.
    """

    account: str
    trade_id: str
    activity: Activity
    krw: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EquityMark:
    """What an account was worth at one moment, in quote currency."""

    account: str
    at: datetime
    equity: Decimal
    wallet: Decimal


Change = (
    Claim
    | Decision
    | Fate
    | Proposal
    | Trade
    | Intent
    | Booked
    | EquityMark
    | Notice
    | AccountSettings
    | Person
    | Stranger
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What stands behind one inline button: `verb` does something to `subject` with `argument`.

    `once` buttons are spent by their first press (a Claim); others may be pressed until they
    expire. `person` 0 lets anybody in the chat press it.
    """

    verb: str
    subject: str = ""
    argument: str = ""
    person: int
    chat: int
    expires_at: datetime | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One notice on its way to one person."""

    id: int
    person: int
    chat: int
    notice: Notice
    attempts: int


@dataclass(frozen=True, slots=True)
class Card:
    """A message that is edited in place as long as its subject lives."""

    chat: int
    kind: str
    subject: str
    message_id: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """An update that may move money, kept until it has been dealt with."""

    update_id: int
    body: str
    received_at: datetime
