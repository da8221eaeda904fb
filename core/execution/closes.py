"""One trade's closes so far, and what they still owe: a close that sold too little is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.trade import Trade
from core.domain.trading import Fill, OrderState, OrderStatus
from core.ports import Broker, Clock, Ledger

ATTEMPTS = 5
FORGOTTEN, EARLIER = timedelta(minutes=1), timedelta(days=1)
QUICK, SLOW = timedelta(seconds=2), timedelta(seconds=30)
UNDER_WAY = frozenset({IntentStatus.NEW, IntentStatus.SENDING})
IN_VAIN = frozenset({IntentStatus.REFUSED, IntentStatus.ABSENT})


@dataclass(frozen=True, slots=True)
class Closes:
    """Oldest first. `last` is what the venue says of the newest one, if it was accepted; `untold`
    what that one has sold and the ledger has not heard of.
    """

    intents: tuple[Intent, ...] = ()
    last: OrderState | None = None
    untold: Decimal = Decimal(0)

    @property
    def is_busy(self) -> bool:
        """May the newest one still sell something?"""
        if not self.intents or self.intents[-1].status in IN_VAIN:
            return False
        if self.intents[-1].status in UNDER_WAY:
            return True
        return self.last is None or self.last.status is OrderStatus.OPEN

    @property
    def owed(self) -> Decimal:
        """What the newest one was sent for and will never sell; nothing while it still may."""
        if not self.intents or self.is_busy:
            return Decimal(0)
        wanted = self.intents[-1].order.amount
        return wanted - self.last.filled if self.last else wanted

    def left(self, trade: Trade) -> Decimal:
        """What there is of a trade still to sell."""
        return max(Decimal(0), trade.remaining - self.untold)

    @property
    def failures(self) -> int:
        """How many were in vain since one was accepted."""
        row = 0
        for intent in reversed(self.intents):
            if intent.status not in IN_VAIN:
                break
            row += 1
        return row

    @property
    def code(self) -> str:
        """Why the newest one was refused."""
        return self.intents[-1].code if self.intents else ""

    def is_due(self, now: datetime) -> bool:
        """At first quickly; after some attempts slowly, and for ever."""
        if not self.intents:
            return True
        pace = QUICK if self.failures < ATTEMPTS else SLOW
        return now - self.intents[-1].created_at >= pace


@dataclass(frozen=True, slots=True)
class ReadCloses:
    """A close that was accepted and is not to be found any more is over, and sold nothing."""

    clock: Clock
    broker: Broker
    ledger: Ledger

    async def __call__(self, trade_id: str) -> Closes:
        """Raises BrokerUnavailable."""
        written = await self.ledger.trade_intents(trade_id)
        closes = tuple(intent for intent in written if intent.role is Role.CLOSE)
        if not closes or closes[-1].status is not IntentStatus.ACCEPTED:
            return Closes(closes)
        state = await self.broker.find(closes[-1].order)
        if state is None:
            return Closes(closes, self._lost(closes[-1]))
        return Closes(closes, state, state.filled - await self._told(closes[-1]))

    async def _told(self, intent: Intent) -> Decimal:
        """Fills may be dated back."""
        booked = await self.ledger.booked(intent.account, intent.created_at - EARLIER)
        fills = (one.activity for one in booked if isinstance(one.activity, Fill))
        own = (fill.amount for fill in fills if fill.client_order_id == intent.id)
        return sum(own, Decimal(0))

    def _lost(self, intent: Intent) -> OrderState | None:
        sent = intent.sent_at or intent.created_at
        if self.clock.now() <= sent + max(self.broker.arrival, FORGOTTEN):
            return None
        return OrderState(intent.order, OrderStatus.EXPIRED, Decimal(0), sent)
