"""What is asked of the ledger's tables. Built once: building a statement costs more than asking it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, bindparam, distinct, func, literal, select

from bot.storage.columns import Moment
from bot.storage.tables import (
    account_settings,
    booked,
    decisions,
    equity_marks,
    intents,
    people,
    proposals,
    strangers,
    trades,
)
from core.domain.trade import TradeStatus

START = bindparam("start", type_=Moment)
END = bindparam("end", type_=Moment)
LIVE = trades.c.status.in_([literal(TradeStatus.OPENING), literal(TradeStatus.OPEN)])


def where(table: Table, *names: str) -> tuple[ColumnElement[bool], ...]:
    """Each named column is what is asked for under its own name."""
    return tuple(table.c[name] == bindparam(name) for name in names)


def within(column: ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    return column >= START, column < END


def bodies(table: Table, *names: str) -> Select[str]:
    return select(table.c.body).where(*where(table, *names))


DECISION = bodies(decisions, "id")
LOOKS = select(func.count(distinct(decisions.c.as_of))).where(*within(decisions.c.as_of))
PROPOSAL = bodies(proposals, "id")
PROPOSALS = (
    bodies(proposals, "account")
    .where(*within(proposals.c.created_at))
    .order_by(proposals.c.created_at, proposals.c.id)
)
PROPOSALS_WITH_STATUS = PROPOSALS.where(*where(proposals, "status"))
TRADE = bodies(trades, "id", "kind")
LIVE_TRADES = (
    bodies(trades, "account", "kind").where(LIVE).order_by(trades.c.created_at, trades.c.id)
)
CLOSED_TRADES = (
    bodies(trades, "account", "kind")
    .where(trades.c.status == TradeStatus.CLOSED, *within(trades.c.closed_at))
    .order_by(trades.c.closed_at, trades.c.id)
)
INTENTS = (
    bodies(intents, "account")
    .where(intents.c.status.in_(bindparam("statuses", expanding=True)))
    .order_by(intents.c.created_at, intents.c.id)
)
TRADE_INTENTS = bodies(intents, "trade_id").order_by(intents.c.created_at, intents.c.id)
CURSOR = select(func.max(booked.c.seq)).where(*where(booked, "account"))
BOOKED = bodies(booked, "account").where(*within(booked.c.time)).order_by(booked.c.seq)
MARKS = select(
    equity_marks.c.account, equity_marks.c.at, equity_marks.c.equity, equity_marks.c.wallet
).where(*where(equity_marks, "account"))
MARKS_WITHIN = MARKS.where(*within(equity_marks.c.at)).order_by(equity_marks.c.at)
MARK_BEFORE = (
    MARKS.where(equity_marks.c.at <= bindparam("moment", type_=Moment))
    .order_by(equity_marks.c.at.desc())
    .limit(1)
)
FIRST_MARK = MARKS.order_by(equity_marks.c.at).limit(1)
STRANGERS = bodies(strangers, "account").order_by(strangers.c.symbol)
SETTINGS = bodies(account_settings, "account")
PEOPLE = select(people.c.body).order_by(people.c.id)
