"""Where paper accounts sleep."""

from sqlalchemy import Table, Text

from bot.storage.columns import Moment, Money, Whole
from bot.storage.tables.schema import activity, key, maybe, metadata, some

paper_accounts = Table(
    "paper_accounts",
    metadata,
    key("account"),
    *some(Money, "wallet"),
    *some(Whole, "seq"),
)

paper_books = Table(
    "paper_books",
    metadata,
    key("account"),
    key("symbol"),
    *some(Moment, "seen"),
    *some(Money, "mark"),
    *maybe(Money, "amount", "entry_price", "margin"),
    *maybe(Whole, "leverage"),
    *some(Whole, "orders"),
    *some(Text, "body"),
)

paper_orders = Table(
    "paper_orders",
    metadata,
    key("account"),
    key("client_order_id"),
    *some(Text, "status", "symbol", "side", "type"),
    *some(Money, "amount", "filled"),
    *maybe(Money, "price", "stop_price"),
    *some(Moment, "placed_at"),
    *some(Text, "body"),
)

paper_activity = Table(
    "paper_activity",
    metadata,
    key("account"),
    key("seq", Whole),
    *activity(),
)
