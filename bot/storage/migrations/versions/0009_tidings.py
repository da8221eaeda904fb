"""Facts that models have found in the news are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "tidings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tidings"),
    )
    op.create_index("ix_tidings_seen_at", "tidings", ["seen_at"])


def downgrade() -> None:
    op.drop_table("tidings")
