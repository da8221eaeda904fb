"""Backtests are kept: who asked for what, and what came of it."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "backtests",
        *_some(sa.Text(), "id account kind status words error"),
        *_some(WHOLE, "person"),
        *_some(sa.BigInteger(), "created_at"),
        *_maybe(sa.Float(), "total hold drawdown"),
        *_maybe(WHOLE, "trades"),
        *_some(sa.Boolean(), "lost"),
        *_maybe(sa.Text(), "body"),
        sa.PrimaryKeyConstraint("id", name="pk_backtests"),
    )
    op.create_index("ix_backtests_account_created_at", "backtests", ["account", "created_at"])


def downgrade() -> None:
    op.drop_table("backtests")


def _some(kind: Any, names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=False) for name in names.split())


def _maybe(kind: Any, names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=True) for name in names.split())
