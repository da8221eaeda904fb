"""Which process looks after which account."""

from sqlalchemy import Table, Text

from bot.storage.columns import Whole
from bot.storage.tables.schema import key, metadata, some

leases = Table(
    "leases",
    metadata,
    key("account"),
    *some(Text, "holder"),
    *some(Whole, "fence", "beat"),
)
"""`fence` grows with every new holder, `beat` with every renewal; nobody holds it when `holder` is
empty. It says nothing about time: machines disagree about that.
"""
