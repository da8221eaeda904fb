"""What was tested."""

from sqlalchemy import Boolean, Float, Table, Text

from bot.storage.columns import Moment, Whole
from bot.storage.tables.schema import index, key, maybe, metadata, some

backtests = Table(
    "backtests",
    metadata,
    key("id"),
    *some(Text, "account", "kind", "status", "words", "error"),
    *some(Whole, "person"),
    *some(Moment, "created_at"),
    *maybe(Float, "total", "hold", "drawdown"),
    *maybe(Whole, "trades"),
    *some(Boolean, "lost"),
    *maybe(Text, "body"),
    index("account", "created_at"),
)
