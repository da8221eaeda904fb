"""One process looks after an account; what was sent lately is found quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("fence", WHOLE, nullable=False),
        sa.Column("beat", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_leases"),
    )
    op.create_index("ix_intents_account_sent_at", "intents", ["account", "sent_at"])


def downgrade() -> None:
    op.drop_index("ix_intents_account_sent_at", table_name="intents")
    op.drop_table("leases")
