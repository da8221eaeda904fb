"""News and moods are kept: what strangers have published, told once."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "news",
        *_some(sa.Text(), "id source language title coins url"),
        *_some(sa.BigInteger(), "time seen_at"),
        *_some(WHOLE, "tier"),
        *_some(sa.Boolean(), "dated"),
        sa.PrimaryKeyConstraint("id", name="pk_news"),
    )
    op.create_index("ix_news_time", "news", ["time"])
    op.create_table(
        "news_keys",
        *_some(sa.Text(), "key news"),
        *_some(sa.BigInteger(), "seen_at"),
        sa.PrimaryKeyConstraint("key", name="pk_news_keys"),
    )
    op.create_index("ix_news_keys_news", "news_keys", ["news"])
    op.create_index("ix_news_keys_seen_at", "news_keys", ["seen_at"])
    op.create_table(
        "moods",
        sa.Column("time", sa.BigInteger(), nullable=False, autoincrement=False),
        *_some(WHOLE, "value"),
        *_some(sa.Text(), "kind"),
        sa.PrimaryKeyConstraint("time", name="pk_moods"),
    )


def downgrade() -> None:
    for table in ("moods", "news_keys", "news"):
        op.drop_table(table)


def _some(kind: Any, names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=False) for name in names.split())
