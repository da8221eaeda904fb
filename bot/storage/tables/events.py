"""What people have told the desk about the market: events to come, and what to ring for."""

from sqlalchemy import Boolean, Table, Text

from bot.storage.columns import Moment, Whole
from bot.storage.tables.schema import index, key, maybe, metadata, some

events = Table(
    "events",
    metadata,
    key("id"),
    *some(Moment, "at"),
    *some(Text, "source", "body"),
    index("at"),
)

event_marks = Table("event_marks", metadata, key("id"), *some(Boolean, "muted"))

alerts = Table(
    "alerts",
    metadata,
    key("id"),
    *some(Whole, "number", "person"),
    *some(Moment, "created_at"),
    *maybe(Moment, "fired_at"),
    *some(Text, "body"),
    index("person", "fired_at"),
)
