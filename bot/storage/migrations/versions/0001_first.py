"""The first tables of the desk, as they were on the day they were made: later ones build on this."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Columns = Iterator[sa.Column[Any]]
INDEXES = (
    ("decisions", "as_of"),
    ("proposals", "account", "status", "created_at"),
    ("proposals", "account", "created_at"),
    ("trades", "account", "kind", "status", "closed_at"),
    ("intents", "account", "status"),
    ("intents", "trade_id"),
    ("booked", "account", "time"),
    ("booked", "trade_id"),
    ("buttons", "chat", "subject", "verb"),
    ("buttons", "expires_at"),
    ("outbox", "status", "id"),
    ("cards", "kind"),
    ("inbox", "finished_at"),
)
TABLES = (
    "decisions proposals trades intents booked equity_marks account_settings people buttons outbox"
    " cards inbox notes paper_accounts paper_books paper_orders paper_activity"
)


def upgrade() -> None:
    _judgement()
    _trading()
    _booked()
    _accounts()
    _talking()
    _paper()
    for table, *columns in INDEXES:
        op.create_index("_".join(("ix", table, *columns)), table, columns)


def downgrade() -> None:
    for table in TABLES.split():
        op.drop_table(table)


def _judgement() -> None:
    _create(
        "decisions",
        "id",
        _texts("id symbol verdict best_side snapshot"),
        _moments("as_of"),
        _floats("p_up p_target_first expected disagreement confidence"),
        _texts("body"),
    )
    _create(
        "proposals",
        "id",
        _texts("id account status symbol side author decision_id"),
        _texts("yes", nullable=True),
        _texts("amount entry_limit stop_loss risk reward"),
        _wholes("leverage"),
        _moments("created_at expires_at"),
        _moments("answered_at", nullable=True),
        _texts("body"),
    )


def _trading() -> None:
    _create(
        "trades",
        "id kind",
        _texts("id kind account status symbol side"),
        _texts("exit", nullable=True),
        _texts("amount remaining entry_price stop"),
        _texts("exit_price", nullable=True),
        _texts("realized fees funding risk"),
        _moments("created_at"),
        _moments("opened_at closed_at", nullable=True),
        _texts("body"),
    )
    _create(
        "intents",
        "id",
        _texts("id account trade_id role status code symbol side type amount"),
        _texts("price stop_price", nullable=True),
        _flags("reduce_only"),
        _moments("created_at"),
        _moments("sent_at", nullable=True),
        _texts("body"),
    )


def _accounts() -> None:
    _create(
        "equity_marks", "account at", _texts("account"), _moments("at"), _texts("equity wallet")
    )
    _create(
        "account_settings",
        "account",
        _texts("account profile approval absence timeframe"),
        _flags("paused"),
        _moments("paused_at", nullable=True),
        _texts("body"),
    )
    _create(
        "people",
        "id",
        _wholes("id chat"),
        _texts("name role language timezone colours body"),
    )


def _talking() -> None:
    _create(
        "buttons",
        "id",
        _texts("id verb subject argument"),
        _wholes("person chat"),
        _moments("expires_at", nullable=True),
        _flags("once"),
        _moments("used_at", nullable=True),
        _wholes("used_by", nullable=True),
    )
    _outbox()
    _cards()
    _create(
        "inbox",
        "update_id",
        _wholes("update_id"),
        _texts("body"),
        _moments("received_at"),
        _moments("finished_at", nullable=True),
    )
    _create("notes", "key", _texts("key value"))


def _cards() -> None:
    _create(
        "cards",
        "chat kind subject",
        _wholes("chat"),
        _texts("kind subject"),
        _wholes("message_id"),
        _texts("digest"),
    )


def _outbox() -> None:
    _create(
        "outbox",
        "id",
        iter([sa.Column("id", WHOLE, nullable=False, autoincrement=True)]),
        _texts("status"),
        _wholes("person chat"),
        _texts("account kind subject"),
        _moments("at"),
        _wholes("attempts"),
        _moments("retry_at sent_at", nullable=True),
        _wholes("message_id", nullable=True),
        _texts("failure", nullable=True),
        _texts("body"),
        sqlite_autoincrement=True,
    )


def _paper() -> None:
    _create("paper_accounts", "account", _texts("account wallet"), _wholes("seq"))
    _create(
        "paper_books",
        "account symbol",
        _texts("account symbol"),
        _moments("seen"),
        _texts("mark"),
        _texts("amount entry_price margin", nullable=True),
        _wholes("leverage", nullable=True),
        _wholes("orders"),
        _texts("body"),
    )
    _create(
        "paper_orders",
        "account client_order_id",
        _texts("account client_order_id status symbol side type amount filled"),
        _texts("price stop_price", nullable=True),
        _moments("placed_at"),
        _texts("body"),
    )
    _create("paper_activity", "account seq", _texts("account"), _wholes("seq"), *_did())


def _booked() -> None:
    _create(
        "booked", "account seq", _texts("account"), _wholes("seq"), _texts("trade_id"), *_did()
    )


def _did() -> tuple[Columns, ...]:
    return (
        _texts("type symbol"),
        _texts("client_order_id side liquidity cause", nullable=True),
        _texts("amount price fee realized funding rate", nullable=True),
        _moments("time"),
        _texts("body"),
    )


def _create(name: str, key: str, *columns: Columns, **options: Any) -> None:
    primary = sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}")
    op.create_table(name, *chain(*columns), primary, **options)


def _columns(kind: Any, names: str, *, nullable: bool) -> Columns:
    return (sa.Column(n, kind, nullable=nullable, autoincrement=False) for n in names.split())


def _texts(names: str, *, nullable: bool = False) -> Columns:
    return _columns(sa.Text(), names, nullable=nullable)


def _wholes(names: str, *, nullable: bool = False) -> Columns:
    return _columns(WHOLE, names, nullable=nullable)


def _moments(names: str, *, nullable: bool = False) -> Columns:
    return _columns(sa.BigInteger(), names, nullable=nullable)


def _floats(names: str) -> Columns:
    return _columns(sa.Float(), names, nullable=False)


def _flags(names: str) -> Columns:
    return _columns(sa.Boolean(), names, nullable=False)
