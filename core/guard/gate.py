"""The last door before the wire: asked about every order, it only ever holds back entries."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.calendar import day_start
from core.domain.intent import Intent, Role
from core.domain.trading import Account
from core.errors import BrokerUnavailable, NoMarketData, UnknownSymbol
from core.guard.caps import HOUR, STANDARD, Caps
from core.guard.entering import Barred, Entering, barred, closed, held, told_by_the_gate
from core.guard.ports import Reconciled, Sent
from core.losses import Losses
from core.ports import Broker, Clock, Ledger, Quotes

UNREADABLE = (BrokerUnavailable, NoMarketData, UnknownSymbol)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGate:
    """What nobody can talk past: the account's state, hard caps, pace, prices and losses."""

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    quotes: Quotes
    sent: Sent
    reconciled: Reconciled
    losses: Losses
    caps: Caps = STANDARD

    async def admit(self, intent: Intent) -> str | None:
        """Stops, targets and closes pass unasked. What cannot be read forbids an entry."""
        if intent.role is not Role.ENTRY or intent.order.reduce_only:
            return None
        settings = await self.ledger.settings(self.account)
        reconciled = self.reconciled.is_reconciled
        shut = closed(intent.order.symbol, settings, reconciled=reconciled)
        if shut:
            return shut.code
        try:
            found = barred(await self._entering(intent), self.caps)
        except UNREADABLE:
            return Barred.UNREAD.code
        return found.code if found else None

    async def _entering(self, intent: Intent) -> Entering:
        now, symbol = self.clock.now(), intent.order.symbol
        account = await self.broker.account()
        return Entering(
            order=intent.order,
            now=now,
            quote=await self.quotes.quote(symbol),
            equity=account.equity,
            held=await self._held(account, intent.trade_id),
            sent=await self._sent(intent.id, now - HOUR),
            trips=await self._trips(symbol, now),
            started=await self.losses.started(now),
        )

    async def _held(self, account: Account, trade_id: str) -> Decimal:
        return held(account, await self.ledger.live_trades(self.account), trade_id)

    async def _sent(self, this: str, since: datetime) -> tuple[datetime, ...]:
        """When other entries left; what this gate has held back has not left."""
        left = await self.sent.since(self.account, since)
        entries = (one for one in left if one.role is Role.ENTRY and one.id != this)
        return tuple(
            one.sent_at for one in entries if one.sent_at and not told_by_the_gate(one.code)
        )

    async def _trips(self, symbol: str, now: datetime) -> int:
        today = await self.ledger.closed_trades(self.account, day_start(now))
        return sum(trade.symbol == symbol for trade in today)
