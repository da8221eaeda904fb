"""One trade's stop: found in the market, asked for, placed anew; or the price is past it already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from functools import partial

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.ledger import Change
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.trade import Trade
from core.domain.trading import OrderState, OrderStatus, Outcome, Placed, Refused, Unknown
from core.errors import BrokerUnavailable, LedgerUnavailable
from core.execution.codes import GUARDED, STOP_PASSED
from core.execution.editing import EditTrades
from core.execution.issuing import IssueExit
from core.execution.orders import stop_order
from core.execution.sending import SendIntent
from core.execution.shelter import PAUSE, guards, is_hasty, latest_stop, may_come, stops_of
from core.execution.watching import WatchPrice
from core.ports import Broker, Clock, Ledger


class Stands(Enum):
    """How a position stands. LIKELY: nothing says that its stop is gone. AGAIN: it was not taken, as
    far as the venue says. TRIGGERED: it went off, and the position is still there. PASSED: the
    price is where it would have been.
    """

    YES = auto()
    LIKELY = auto()
    NOT_YET = auto()
    AGAIN = auto()
    TRIGGERED = auto()
    PASSED = auto()


@dataclass(frozen=True, slots=True)
class KeepStop:
    clock: Clock
    broker: Broker
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
        latest = latest_stop(trade, written)
        if latest is None:
            hasty = is_hasty(written, Role.STOP, self.clock.now(), PAUSE)
            return Stands.NOT_YET if hasty else await self._place(trade)
        try:
            state = await self.broker.find(latest.order)
        except BrokerUnavailable:
            if latest.status is IntentStatus.ACCEPTED:
                return Stands.LIKELY
            raise
        if state is not None:
            return await self._told(trade, latest, state)
        if may_come(latest, self.clock.now(), self.broker.arrival):
            confirmed = latest.status is IntentStatus.ACCEPTED
            return Stands.LIKELY if confirmed else Stands.NOT_YET
        return await self._place(trade)

    async def _told(self, trade: Trade, latest: Intent, state: OrderState) -> Stands:
        if guards(state, trade):
            return Stands.YES
        if state.status is OrderStatus.OPEN:
            return await self._place(trade)
        went_off = state.status is OrderStatus.FILLED or state.filled > 0
        gone = await self._is_gone(trade, unsure=went_off)
        if went_off:
            return Stands.LIKELY if gone else Stands.TRIGGERED
        return Stands.LIKELY if gone else await self._place(trade, self._restored(trade, latest))

    async def _is_gone(self, trade: Trade, *, unsure: bool) -> bool:
        """Fills may be told late; the position itself decides whether there is one to protect."""
        try:
            position = (await self.broker.account()).position(trade.symbol)
        except BrokerUnavailable:
            return unsure
        if position is None or position.side is not trade.side:
            return True
        return abs(position.amount) <= trade.beside

    async def _place(self, trade: Trade, *also: Change) -> Stands:
        """One that is not there, refused or lost, is tried once more at once: two live stops are
        fine for a moment, and none is not.
        """
        stands = await self._tried(trade, *also)
        return await self._tried(trade) if stands is Stands.AGAIN else stands

    async def _tried(self, trade: Trade, *also: Change) -> Stands:
        match await self._issue(trade, *also):
            case Placed():
                return Stands.YES
            case Refused(code=code):
                return await self._refused(trade, code)
            case Unknown() as lost:
                return await self._looked_for(trade, lost)

    async def _issue(self, trade: Trade, *also: Change) -> Outcome:
        issue = IssueExit(self.clock, self.ledger, self.send)
        return await issue(trade, Role.STOP, partial(stop_order, trade), *also)

    async def _looked_for(self, trade: Trade, lost: Unknown) -> Stands:
        """Its answer was lost: it may have arrived all the same."""
        state = await self.broker.find(stop_order(trade, lost.client_order_id))
        return Stands.YES if state and guards(state, trade) else Stands.AGAIN

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
