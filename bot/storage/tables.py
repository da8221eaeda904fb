"""Every table of the desk.

Columns are for asking in SQL; where a table has a `body`, that JSON is the value that is read back.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, Column, Float, Index, MetaData, Table, Text

from bot.storage.columns import Moment, Money, Whole

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str, kind: Any = Text, *, counted: bool = False) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=counted)


def _some(kind: Any, *names: str) -> Iterator[Column[Any]]:
    return (Column(name, kind, nullable=False) for name in names)


def _maybe(kind: Any, *names: str) -> Iterator[Column[Any]]:
    return (Column(name, kind, nullable=True) for name in names)


def _index(*names: str) -> Index:
    return Index(None, *names)


decisions = Table(
    "decisions",
    metadata,
    _key("id"),
    *_some(Text, "symbol", "verdict", "best_side", "snapshot"),
    *_some(Moment, "as_of"),
    *_some(Float, "p_up", "p_target_first", "expected", "disagreement", "confidence"),
    *_some(Text, "body"),
    _index("as_of"),
)

proposals = Table(
    "proposals",
    metadata,
    _key("id"),
    *_some(Text, "account", "status", "symbol", "side", "author", "decision_id"),
    *_maybe(Text, "yes"),
    *_some(Money, "amount", "entry_limit", "stop_loss", "risk", "reward"),
    *_some(Whole, "leverage"),
    *_some(Moment, "created_at", "expires_at"),
    *_maybe(Moment, "answered_at"),
    *_some(Text, "body"),
    _index("account", "status", "created_at"),
    _index("account", "created_at"),
)

trades = Table(
    "trades",
    metadata,
    _key("id"),
    _key("kind"),
    *_some(Text, "account", "status", "symbol", "side"),
    *_maybe(Text, "exit"),
    *_some(Money, "amount", "remaining", "entry_price", "stop"),
    *_maybe(Money, "exit_price"),
    *_some(Money, "realized", "fees", "funding", "risk"),
    *_some(Moment, "created_at"),
    *_maybe(Moment, "opened_at", "closed_at"),
    *_some(Text, "body"),
    _index("account", "kind", "status", "closed_at"),
)

intents = Table(
    "intents",
    metadata,
    _key("id"),
    *_some(Text, "account", "trade_id", "role", "status", "code", "symbol", "side", "type"),
    *_some(Money, "amount"),
    *_maybe(Money, "price", "stop_price"),
    *_some(Boolean, "reduce_only"),
    *_some(Moment, "created_at"),
    *_maybe(Moment, "sent_at"),
    *_some(Text, "body"),
    _index("account", "status"),
    _index("trade_id"),
)


def _activity() -> Iterator[Column[Any]]:
    """A fill has amount, price and fee; a funding payment has funding and rate."""
    yield from _some(Text, "type", "symbol")
    yield from _maybe(Text, "client_order_id", "side", "liquidity", "cause")
    yield from _maybe(Money, "amount", "price", "fee", "realized", "funding", "rate")
    yield from _some(Moment, "time")
    yield from _some(Text, "body")


booked = Table(
    "booked",
    metadata,
    _key("account"),
    _key("seq", Whole),
    *_some(Text, "trade_id"),
    *_activity(),
    _index("account", "time"),
    _index("trade_id"),
)

equity_marks = Table(
    "equity_marks",
    metadata,
    _key("account"),
    _key("at", Moment),
    *_some(Money, "equity", "wallet"),
)

account_settings = Table(
    "account_settings",
    metadata,
    _key("account"),
    *_some(Text, "profile", "approval", "absence", "timeframe"),
    *_some(Boolean, "paused"),
    *_maybe(Moment, "paused_at"),
    *_some(Text, "body"),
)

people = Table(
    "people",
    metadata,
    _key("id", Whole),
    *_some(Whole, "chat"),
    *_some(Text, "name", "role", "language", "timezone", "colours"),
    *_some(Text, "body"),
)

buttons = Table(
    "buttons",
    metadata,
    _key("id"),
    *_some(Text, "verb", "subject", "argument"),
    *_some(Whole, "person", "chat"),
    *_maybe(Moment, "expires_at"),
    *_some(Boolean, "once"),
    *_maybe(Moment, "used_at"),
    *_maybe(Whole, "used_by"),
    _index("chat", "subject", "verb"),
    _index("expires_at"),
)

outbox = Table(
    "outbox",
    metadata,
    _key("id", Whole, counted=True),
    *_some(Text, "status"),
    *_some(Whole, "person", "chat"),
    *_some(Text, "account", "kind", "subject"),
    *_some(Moment, "at"),
    *_some(Whole, "attempts"),
    *_maybe(Moment, "retry_at", "sent_at"),
    *_maybe(Whole, "message_id"),
    *_maybe(Text, "failure"),
    *_some(Text, "body"),
    _index("status", "id"),
    sqlite_autoincrement=True,
)

cards = Table(
    "cards",
    metadata,
    _key("chat", Whole),
    _key("kind"),
    _key("subject"),
    *_some(Whole, "message_id"),
    *_some(Text, "digest"),
    _index("kind"),
)

inbox = Table(
    "inbox",
    metadata,
    _key("update_id", Whole),
    *_some(Text, "body"),
    *_some(Moment, "received_at"),
    *_maybe(Moment, "finished_at"),
    _index("finished_at"),
)

backtests = Table(
    "backtests",
    metadata,
    _key("id"),
    *_some(Text, "account", "kind", "status", "words", "error"),
    *_some(Whole, "person"),
    *_some(Moment, "created_at"),
    *_maybe(Float, "total", "hold", "drawdown"),
    *_maybe(Whole, "trades"),
    *_some(Boolean, "lost"),
    *_maybe(Text, "body"),
    _index("account", "created_at"),
)

notes = Table("notes", metadata, _key("key"), *_some(Text, "value"))

paper_accounts = Table(
    "paper_accounts",
    metadata,
    _key("account"),
    *_some(Money, "wallet"),
    *_some(Whole, "seq"),
)

paper_books = Table(
    "paper_books",
    metadata,
    _key("account"),
    _key("symbol"),
    *_some(Moment, "seen"),
    *_some(Money, "mark"),
    *_maybe(Money, "amount", "entry_price", "margin"),
    *_maybe(Whole, "leverage"),
    *_some(Whole, "orders"),
    *_some(Text, "body"),
)

paper_orders = Table(
    "paper_orders",
    metadata,
    _key("account"),
    _key("client_order_id"),
    *_some(Text, "status", "symbol", "side", "type"),
    *_some(Money, "amount", "filled"),
    *_maybe(Money, "price", "stop_price"),
    *_some(Moment, "placed_at"),
    *_some(Text, "body"),
)

paper_activity = Table(
    "paper_activity",
    metadata,
    _key("account"),
    _key("seq", Whole),
    *_activity(),
)
