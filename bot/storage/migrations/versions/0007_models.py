"""What models are asked is reserved, settled and kept word for word."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calls",
        *_some(sa.Text(), "id kind provider model status reserved cost body"),
        *_some(sa.BigInteger(), "at as_of"),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("counts", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    op.create_index("ix_calls_at", "calls", ["at"])
    op.create_index("ix_calls_status", "calls", ["status"])
    op.create_table(
        "minutes",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        *_some(sa.Text(), "key call provider model kind fixed body"),
        *_some(sa.LargeBinary(), "question answer"),
        *_some(sa.BigInteger(), "at"),
        sa.PrimaryKeyConstraint("id", name="pk_minutes"),
    )
    op.create_index("ix_minutes_key", "minutes", ["key"])
    op.create_index("ix_minutes_at", "minutes", ["at"])
    op.create_table(
        "minutes_fixed",
        *_some(sa.Text(), "digest"),
        *_some(sa.LargeBinary(), "data"),
        sa.PrimaryKeyConstraint("digest", name="pk_minutes_fixed"),
    )


def downgrade() -> None:
    for table in ("minutes_fixed", "minutes", "calls"):
        op.drop_table(table)


def _some(kind: Any, names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=False) for name in names.split())
