"""Every open trade has a live stop, or is being closed. Wanted orders against actual ones.

New stops go in before old ones come out. Orders of trades that are over are swept. Runs in a loop
of its own, and never waits for a model or a person.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from core.domain.intent import Role
from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import Order, OrderState, OrderType, Outcome, Placed, Refused
from core.execution.editing import EditTrades
from core.execution.names import is_ours, order_id, place_of, trade_of
from core.execution.orders import close_order, intent_for, stop_order, target_amounts, target_order
from core.execution.sending import SendIntent
from core.ports import Broker, Clock, Ledger, MarketData


@dataclass(frozen=True, slots=True)
class ProtectPositions:
    """Make the market hold what the ledger wants. `seen` is when each stop was last confirmed."""

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    market: MarketData
    send: SendIntent
    edit: EditTrades
    seen: dict[str, datetime] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self) -> None:
        async with self._turn:
            await self._all()

    async def _all(self) -> None:
        open_orders = await self.broker.open_orders()
        live = await self.ledger.live_trades(self.account)
        for trade in live:
            if trade.status is TradeStatus.OPEN:
                await self._protect(trade, [o for o in open_orders if _belongs(o, trade)])
        await self._sweep(open_orders, {trade.id for trade in live})

    async def _protect(self, trade: Trade, orders: Sequence[OrderState]) -> None:
        stops = [o for o in orders if o.order.type is OrderType.STOP_MARKET]
        kept = [o for o in stops if _guards(o, trade)][:1]
        if not kept and not await self._place_stop(trade):
            return
        self.seen[trade.id] = self.clock.now()
        await self._cancel(o for o in stops if o not in kept)
        await self._targets(trade, [o for o in orders if o.order.type is OrderType.TAKE_PROFIT])

    async def _place_stop(self, trade: Trade) -> bool:
        """Is it in the market? One that is refused means that the price is past it: close."""
        order = stop_order(trade, await self._next_id(trade, Role.STOP))
        outcome = await self._send(trade, Role.STOP, order)
        if not isinstance(outcome, Refused):
            return isinstance(outcome, Placed)
        await self.edit(trade.id, lambda current: replace(current, ending=Exit.NAKED))
        order = close_order(trade, await self._next_id(trade, Role.CLOSE), trade.remaining)
        await self._send(trade, Role.CLOSE, order)
        return False

    async def _targets(self, trade: Trade, orders: Sequence[OrderState]) -> None:
        instrument = self.market.instrument(trade.symbol)
        wanted = list(target_amounts(trade, instrument))
        levels = {(place, target.price) for place, target in enumerate(trade.targets)}
        levels = {level for level in levels if level[0] >= trade.targets_hit}
        there = {_level(state): state for state in orders}
        await self._cancel(state for level, state in there.items() if level not in levels)
        for place, price, amount in wanted:
            if (place, price) not in there:
                name = await self._next_id(trade, Role.TARGET, place)
                await self._send(trade, Role.TARGET, target_order(trade, name, price, amount))

    async def _sweep(self, orders: Sequence[OrderState], live: set[str]) -> None:
        """Only orders of the desk's own making; others are somebody's business."""
        names = {state.order.client_order_id: state for state in orders}
        await self._cancel(
            state for name, state in names.items() if is_ours(name) and trade_of(name) not in live
        )

    async def _cancel(self, orders: Iterable[OrderState]) -> None:
        for state in orders:
            await self.broker.cancel(state.order)

    async def _next_id(self, trade: Trade, role: Role, place: int = 0) -> str:
        return order_id(trade.id, role, await self.ledger.trade_intents(trade.id), place)

    async def _send(self, trade: Trade, role: Role, order: Order) -> Outcome:
        intent = intent_for(trade, role, order, self.clock.now())
        await self.ledger.commit(intent)
        return await self.send(intent)


def _belongs(state: OrderState, trade: Trade) -> bool:
    return trade_of(state.order.client_order_id) == trade.id


def _level(state: OrderState) -> tuple[int, Decimal | None]:
    """Which target an order is for, and at what price it waits."""
    return place_of(state.order.client_order_id), state.order.stop_price


def _guards(state: OrderState, trade: Trade) -> bool:
    """Is this the stop the desk wants, and large enough?"""
    unfilled = state.order.amount - state.filled
    return state.order.stop_price == trade.stop and unfilled >= trade.remaining
