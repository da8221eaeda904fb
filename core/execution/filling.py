"""How much of an entry has been filled that is not booked yet: a venue may tell its fills late."""

from dataclasses import dataclass, field
from decimal import Decimal

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.trade import Trade
from core.domain.trading import OrderStatus
from core.errors import BrokerUnavailable, LedgerUnavailable
from core.execution.hurrying import Hurried
from core.ports import Ledger

SENT = frozenset({IntentStatus.SENDING, IntentStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class AskEntry:
    """`whole` are trades whose entry is over and booked to its last piece."""

    broker: Hurried
    ledger: Ledger
    whole: set[str] = field(default_factory=set)

    async def __call__(self, trade: Trade) -> Decimal:
        """Nothing when the venue does not say."""
        if trade.id in self.whole:
            return Decimal(0)
        try:
            entry = await self._entry(trade)
            state = await self.broker.find(entry.order) if entry else None
        except (BrokerUnavailable, LedgerUnavailable):
            return Decimal(0)
        unbooked = max(Decimal(0), state.filled - trade.amount) if state else Decimal(0)
        if not unbooked and (entry is None or (state and state.status is not OrderStatus.OPEN)):
            self.whole.add(trade.id)
        return unbooked

    async def _entry(self, trade: Trade) -> Intent | None:
        written = await self.ledger.trade_intents(trade.id)
        return next((i for i in written if i.role is Role.ENTRY and i.status in SENT), None)
