"""Takes a trade's take-profits out of the market, so that what they have laid claim to can be sold."""

from contextlib import suppress
from dataclasses import dataclass

from core.domain.intent import IntentStatus, Role
from core.domain.trade import Trade
from core.domain.trading import Order, OrderType
from core.errors import BrokerUnavailable
from core.execution.names import is_ours, trade_of
from core.execution.sending import SendIntent
from core.ports import Broker, Ledger

MAY_LIVE = frozenset({IntentStatus.SENDING, IntentStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class ClearTargets:
    """A venue that does not list its orders is told to cancel whatever may be among them. What
    cannot be cancelled stands in nobody's way: the sale goes on.
    """

    broker: Broker
    ledger: Ledger
    send: SendIntent

    async def __call__(self, trade: Trade) -> None:
        for order in await self._targets(trade):
            with suppress(BrokerUnavailable):
                await self.send.cancel(order)

    async def _targets(self, trade: Trade) -> list[Order]:
        try:
            listed = await self.broker.open_orders()
        except BrokerUnavailable:
            return await self._sent(trade)
        return [s.order for s in listed if is_target(s.order) and belongs(s.order, trade)]

    async def _sent(self, trade: Trade) -> list[Order]:
        written = await self.ledger.trade_intents(trade.id)
        return [i.order for i in written if i.role is Role.TARGET and i.status in MAY_LIVE]


def is_target(order: Order) -> bool:
    return order.type is OrderType.TAKE_PROFIT


def belongs(order: Order, trade: Trade) -> bool:
    return is_ours(order.client_order_id) and trade_of(order.client_order_id) == trade.id
