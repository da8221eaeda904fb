"""What strangers have published, by which keys a story is known again, and the moods."""

from sqlalchemy import Boolean, Table, Text

from bot.storage.columns import Moment, Whole
from bot.storage.tables.schema import index, key, metadata, some

news = Table(
    "news",
    metadata,
    key("id"),
    *some(Text, "source", "language", "title", "coins", "url"),
    *some(Moment, "time", "seen_at"),
    *some(Whole, "tier"),
    *some(Boolean, "dated"),
    index("time"),
)

news_keys = Table(
    "news_keys",
    metadata,
    key("key"),
    *some(Text, "news"),
    *some(Moment, "seen_at"),
    index("news"),
    index("seen_at"),
)

moods = Table(
    "moods",
    metadata,
    key("time", Moment),
    *some(Whole, "value"),
    *some(Text, "kind"),
)
