"""Positions that the desk found and has not opened."""

from sqlalchemy import Table, Text

from bot.storage.columns import Moment, Money
from bot.storage.tables.schema import key, metadata, some

strangers = Table(
    "strangers",
    metadata,
    key("account"),
    key("symbol"),
    *some(Text, "status"),
    *some(Money, "amount"),
    *some(Moment, "seen_at"),
    *some(Text, "body"),
)
