"""What was looked at before a decision is kept, so that it can be looked at again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "sights",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_sights"),
    )
    op.create_index("ix_sights_as_of", "sights", ["as_of"])
    op.create_table(
        "sight_blocks",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sight_blocks"),
    )
    op.create_index("ix_sight_blocks_used_at", "sight_blocks", ["used_at"])


def downgrade() -> None:
    op.drop_table("sight_blocks")
    op.drop_table("sights")
