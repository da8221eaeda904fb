"""Reads the desk's values back; plain functions over a Connection."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, distinct, func, select

from bot.storage.codec import decode
from bot.storage.tables import (
    account_settings,
    booked,
    decisions,
    equity_marks,
    intents,
    people,
    proposals,
    trades,
)
from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Booked, EquityMark
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.trade import Kind, Trade, TradeStatus
from core.errors import NotFound

T = TypeVar("T")
Span = tuple[datetime | None, datetime | None]


def within(column: ColumnElement[datetime], span: Span) -> tuple[ColumnElement[bool], ...]:
    """In [start, end), where either may be left open."""
    start, end = span
    since = () if start is None else (column >= start,)
    until = () if end is None else (column < end,)
    return since + until


def read_decision(connection: Connection, decision_id: str) -> Decision:
    body = select(decisions.c.body).where(decisions.c.id == decision_id)
    return _only(connection, Decision, body, decision=decision_id)


def count_looks(connection: Connection, span: Span) -> int:
    cycles = select(func.count(distinct(decisions.c.as_of)))
    return connection.scalars(cycles.where(*within(decisions.c.as_of, span))).one()


def read_proposal(connection: Connection, proposal_id: str) -> Proposal:
    body = select(proposals.c.body).where(proposals.c.id == proposal_id)
    return _only(connection, Proposal, body, proposal=proposal_id)


def read_proposals(
    connection: Connection, account: str, span: Span, status: ProposalStatus | None
) -> tuple[Proposal, ...]:
    table = proposals.c
    wanted = select(table.body).where(table.account == account, *within(table.created_at, span))
    if status is not None:
        wanted = wanted.where(table.status == status)
    return _all(connection, Proposal, wanted.order_by(table.created_at, table.id))


def read_trade(connection: Connection, trade_id: str, kind: Kind) -> Trade:
    body = select(trades.c.body).where(trades.c.id == trade_id, trades.c.kind == kind)
    return _only(connection, Trade, body, trade=trade_id)


def read_live_trades(connection: Connection, account: str, kind: Kind) -> tuple[Trade, ...]:
    table = trades.c
    wanted = select(table.body).where(
        table.account == account,
        table.kind == kind,
        table.status.in_([TradeStatus.OPENING, TradeStatus.OPEN]),
    )
    return _all(connection, Trade, wanted.order_by(table.created_at, table.id))


def read_closed_trades(
    connection: Connection, account: str, span: Span, kind: Kind
) -> tuple[Trade, ...]:
    table = trades.c
    wanted = select(table.body).where(
        table.account == account,
        table.kind == kind,
        table.status == TradeStatus.CLOSED,
        *within(table.closed_at, span),
    )
    return _all(connection, Trade, wanted.order_by(table.closed_at, table.id))


def read_intents(
    connection: Connection, account: str, statuses: Collection[IntentStatus]
) -> tuple[Intent, ...]:
    table = intents.c
    wanted = select(table.body).where(table.account == account, table.status.in_(statuses))
    return _all(connection, Intent, wanted.order_by(table.created_at, table.id))


def read_trade_intents(connection: Connection, trade_id: str) -> tuple[Intent, ...]:
    table = intents.c
    wanted = select(table.body).where(table.trade_id == trade_id)
    return _all(connection, Intent, wanted.order_by(table.created_at, table.id))


def read_cursor(connection: Connection, account: str) -> int:
    last = select(func.max(booked.c.seq)).where(booked.c.account == account)
    return connection.scalars(last).one() or 0


def read_booked(connection: Connection, account: str, span: Span) -> tuple[Booked, ...]:
    table = booked.c
    wanted = select(table.body).where(table.account == account, *within(table.time, span))
    return _all(connection, Booked, wanted.order_by(table.seq))


def read_equity_marks(connection: Connection, account: str, span: Span) -> tuple[EquityMark, ...]:
    table = equity_marks.c
    wanted = select(equity_marks).where(table.account == account, *within(table.at, span))
    rows = connection.execute(wanted.order_by(table.at)).mappings()
    return tuple(EquityMark(**row) for row in rows)


def read_equity_before(
    connection: Connection, account: str, moment: datetime
) -> EquityMark | None:
    table = equity_marks.c
    marks = select(equity_marks).where(table.account == account).limit(1)
    until = marks.where(table.at <= moment).order_by(table.at.desc())
    last = connection.execute(until).mappings().first()
    found = last or connection.execute(marks.order_by(table.at)).mappings().first()
    return EquityMark(**found) if found else None


def read_settings(connection: Connection, account: str) -> AccountSettings:
    body = select(account_settings.c.body).where(account_settings.c.account == account)
    return _only(connection, AccountSettings, body, account=account)


def read_people(connection: Connection) -> tuple[Person, ...]:
    return _all(connection, Person, select(people.c.body).order_by(people.c.id))


def _all(connection: Connection, kind: type[T], bodies: Select[str]) -> tuple[T, ...]:
    return tuple(decode(kind, body) for body in connection.scalars(bodies))


def _only(connection: Connection, kind: type[T], body: Select[str], **sought: str) -> T:
    found = connection.scalars(body).one_or_none()
    if found is None:
        raise NotFound(**sought)
    return decode(kind, found)
