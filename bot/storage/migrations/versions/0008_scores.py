"""Outcomes and forecasts are kept, and decisions wait for their outcome.

What was decided before is scored as well, as far as its minutes can still be had.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op
from pydantic import TypeAdapter

revision = "0008"
down_revision = "0007"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NUMBERS = (
    *(
        f"{what}_{of}"
        for what in ("stated", "chance", "believed")
        for of in ("up", "long", "short")
    ),
    "up",
    "long",
    "short",
    "weight",
)


def upgrade() -> None:
    _fates()
    _awaited()
    op.create_table(
        "resolutions",
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *(_number(name) for name in ("ended", "up", "long", "short")),
        sa.PrimaryKeyConstraint("decision", name="pk_resolutions"),
    )
    op.create_table(
        "forecasts",
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        *map(_number, NUMBERS),
        sa.PrimaryKeyConstraint("decision", "voice", name="pk_forecasts"),
    )
    op.create_index("ix_forecasts_as_of", "forecasts", ["as_of"])


def _number(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=False)


def _fates() -> None:
    op.create_table(
        "fates",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("opposed", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", "decision", name="pk_fates"),
    )
    op.create_index("ix_fates_account_opposed_at", "fates", ["account", "opposed", "at"])


def _awaited() -> None:
    awaited = op.create_table(
        "awaited",
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("ask_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("decision", name="pk_awaited"),
    )
    op.create_index("ix_awaited_ask_at", "awaited", ["ask_at"])
    decided = op.get_bind().execute(sa.text("SELECT id, body FROM decisions")).all()
    if decided:
        op.bulk_insert(awaited, [_waiting(name, json.loads(body)) for name, body in decided])


def _waiting(name: str, decision: dict[str, Any]) -> dict[str, object]:
    asked = decision["question"]
    horizon = TypeAdapter(timedelta).validate_python(asked["horizon"])
    candle = horizon / asked["tuning"]["horizon"] if "tuning" in asked else horizon / 48
    as_of = datetime.fromisoformat(asked["as_of"])
    ends = as_of - (as_of - EPOCH) % candle + horizon
    microseconds = (ends - EPOCH) // timedelta(microseconds=1)
    return {"decision": name, "ends_at": microseconds, "ask_at": microseconds}


def downgrade() -> None:
    for table in ("forecasts", "resolutions", "awaited", "fates"):
        op.drop_table(table)
