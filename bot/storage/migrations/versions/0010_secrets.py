"""Keys are kept, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "locks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *(
            sa.Column(name, WHOLE, nullable=False)
            for name in ("generation", "memory", "passes", "lanes")
        ),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=False)
            for name in ("salt", "proof", "wrapped")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_locks"),
    )
    op.create_table(
        "secrets",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("account", "venue", "field")),
        sa.Column("generation", WHOLE, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account", "venue", "field", name="pk_secrets"),
    )


def downgrade() -> None:
    op.drop_table("secrets")
    op.drop_table("locks")
