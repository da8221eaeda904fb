"""What real accounts have lived through, as their venues told it."""

from sqlalchemy import Index, Table

from bot.storage.columns import Moment, Whole
from bot.storage.tables.schema import activity, key, metadata, some

diary = Table(
    "diary",
    metadata,
    key("account"),
    key("key"),
    *some(Whole, "seq"),
    *activity(),
    Index(None, "account", "seq", unique=True),
)

diary_marks = Table(
    "diary_marks",
    metadata,
    key("account"),
    key("stream"),
    *some(Moment, "heard"),
)
