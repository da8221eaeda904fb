"""What markets were: which series are kept, their candles, and the funding that was paid.

Times are whole milliseconds, as in a CandleFrame. Rows lie in the order in which they are read.
"""

from sqlalchemy import BigInteger, Float, Table, Text, UniqueConstraint

from bot.storage.columns import Whole
from bot.storage.tables.schema import key, metadata, some

series = Table(
    "series",
    metadata,
    key("id", Whole, counted=True),
    *some(Text, "venue", "symbol", "kind", "timeframe"),
    UniqueConstraint("venue", "symbol", "kind", "timeframe"),
)

candles = Table(
    "candles",
    metadata,
    key("series", Whole),
    key("time", BigInteger),
    *some(Float, "open", "high", "low", "close", "volume"),
    sqlite_with_rowid=False,
)

funding_rates = Table(
    "funding_rates",
    metadata,
    key("series", Whole),
    key("time", BigInteger),
    *some(Float, "rate"),
    sqlite_with_rowid=False,
)
