"""Reads the desk's values back; plain functions over a Connection."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select

from bot.storage import questions
from bot.storage.codec import decode
from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Booked, EquityMark
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.stranger import Stranger
from core.domain.trade import Kind, Trade
from core.errors import NotFound

T = TypeVar("T")
Span = tuple[datetime | None, datetime | None]

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


def read_decision(connection: Connection, decision_id: str) -> Decision:
    return _only(
        connection, Decision, questions.DECISION, {"id": decision_id}, decision=decision_id
    )


def count_looks(connection: Connection, span: Span) -> int:
    return connection.scalars(questions.LOOKS, _ends(span)).one()


def read_proposal(connection: Connection, proposal_id: str) -> Proposal:
    return _only(
        connection, Proposal, questions.PROPOSAL, {"id": proposal_id}, proposal=proposal_id
    )


def read_proposals(
    connection: Connection, account: str, span: Span, status: ProposalStatus | None
) -> tuple[Proposal, ...]:
    asked = {"account": account, **_ends(span)}
    if status is None:
        return _all(connection, Proposal, questions.PROPOSALS, asked)
    return _all(connection, Proposal, questions.PROPOSALS_WITH_STATUS, {**asked, "status": status})


def read_trade(connection: Connection, trade_id: str, kind: Kind) -> Trade:
    return _only(
        connection, Trade, questions.TRADE, {"id": trade_id, "kind": kind}, trade=trade_id
    )


def read_live_trades(connection: Connection, account: str, kind: Kind) -> tuple[Trade, ...]:
    return _all(connection, Trade, questions.LIVE_TRADES, {"account": account, "kind": kind})


def read_strangers(connection: Connection, account: str) -> tuple[Stranger, ...]:
    return _all(connection, Stranger, questions.STRANGERS, {"account": account})


def read_closed_trades(
    connection: Connection, account: str, span: Span, kind: Kind
) -> tuple[Trade, ...]:
    asked = {"account": account, "kind": kind, **_ends(span)}
    return _all(connection, Trade, questions.CLOSED_TRADES, asked)


def read_intents(
    connection: Connection, account: str, statuses: Collection[IntentStatus]
) -> tuple[Intent, ...]:
    return _all(
        connection, Intent, questions.INTENTS, {"account": account, "statuses": list(statuses)}
    )


def read_trade_intents(connection: Connection, trade_id: str) -> tuple[Intent, ...]:
    return _all(connection, Intent, questions.TRADE_INTENTS, {"trade_id": trade_id})


def read_cursor(connection: Connection, account: str) -> int:
    return connection.scalars(questions.CURSOR, {"account": account}).one() or 0


def read_booked(connection: Connection, account: str, span: Span) -> tuple[Booked, ...]:
    return _all(connection, Booked, questions.BOOKED, {"account": account, **_ends(span)})


def read_equity_marks(connection: Connection, account: str, span: Span) -> tuple[EquityMark, ...]:
    rows = connection.execute(questions.MARKS_WITHIN, {"account": account, **_ends(span)}).all()
    return tuple(EquityMark(*row) for row in rows)


def read_equity_before(
    connection: Connection, account: str, moment: datetime
) -> EquityMark | None:
    asked = {"account": account, "moment": moment}
    last = connection.execute(questions.MARK_BEFORE, asked).first()
    found = last or connection.execute(questions.FIRST_MARK, {"account": account}).first()
    return EquityMark(*found) if found else None


def read_settings(connection: Connection, account: str) -> AccountSettings:
    return _only(
        connection, AccountSettings, questions.SETTINGS, {"account": account}, account=account
    )


def read_people(connection: Connection) -> tuple[Person, ...]:
    return _all(connection, Person, questions.PEOPLE, {})


def _ends(span: Span) -> dict[str, datetime]:
    """In [start, end), where either may be left open."""
    start, end = span
    return {"start": start or FIRST, "end": end or LAST}


def _all(
    connection: Connection, kind: type[T], bodies: Select[str], asked: dict[str, Any]
) -> tuple[T, ...]:
    return tuple(decode(kind, row[0]) for row in connection.execute(bodies, asked).all())


def _only(
    connection: Connection,
    kind: type[T],
    bodies: Select[str],
    asked: dict[str, Any],
    **sought: str,
) -> T:
    found = connection.execute(bodies, asked).one_or_none()
    if found is None:
        raise NotFound(**sought)
    return decode(kind, found[0])
