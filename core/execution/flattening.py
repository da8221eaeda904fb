"""Out of a trade with nothing but the venue and memory, for when the ledger takes nothing.

Take-profits out, what is the desk's sold, looked at again, and only then the stop out. Goes past
the fence: a ledger that takes nothing keeps no lease either.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from core.domain.intent import Role
from core.domain.trade import Trade
from core.domain.trading import Order, OrderState, OrderType, Placed
from core.errors import BrokerUnavailable
from core.execution.clearing import belongs
from core.execution.orders import close_order, intent_for
from core.execution.sending import SendIntent
from core.ports import Broker, Clock

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Flatten:
    clock: Clock
    broker: Broker
    send: SendIntent

    async def __call__(self, trade: Trade) -> bool:
        """Is nothing of it left? Raises BrokerUnavailable where not even that can be told."""
        orders = await self._orders(trade)
        await self._cancel(o for o in orders if o.type is not OrderType.STOP_MARKET)
        left = self.send.unwritten.remaining(trade)
        for _ in range(ATTEMPTS):
            left = min(left, await self._there(trade))
            if not left:
                await self._cancel(o for o in orders if o.type is OrderType.STOP_MARKET)
                return True
            left -= await self._sell(trade, left)
            self.send.unwritten.left[trade.id] = left
        return False

    async def _orders(self, trade: Trade) -> list[Order]:
        try:
            states: tuple[OrderState, ...] = await self.broker.open_orders()
        except BrokerUnavailable:
            return []
        return [state.order for state in states if belongs(state.order, trade)]

    async def _cancel(self, orders: Iterable[Order]) -> None:
        for order in orders:
            with suppress(BrokerUnavailable):
                await self.send.past_fence.cancel(order)

    async def _there(self, trade: Trade) -> Decimal:
        position = (await self.broker.account()).position(trade.symbol)
        return abs(position.amount) if position and position.side is trade.side else Decimal(0)

    async def _sell(self, trade: Trade, amount: Decimal) -> Decimal:
        """How much of it went, as far as the venue says."""
        name = self.send.unwritten.name(trade.id, Role.CLOSE)
        order = close_order(trade, name, amount)
        outcome = await self.send.unrecorded(
            intent_for(trade, Role.CLOSE, order, self.clock.now())
        )
        state = await self.broker.find(order)
        if state is not None:
            return state.filled
        return amount if isinstance(outcome, Placed) else Decimal(0)
