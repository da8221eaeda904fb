"""What came of decisions: who spoke against them, what the market answered, and each voice's part.

`awaited` holds a decision until its outcome is known; without `ask_at` it was given up. A forecast
is numbers only, so that many are read as columns.
"""

from sqlalchemy import Boolean, Float, Table, Text

from bot.storage.columns import Moment
from bot.storage.tables.schema import index, key, maybe, metadata, some

THREE = ("up", "long", "short")
GROUPS = {
    "stated": tuple(f"stated_{of}" for of in THREE),
    "chance": tuple(f"chance_{of}" for of in THREE),
    "believed": tuple(f"believed_{of}" for of in THREE),
    "outcome": THREE,
}

fates = Table(
    "fates",
    metadata,
    key("account"),
    key("decision"),
    *some(Moment, "at"),
    *some(Text, "ending", "rule", "proposal"),
    *some(Boolean, "opposed"),
    *some(Text, "body"),
    index("account", "opposed", "at"),
)

awaited = Table(
    "awaited",
    metadata,
    key("decision"),
    *some(Moment, "ends_at"),
    *maybe(Moment, "ask_at"),
    index("ask_at"),
)

resolutions = Table(
    "resolutions",
    metadata,
    key("decision"),
    *some(Text, "symbol"),
    *some(Moment, "as_of", "at"),
    *some(Float, "ended", *THREE),
)

forecasts = Table(
    "forecasts",
    metadata,
    key("decision"),
    key("voice"),
    *some(Text, "symbol"),
    *some(Moment, "as_of", "ends_at", "known_at"),
    *(column for names in GROUPS.values() for column in some(Float, *names)),
    *some(Float, "weight"),
    index("as_of"),
)
