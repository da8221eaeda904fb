"""What was decided, proposed, traded and booked, and what the account was worth."""

from sqlalchemy import Boolean, Float, Table, Text

from bot.storage.columns import Moment, Money, Whole
from bot.storage.tables.schema import activity, index, key, maybe, metadata, some

decisions = Table(
    "decisions",
    metadata,
    key("id"),
    *some(Text, "symbol", "verdict", "best_side", "snapshot"),
    *some(Moment, "as_of"),
    *some(Float, "p_up", "p_target_first", "expected", "disagreement", "confidence"),
    *some(Text, "body"),
    index("as_of"),
)

proposals = Table(
    "proposals",
    metadata,
    key("id"),
    *some(Text, "account", "status", "symbol", "side", "author", "decision_id"),
    *maybe(Text, "yes"),
    *some(Money, "amount", "entry_limit", "stop_loss", "risk", "reward"),
    *some(Whole, "leverage"),
    *some(Moment, "created_at", "expires_at"),
    *maybe(Moment, "answered_at"),
    *some(Text, "body"),
    index("account", "status", "created_at"),
    index("account", "created_at"),
)

trades = Table(
    "trades",
    metadata,
    key("id"),
    key("kind"),
    *some(Text, "account", "status", "symbol", "side"),
    *maybe(Text, "exit"),
    *some(Money, "amount", "remaining", "entry_price", "stop"),
    *maybe(Money, "exit_price"),
    *some(Money, "realized", "fees", "funding", "risk"),
    *some(Moment, "created_at"),
    *maybe(Moment, "opened_at", "closed_at"),
    *some(Text, "body"),
    index("account", "kind", "status", "closed_at"),
)

intents = Table(
    "intents",
    metadata,
    key("id"),
    *some(Text, "account", "trade_id", "role", "status", "code", "symbol", "side", "type"),
    *some(Money, "amount"),
    *maybe(Money, "price", "stop_price"),
    *some(Boolean, "reduce_only"),
    *some(Moment, "created_at"),
    *maybe(Moment, "sent_at"),
    *some(Text, "body"),
    index("account", "status"),
    index("account", "sent_at"),
    index("trade_id"),
)

booked = Table(
    "booked",
    metadata,
    key("account"),
    key("seq", Whole),
    *some(Text, "trade_id"),
    *activity(),
    index("account", "time"),
    index("trade_id"),
)

equity_marks = Table(
    "equity_marks",
    metadata,
    key("account"),
    key("at", Moment),
    *some(Money, "equity", "wallet"),
)
