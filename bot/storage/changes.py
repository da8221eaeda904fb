"""Writes the desk's values, each kind by its own rule; the caller holds the transaction."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, literal, select

from bot.storage.buttons import claim
from bot.storage.codec import encode_notice
from bot.storage.history import read_proposal, read_trade
from bot.storage.questions import LIVE
from bot.storage.rows import (
    awaited_row,
    booked_row,
    decision_row,
    fate_row,
    intent_row,
    person_row,
    proposal_row,
    settings_row,
    stranger_row,
    trade_row,
)
from bot.storage.tables import (
    account_settings,
    awaited,
    booked,
    decisions,
    equity_marks,
    fates,
    intents,
    outbox,
    people,
    proposals,
    strangers,
    trades,
)
from bot.storage.upsert import Row, add, put, put_if
from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Booked, Change, Claim, EquityMark
from core.domain.notice import Notice
from core.domain.objection import Fate
from core.domain.opinion import Decision
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.stranger import Stranger
from core.domain.trade import Trade
from core.errors import ProposalClosed

STEPS = {IntentStatus.NEW: 0, IntentStatus.SENDING: 1}
SETTLED = 2
PENDING = proposals.c.status == ProposalStatus.PENDING
NOTICE = ("status", "account", "kind", "subject", "at", "attempts", "body")
FOR_EVERYBODY = select(
    people.c.id,
    people.c.chat,
    *(bindparam(f"its_{name}", type_=outbox.c[name].type) for name in NOTICE),
).order_by(people.c.id)
FOR_ONE = FOR_EVERYBODY.where(people.c.id == bindparam("its_person"))
NOTIFY = insert(outbox).from_select(["person", "chat", *NOTICE], FOR_EVERYBODY)
TELL = insert(outbox).from_select(["person", "chat", *NOTICE], FOR_ONE)


def write(connection: Connection, changes: Sequence[Change]) -> None:
    """In the order given; neighbours of one kind go in together."""
    for kind, same in groupby(changes, type):
        WRITERS[kind](connection, list(same))


def _claims(connection: Connection, claims: Sequence[Claim]) -> None:
    for each in claims:
        claim(connection, each)


def _decisions(connection: Connection, values: Sequence[Decision]) -> None:
    put(connection, decisions, [decision_row(value) for value in values])
    add(connection, awaited, [awaited_row(value) for value in values])


def _fates(connection: Connection, values: Sequence[Fate]) -> None:
    put(connection, fates, [fate_row(value) for value in values])


def _proposals(connection: Connection, values: Sequence[Proposal]) -> None:
    for proposal in values:
        _proposal(connection, proposal)


def _proposal(connection: Connection, proposal: Proposal) -> None:
    if put_if(connection, proposals, proposal_row(proposal), PENDING):
        return
    stored = read_proposal(connection, proposal.id)
    if stored != proposal:
        raise ProposalClosed(proposal=stored.id, status=stored.status)


def _trades(connection: Connection, values: Sequence[Trade]) -> None:
    for trade in values:
        _trade(connection, trade)


def _trade(connection: Connection, trade: Trade) -> None:
    if put_if(connection, trades, trade_row(trade), LIVE):
        return
    if read_trade(connection, trade.id, trade.kind) != trade:
        raise ValueError(f"trade {trade.id} has ended and cannot change any more")


def _intents(connection: Connection, values: Sequence[Intent]) -> None:
    """Only forward: news that is older than what is known changes nothing."""
    for intent in values:
        put_if(connection, intents, intent_row(intent), _may_become(intent.status))


@cache
def _may_become(status: IntentStatus) -> ColumnElement[bool]:
    reached = STEPS.get(status, SETTLED)
    earlier = [literal(before) for before, step in STEPS.items() if step <= reached]
    return intents.c.status.in_(earlier)


def _booked(connection: Connection, values: Sequence[Booked]) -> None:
    add(connection, booked, [booked_row(value) for value in values])


def _equity_marks(connection: Connection, values: Sequence[EquityMark]) -> None:
    rows = [
        {"account": mark.account, "at": mark.at, "equity": mark.equity, "wallet": mark.wallet}
        for mark in values
    ]
    put(connection, equity_marks, rows)


def _notices(connection: Connection, notices: Sequence[Notice]) -> None:
    """One row for each person the desk knows at this moment."""
    connection.execute(NOTIFY, [_outgoing(notice) for notice in notices])


def tell(connection: Connection, person: int, notice: Notice) -> None:
    """A notice for one person only."""
    connection.execute(TELL, {**_outgoing(notice), "its_person": person})


def _outgoing(notice: Notice) -> Row:
    return {
        "its_status": "waiting",
        "its_account": notice.account,
        "its_kind": notice.kind,
        "its_subject": notice.subject,
        "its_at": notice.at,
        "its_attempts": 0,
        "its_body": encode_notice(notice),
    }


def _settings(connection: Connection, values: Sequence[AccountSettings]) -> None:
    put(connection, account_settings, [settings_row(value) for value in values])


def _people(connection: Connection, values: Sequence[Person]) -> None:
    put(connection, people, [person_row(value) for value in values])


def _strangers(connection: Connection, values: Sequence[Stranger]) -> None:
    put(connection, strangers, [stranger_row(value) for value in values])


WRITERS: dict[type[Change], Callable[[Connection, Any], None]] = {
    Claim: _claims,
    Decision: _decisions,
    Fate: _fates,
    Proposal: _proposals,
    Trade: _trades,
    Intent: _intents,
    Booked: _booked,
    EquityMark: _equity_marks,
    Notice: _notices,
    AccountSettings: _settings,
    Person: _people,
    Stranger: _strangers,
}
