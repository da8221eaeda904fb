"""Takes out of the market what stands in the way of a sale: take-profits, and an entry that rests."""

from contextlib import suppress
from dataclasses import dataclass

from core.domain.intent import IntentStatus, Role
from core.domain.trade import Trade
from core.domain.trading import Order, OrderType
from core.errors import BrokerUnavailable
from core.execution.hurrying import Hurried
from core.execution.names import is_ours, trade_of
from core.execution.sending import SendIntent
from core.execution.together import side_by_side
from core.ports import Ledger

MAY_LIVE = frozenset({IntentStatus.SENDING, IntentStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class ClearWay:
    """A venue that does not list its orders is told to cancel whatever may be among them. What
    cannot be cancelled stands in nobody's way: the sale goes on.
    """

    broker: Hurried
    ledger: Ledger
    send: SendIntent

    async def __call__(self, trade: Trade) -> None:
        await side_by_side(self._cancel(order) for order in await self._orders(trade))

    async def _cancel(self, order: Order) -> None:
        with suppress(BrokerUnavailable):
            await self.send.cancel(order)

    async def _orders(self, trade: Trade) -> list[Order]:
        try:
            listed = await self.broker.open_orders()
        except BrokerUnavailable:
            return await self._sent(trade)
        return [s.order for s in listed if is_in_the_way(s.order) and belongs(s.order, trade)]

    async def _sent(self, trade: Trade) -> list[Order]:
        written = await self.ledger.trade_intents(trade.id)
        return [
            i.order
            for i in written
            if i.role in {Role.TARGET, Role.ENTRY} and i.status in MAY_LIVE
        ]


def is_in_the_way(order: Order) -> bool:
    """A take-profit has laid claim to what is to be sold; an entry would buy it back."""
    return is_target(order) or not order.reduce_only


def is_target(order: Order) -> bool:
    return order.type is OrderType.TAKE_PROFIT


def belongs(order: Order, trade: Trade) -> bool:
    return is_ours(order.client_order_id) and trade_of(order.client_order_id) == trade.id
