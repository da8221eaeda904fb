"""One trade's stop: found in the market, asked for, placed anew; or the price is past it already.

Two live stops are fine for a moment, and none is not: one of which nothing is heard is joined by
another as soon as it cannot be proven.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from functools import partial

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.ledger import Change
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.trade import Trade
from core.domain.trading import Order, OrderState, OrderStatus, Outcome, Placed, Refused, Unknown
from core.errors import BrokerUnavailable, LedgerUnavailable
from core.execution.codes import GUARDED, STOP_PASSED
from core.execution.editing import EditTrades
from core.execution.hurrying import SOON, Hurried
from core.execution.issuing import IssueExit
from core.execution.orders import stop_order
from core.execution.sending import SendIntent
from core.execution.shelter import (
    PAUSE,
    guards,
    is_hasty,
    latest_stop,
    may_come,
    stops_of,
    was_tried,
)
from core.execution.watching import WatchPrice
from core.ports import Clock, Ledger


class Stands(Enum):
    """How a position stands. LIKELY: nothing says that its stop is gone. AGAIN: it was not taken, as
    far as the venue says. TRIGGERED: it went off, and the position is still there. PASSED: the
    price is where it would have been. UNTOLD: it went off, and nobody says what is left.
    """

    YES = auto()
    LIKELY = auto()
    NOT_YET = auto()
    AGAIN = auto()
    TRIGGERED = auto()
    PASSED = auto()
    UNTOLD = auto()


BETTER = (Stands.YES, Stands.LIKELY, Stands.PASSED, Stands.TRIGGERED, Stands.NOT_YET, Stands.AGAIN)


@dataclass(frozen=True, slots=True)
class KeepStop:
    clock: Clock
    broker: Hurried
    ledger: Ledger
    send: SendIntent
    edit: EditTrades
    watch: WatchPrice
    seen: dict[str, datetime]

    async def __call__(self, trade: Trade, states: Sequence[OrderState] | None) -> Stands:
        """Raises BrokerUnavailable where nothing is known of a stop that may be there."""
        if trade.guarded:
            return await self._watched(trade)
        stops = stops_of(trade, states or ())
        kept = next((stop for stop in stops if guards(stop, trade)), None)
        stands = Stands.YES if kept else await self._asked(trade)
        if stands is Stands.YES:
            self.seen[trade.id] = self.clock.now()
            for stop in stops:
                if stop is not kept:
                    await self.send.cancel(stop.order)
        return stands

    async def _asked(self, trade: Trade) -> Stands:
        """The list does not show it: ask for it by name, before another one is placed."""
        written = await self._written(trade)
        latest, now = latest_stop(trade, written), self.clock.now()
        if latest is None:
            return await self._place(trade)
        comes = may_come(latest, now, self.broker.arrival)
        try:
            state = await self.broker.find(latest.order)
        except BrokerUnavailable:
            if latest.status is IntentStatus.ACCEPTED:
                return Stands.LIKELY
            state = None
        if state is not None:
            return await self._told(trade, latest, state)
        if comes:
            confirmed = latest.status is IntentStatus.ACCEPTED
            return Stands.LIKELY if confirmed else Stands.NOT_YET
        return await self._place(trade)

    async def _told(self, trade: Trade, latest: Intent, state: OrderState) -> Stands:
        if guards(state, trade):
            return Stands.YES
        if state.status is OrderStatus.OPEN:
            return await self._place(trade)
        if state.status is OrderStatus.FILLED or state.filled:
            return await self._went_off(trade, state)
        gone = await self._is_gone(trade)
        return Stands.LIKELY if gone else await self._place(trade, self._restored(trade, latest))

    async def _went_off(self, trade: Trade, state: OrderState) -> Stands:
        """Fills may be told late; what it has left over for good is as if it had been passed."""
        gone = await self._is_gone(trade)
        if gone is None:
            return Stands.UNTOLD
        left_over = state.filled < state.order.amount and not trade.beside
        held = Stands.PASSED if left_over else Stands.TRIGGERED
        return Stands.LIKELY if gone else held

    async def _is_gone(self, trade: Trade) -> bool | None:
        """The position itself decides whether there is one to protect. None when nobody says."""
        try:
            position = (await self.broker.account()).position(trade.symbol)
        except BrokerUnavailable:
            return None
        if position is None or position.side is not trade.side:
            return True
        return abs(position.amount) <= trade.beside

    async def _place(self, trade: Trade, *also: Change) -> Stands:
        """One that is refused, lost, or long on its way, is joined by one more at once."""
        written, now = await self._written(trade), self.clock.now()
        if is_hasty(written, Role.STOP, now, PAUSE) or was_tried(trade, written, now):
            return Stands.NOT_YET
        first = asyncio.ensure_future(self._tried(trade, *also))
        try:
            await asyncio.wait((first,), timeout=SOON)
            again = first.result() is Stands.AGAIN if first.done() else await self._has_left(trade)
            second = await self._tried(trade) if again else Stands.AGAIN
        finally:
            await asyncio.wait((first,))
        return min(first.result(), second, key=BETTER.index)

    async def _has_left(self, trade: Trade) -> bool:
        """Without an answer so far, and not to be found: only then has it a name that is taken."""
        latest = latest_stop(trade, await self._written(trade))
        if latest is None or latest.status is not IntentStatus.SENDING:
            return False
        return not await self._is_there(trade, latest.order)

    async def _tried(self, trade: Trade, *also: Change) -> Stands:
        match await self._issue(trade, *also):
            case Placed():
                return Stands.YES
            case Refused(code=code):
                return await self._refused(trade, code)
            case Unknown() as lost:
                order = stop_order(trade, lost.client_order_id)
                return Stands.YES if await self._is_there(trade, order) else Stands.AGAIN

    async def _issue(self, trade: Trade, *also: Change) -> Outcome:
        issue = IssueExit(self.clock, self.ledger, self.send)
        return await issue(trade, Role.STOP, partial(stop_order, trade), *also)

    async def _is_there(self, trade: Trade, order: Order) -> bool:
        """Its answer was lost: it may have arrived all the same. No word is no proof."""
        try:
            state = await self.broker.find(order)
        except BrokerUnavailable:
            return False
        return state is not None and guards(state, trade)

    async def _refused(self, trade: Trade, code: str) -> Stands:
        if code == GUARDED:
            await self.edit(trade.id, partial(replace, guarded=True))
            return await self._watched(trade)
        if code == STOP_PASSED or await self.watch(trade):
            return Stands.PASSED
        return Stands.AGAIN

    async def _watched(self, trade: Trade) -> Stands:
        """By the desk, in its own loop; a price that nobody knows protects nobody."""
        reached = await self.watch(trade)
        if reached is None:
            return Stands.NOT_YET
        self.seen[trade.id] = self.clock.now()
        return Stands.PASSED if reached else Stands.YES

    async def _written(self, trade: Trade) -> tuple[Intent, ...]:
        """Nothing, where the ledger cannot be read: then a stop is rather placed twice."""
        try:
            return await self.ledger.trade_intents(trade.id)
        except LedgerUnavailable:
            return ()

    def _restored(self, trade: Trade, lost: Intent) -> Notice:
        """Somebody, or the venue, has taken the stop away."""
        numbers: dict[str, Number] = {"symbol": trade.symbol, "stop": trade.stop}
        now = self.clock.now()
        return Notice(lost.account, NoticeKind.STOP_RESTORED, now, trade.id, numbers)
