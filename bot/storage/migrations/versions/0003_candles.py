"""Markets are kept: candles, mark candles and funding rates of every venue."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", WHOLE, nullable=False, autoincrement=True),
        *_some(sa.Text(), "venue symbol kind timeframe"),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint(
            *("venue", "symbol", "kind", "timeframe"), name="uq_series_venue_symbol_kind_timeframe"
        ),
    )
    _rows("candles", "open high low close volume")
    _rows("funding_rates", "rate")


def downgrade() -> None:
    for table in ("funding_rates", "candles", "series"):
        op.drop_table(table)


def _rows(name: str, numbers: str) -> None:
    op.create_table(
        name,
        sa.Column("series", WHOLE, nullable=False, autoincrement=False),
        sa.Column("time", sa.BigInteger(), nullable=False, autoincrement=False),
        *_some(sa.Float(), numbers),
        sa.PrimaryKeyConstraint("series", "time", name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )


def _some(kind: Any, names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=False) for name in names.split())
