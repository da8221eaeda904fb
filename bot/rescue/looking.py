"""How an account is, out of the ledger alone; and how its venue shows it, where that is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.accounts.noting import Sure, was_sure
from bot.rescue.holder import Holder
from bot.storage.database import Database
from bot.storage.leasing import Row, look
from bot.storage.ledger import SqlLedger
from bot.storage.notes import SqlNotes
from core.domain.account import DeskAccount
from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import EquityMark
from core.domain.people import AccountSettings
from core.domain.trade import Trade
from core.domain.trading import Account, OrderState, OrderType
from core.errors import NotFound
from core.execution.clearing import belongs
from core.ports import Broker, Clock

PENDING = (IntentStatus.NEW, IntentStatus.SENDING)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a venue shows of an account now."""

    at: datetime
    account: Account
    orders: tuple[OrderState, ...]

    def stop_of(self, trade: Trade) -> Decimal | None:
        """How much of a trade has a stop in the market."""
        mine = [s.order for s in self.orders if belongs(s.order, trade)]
        return sum((o.amount for o in mine if o.type is OrderType.STOP_MARKET), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One account. Without `settings` no desk has ever begun in it; `trouble`: why its venue shows
    nothing, where it was asked.
    """

    account: DeskAccount
    settings: AccountSettings | None = None
    mark: EquityMark | None = None
    trades: tuple[Trade, ...] = ()
    pending: tuple[Intent, ...] = ()
    lease: Row | None = None
    sure: Sure | None = None
    shown: Shown | None = None
    trouble: str = ""


async def seen(account: DeskAccount, database: Database, clock: Clock) -> Seen:
    ledger, name = SqlLedger(database), account.name
    try:
        settings = await ledger.settings(name)
    except NotFound:
        return Seen(account=account)
    return Seen(
        account=account,
        settings=settings,
        mark=await ledger.equity_before(name, clock.now()),
        trades=await ledger.live_trades(name),
        pending=await ledger.intents(name, PENDING),
        lease=await database.read(look, name),
        sure=await was_sure(SqlNotes(database), name),
    )


async def shown(broker: Broker, clock: Clock) -> Shown:
    """Raises BrokerUnavailable."""
    account, orders = await broker.account(), await broker.open_orders()
    return Shown(clock.now(), account, orders)


def confirmed(one: Seen, trade: Trade) -> datetime | None:
    """When the venue last confirmed a trade's stop, as far as anybody knows."""
    if one.shown and one.shown.stop_of(trade):
        return one.shown.at
    known: Mapping[str, datetime] = one.sure.stops if one.sure else {}
    return known.get(trade.id)


@dataclass(frozen=True, slots=True)
class Whole:
    """All accounts, money first; who has the folder, and how many bytes are left in it."""

    at: datetime
    accounts: tuple[Seen, ...]
    holder: Holder | None
    free: int | None
