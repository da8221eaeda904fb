"""A button says in which account it acts; until now there was one."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column(
        "buttons", sa.Column("account", sa.Text(), nullable=False, server_default="paper")
    )


def downgrade() -> None:
    op.drop_column("buttons", "account")
