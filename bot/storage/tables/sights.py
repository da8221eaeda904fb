"""What was looked at before a decision: a page each, over blocks of candles that many pages share."""

from sqlalchemy import LargeBinary, Table, Text

from bot.storage.columns import Moment
from bot.storage.tables.schema import index, key, metadata, some

sights = Table(
    "sights",
    metadata,
    key("hash"),
    *some(Text, "symbol"),
    *some(Moment, "as_of"),
    *some(Text, "body"),
    index("as_of"),
)

sight_blocks = Table(
    "sight_blocks",
    metadata,
    key("digest"),
    *some(LargeBinary, "data"),
    *some(Moment, "used_at"),
    index("used_at"),
)
"""`used_at` is when a page last pointed at the block."""
