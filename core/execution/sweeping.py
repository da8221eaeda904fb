"""Takes out of the market what trades that are over have left there: only what is proven to be ours."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from core.domain.trade import Trade
from core.domain.trading import OrderState
from core.errors import BrokerUnavailable, NotFound
from core.execution.names import is_ours, trade_of
from core.execution.sending import SendIntent
from core.ports import Ledger


@dataclass(frozen=True, slots=True)
class SweepOrphans:
    """A name like ours is not enough: another desk may trade the same account."""

    account: str
    ledger: Ledger
    send: SendIntent

    async def __call__(self, states: Sequence[OrderState], live: Collection[Trade]) -> None:
        alive = {trade.id for trade in live}
        for state in states:
            name = state.order.client_order_id
            if is_ours(name) and trade_of(name) not in alive and await self._knows(state):
                with suppress(BrokerUnavailable):
                    await self.send.cancel(state.order)

    async def _knows(self, state: OrderState) -> bool:
        try:
            trade = await self.ledger.trade(trade_of(state.order.client_order_id))
        except NotFound:
            return False
        return (trade.account, trade.symbol) == (self.account, state.order.symbol)
