"""Positions that the desk has not opened are kept, with what a person has said of them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "strangers",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("account", "symbol")),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", "symbol", name="pk_strangers"),
    )


def downgrade() -> None:
    op.drop_table("strangers")
