"""Is this position sheltered? What the market shows, what was asked for, and for how long it is bare.

Pure. A stop is proven by the venue's own word about an order under our id; a stop that a venue has
attached to the entry is a bridge until then, and never proof.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.trade import Trade
from core.domain.trading import Order, OrderState, OrderStatus, OrderType
from core.execution.clearing import belongs

LATEST = timedelta(seconds=8)
ASK_AGAIN = timedelta(seconds=1)
A_WHILE, MOST_TRIES, PAUSE = timedelta(seconds=30), 12, timedelta(seconds=5)
SENT = frozenset({IntentStatus.SENDING, IntentStatus.ACCEPTED})


def stops_of(trade: Trade, states: Iterable[OrderState]) -> list[OrderState]:
    """The desk's own stops for a trade."""
    return [
        state
        for state in states
        if state.order.type is OrderType.STOP_MARKET and belongs(state.order, trade)
    ]


def guards(state: OrderState, trade: Trade) -> bool:
    """Is this the stop the desk wants, alive and large enough?

    Where somebody holds a part of the same position, it must not be too large either.
    """
    unfilled = state.order.amount - state.filled
    fits = unfilled == trade.remaining if trade.beside else unfilled >= trade.remaining
    return state.status is OrderStatus.OPEN and _is_at(state.order, trade) and fits


def _is_at(order: Order, trade: Trade) -> bool:
    return order.stop_price == trade.stop


def latest_stop(trade: Trade, written: Sequence[Intent]) -> Intent | None:
    """The newest stop that was sent for what the trade wants now, and was not refused."""
    fits = [
        intent
        for intent in written
        if intent.role is Role.STOP and intent.status in SENT and _is_at(intent.order, trade)
    ]
    newest = fits[-1] if fits else None
    return newest if newest and newest.order.amount >= trade.remaining else None


def may_come(intent: Intent, now: datetime, arrival: timedelta) -> bool:
    """A stop that is not to be found: can it still come into sight?

    One that the venue has confirmed gets the time that reading may lag; one of unknown fate only
    moments, because two live stops are fine and none is not.
    """
    patience = arrival if intent.status is IntentStatus.ACCEPTED else ASK_AGAIN
    return now < (intent.sent_at or intent.created_at) + patience


def was_tried(trade: Trade, written: Sequence[Intent], now: datetime) -> bool:
    """Has one for what the trade wants now been refused just now?"""
    stops = [i for i in written if i.role is Role.STOP and _is_at(i.order, trade)]
    newest = stops[-1] if stops else None
    refused = newest is not None and newest.status is IntentStatus.REFUSED
    return newest is not None and refused and now - newest.created_at < ASK_AGAIN


def is_hasty(
    written: Sequence[Intent], role: Role, now: datetime, pause: timedelta = A_WHILE
) -> bool:
    """Have so many been tried just now that another one would only be noise? After a `pause` it may
    have become another matter.
    """
    ages = [now - i.created_at for i in written if i.role is role]
    return sum(age < A_WHILE for age in ages) >= MOST_TRIES and min(ages) < pause


@dataclass(frozen=True, slots=True)
class Bare:
    """Since when each position has been without a proven stop, by the clock and by nothing else.

    The loop comes round every two seconds, so that what is found overdue at the eighth is closed
    by the tenth.
    """

    since: dict[str, datetime] = field(default_factory=dict)

    def noticed(self, trade: Trade, now: datetime, *, ever_seen: bool) -> timedelta:
        """For how long by now: from the first fill on where no stop has been seen yet."""
        began = now if ever_seen or trade.opened_at is None else trade.opened_at
        return now - self.since.setdefault(trade.id, min(began, now))

    def sheltered(self, trade: Trade) -> None:
        self.since.pop(trade.id, None)
