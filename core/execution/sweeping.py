"""Takes out of the market what nobody asked for: only what is proven to be ours.

What trades that are over have left there, and entries that the ledger has never heard of.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from core.domain.intent import Role
from core.domain.trade import Trade
from core.domain.trading import OrderState
from core.errors import BrokerUnavailable, NotFound
from core.execution.names import is_ours, role_of, trade_of
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
            if not is_ours(name):
                continue
            is_live = trade_of(name) in alive
            if await (self._is_unasked(name) if is_live else self._knows(state)):
                with suppress(BrokerUnavailable):
                    await self.send.cancel(state.order)

    async def _is_unasked(self, name: str) -> bool:
        """An exit of a live trade is protection's business; an entry must have been written."""
        if role_of(name) is not Role.ENTRY:
            return False
        written = await self.ledger.trade_intents(trade_of(name))
        return all(intent.id != name for intent in written)

    async def _knows(self, state: OrderState) -> bool:
        try:
            trade = await self.ledger.trade(trade_of(state.order.client_order_id))
        except NotFound:
            return False
        return (trade.account, trade.symbol) == (self.account, state.order.symbol)
