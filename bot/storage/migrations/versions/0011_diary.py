"""What real accounts live through is numbered."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEEDED = ("account", "key")
NUMBERS = ("amount", "price", "fee", "realized", "funding", "rate")


def upgrade() -> None:
    op.create_table(
        "diary",
        *(sa.Column(name, sa.Text(), nullable=False) for name in NEEDED),
        sa.Column("seq", WHOLE, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("type", "symbol")),
        *(
            sa.Column(name, sa.Text(), nullable=True)
            for name in ("client_order_id", "side", "liquidity", "cause", *NUMBERS)
        ),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name="pk_diary"),
    )
    op.create_index("ix_diary_account_seq", "diary", ["account", "seq"], unique=True)
    op.create_table(
        "diary_marks",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("account", "stream")),
        sa.Column("heard", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "stream", name="pk_diary_marks"),
    )


def downgrade() -> None:
    op.drop_table("diary_marks")
    op.drop_index("ix_diary_account_seq", "diary")
    op.drop_table("diary")
