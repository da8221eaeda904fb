"""What nobody may read who has only the database: keys, sealed, and the lock before them."""

from sqlalchemy import LargeBinary, Table, Text

from bot.storage.columns import Whole
from bot.storage.tables.schema import key, metadata, some

locks = Table(
    "locks",
    metadata,
    key("id"),
    *some(Text, "kind"),
    *some(Whole, "generation", "memory", "passes", "lanes"),
    *some(LargeBinary, "salt", "proof", "wrapped"),
)
"""One row. `wrapped` is the data key under the master key, which is kept elsewhere."""

secrets = Table(
    "secrets",
    metadata,
    key("account"),
    key("venue"),
    key("field"),
    *some(Whole, "generation"),
    *some(LargeBinary, "sealed"),
)
"""`sealed` opens only with the data key of its generation, and only in its own row."""
