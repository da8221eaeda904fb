"""One trade's closes so far, and what they still owe: a close that sold too little is tried again.

A close whose answer was lost blocks the next one until it can no longer arrive, unless another can
do no harm: it only reduces, and nobody else holds a part of the position.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.trade import Trade
from core.domain.trading import Fill, OrderState, OrderStatus
from core.execution.hurrying import Hurried
from core.ports import Clock, Ledger

ATTEMPTS = 5
FORGOTTEN, EARLIER = timedelta(minutes=1), timedelta(days=1)
QUICK, SLOW = timedelta(seconds=2), timedelta(seconds=30)
OVERDUE = timedelta(seconds=3)
IN_VAIN = frozenset({IntentStatus.REFUSED, IntentStatus.ABSENT})
NOT_DONE = IN_VAIN | {IntentStatus.SENDING}


@dataclass(frozen=True, slots=True)
class Closes:
    """Oldest first. `last` is what the venue says of the newest one, if it was accepted; `untold`
    what that one has sold and the ledger has not heard of. `harmless`: where nobody knows what
    became of one, another for all of it may go beside it.
    """

    intents: tuple[Intent, ...] = ()
    last: OrderState | None = None
    untold: Decimal = Decimal(0)
    harmless: bool = False

    @property
    def is_busy(self) -> bool:
        """May one of them still sell something?"""
        if not self.intents or self.lost:
            return bool(self.lost)
        if self.intents[-1].status is IntentStatus.ACCEPTED:
            return self.last is None or self.last.status is OrderStatus.OPEN
        return self.intents[-1].status is IntentStatus.NEW

    def forbids(self, *, whole: bool) -> bool:
        """Would another one, perhaps for all of it, be too much?"""
        return self.is_busy and not (whole and self.harmless)

    def is_whole(self, trade: Trade) -> bool:
        """Was the newest one for all that there is, and nothing is known to have come of it?"""
        if not self.intents or self.intents[-1].status not in NOT_DONE:
            return False
        return self.intents[-1].order.amount >= self.left(trade)

    @property
    def lost(self) -> list[Intent]:
        """Sent, and nobody knows what became of them."""
        return [one for one in self.intents if one.status is IntentStatus.SENDING]

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
            if intent.status not in NOT_DONE:
                break
            row += 1
        return row

    @property
    def code(self) -> str:
        """Why the newest one was refused."""
        return self.intents[-1].code if self.intents else ""

    def is_due(self, now: datetime, *, pressing: bool) -> bool:
        """At first quickly; after some attempts slowly unless it presses, and for ever."""
        if not self.intents:
            return True
        pace = QUICK if pressing or self.failures < ATTEMPTS else SLOW
        return now - self.intents[-1].created_at >= pace


@dataclass(frozen=True, slots=True)
class ReadCloses:
    """A close that was accepted and is not to be found any more is over, and sold nothing."""

    clock: Clock
    broker: Hurried
    ledger: Ledger

    async def __call__(self, trade: Trade) -> Closes:
        """Raises BrokerUnavailable."""
        written = await self.ledger.trade_intents(trade.id)
        closes = Closes(tuple(intent for intent in written if intent.role is Role.CLOSE))
        if closes.lost:
            return replace(closes, harmless=await self._is_harmless(trade, closes))
        return await self._accepted(closes.intents)

    async def _is_harmless(self, trade: Trade, closes: Closes) -> bool:
        """Some seconds after the last one was sent, and the position still stands."""
        last = max(one.sent_at or one.created_at for one in closes.intents)
        if trade.beside or self.clock.now() - last < OVERDUE:
            return False
        position = (await self.broker.account()).position(trade.symbol)
        return position is not None and 0 < position.amount * trade.side.sign <= trade.remaining

    async def _accepted(self, closes: tuple[Intent, ...]) -> Closes:
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
