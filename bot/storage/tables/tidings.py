"""Facts that models have found in the news."""

from sqlalchemy import Table, Text

from bot.storage.columns import Moment
from bot.storage.tables.schema import index, key, metadata, some

tidings = Table(
    "tidings",
    metadata,
    key("id"),
    *some(Moment, "seen_at"),
    *some(Text, "body"),
    index("seen_at"),
)
