"""What language models were asked, what they answered, and what each question cost."""

from sqlalchemy import LargeBinary, Table, Text

from bot.storage.columns import Moment, Money, Whole
from bot.storage.tables.schema import index, key, maybe, metadata, some

calls = Table(
    "calls",
    metadata,
    key("id"),
    *some(Text, "kind", "provider", "model", "status"),
    *maybe(Text, "failure"),
    *some(Moment, "at", "as_of"),
    *maybe(Moment, "settled_at"),
    *some(Money, "reserved", "cost"),
    *some(Whole, "counts"),
    *some(Text, "body"),
    index("at", "counts"),
    index("status"),
)
"""`counts` is what a call takes of a cap in billionths of a dollar, rounded up, so that SQL adds it."""

minutes = Table(
    "minutes",
    metadata,
    key("id", Whole, counted=True),
    *some(Text, "key", "call", "provider", "model", "kind", "fixed"),
    *some(Moment, "at"),
    *some(LargeBinary, "question", "answer"),
    *some(Text, "body"),
    index("key"),
    index("at"),
)
"""`question` and `answer` are the words, packed; `body` is the rest of both."""

minutes_fixed = Table(
    "minutes_fixed",
    metadata,
    key("digest"),
    *some(LargeBinary, "data"),
)
"""The part of a prompt that never changes within a version, once."""
