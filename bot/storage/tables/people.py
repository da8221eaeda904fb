"""Whose desk it is, how it trades, and everything that waits between it and its people."""

from sqlalchemy import Boolean, Column, Table, Text

from bot.storage.columns import Moment, Whole
from bot.storage.tables.schema import index, key, maybe, metadata, some

account_settings = Table(
    "account_settings",
    metadata,
    key("account"),
    *some(Text, "profile", "approval", "absence", "timeframe"),
    *some(Boolean, "paused"),
    *maybe(Moment, "paused_at"),
    *some(Text, "body"),
)

people = Table(
    "people",
    metadata,
    key("id", Whole),
    *some(Whole, "chat"),
    *some(Text, "name", "role", "language", "timezone", "colours"),
    *some(Text, "body"),
)

buttons = Table(
    "buttons",
    metadata,
    key("id"),
    *some(Text, "verb", "subject", "argument"),
    *some(Whole, "person", "chat"),
    *maybe(Moment, "expires_at"),
    *some(Boolean, "once"),
    *maybe(Moment, "used_at"),
    *maybe(Whole, "used_by"),
    Column("account", Text, nullable=False, server_default="paper"),
    index("chat", "subject", "verb"),
    index("expires_at"),
)

outbox = Table(
    "outbox",
    metadata,
    key("id", Whole, counted=True),
    *some(Text, "status"),
    *some(Whole, "person", "chat"),
    *some(Text, "account", "kind", "subject"),
    *some(Moment, "at"),
    *some(Whole, "attempts"),
    *maybe(Moment, "retry_at", "sent_at"),
    *maybe(Whole, "message_id"),
    *maybe(Text, "failure"),
    *some(Text, "body"),
    index("status", "id"),
    sqlite_autoincrement=True,
)

cards = Table(
    "cards",
    metadata,
    key("chat", Whole),
    key("kind"),
    key("subject"),
    *some(Whole, "message_id"),
    *some(Text, "digest"),
    index("kind"),
)

inbox = Table(
    "inbox",
    metadata,
    key("update_id", Whole),
    *some(Text, "body"),
    *some(Moment, "received_at"),
    *maybe(Moment, "finished_at"),
    index("finished_at"),
)

notes = Table("notes", metadata, key("key"), *some(Text, "value"))
