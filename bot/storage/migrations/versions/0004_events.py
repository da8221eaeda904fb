"""What people tell the desk about the market: events to come, and what to ring for."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "events",
        *_some(sa.Text(), "id"),
        *_some(sa.BigInteger(), "at"),
        *_some(sa.Text(), "source body"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_at", "events", ["at"])
    op.create_table(
        "event_marks",
        *_some(sa.Text(), "id"),
        *_some(sa.Boolean(), "muted"),
        sa.PrimaryKeyConstraint("id", name="pk_event_marks"),
    )
    op.create_table(
        "alerts",
        *_some(sa.Text(), "id"),
        *_some(WHOLE, "number person"),
        *_some(sa.BigInteger(), "created_at"),
        sa.Column("fired_at", sa.BigInteger(), nullable=True),
        *_some(sa.Text(), "body"),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
    )
    op.create_index("ix_alerts_person_fired_at", "alerts", ["person", "fired_at"])


def downgrade() -> None:
    for table in ("alerts", "event_marks", "events"):
        op.drop_table(table)


def _some(kind: Any, names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=False) for name in names.split())
