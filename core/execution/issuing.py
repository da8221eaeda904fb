"""Gives a trade one more exit in the market: named, written down, sent."""

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.intent import Role
from core.domain.ledger import Change
from core.domain.trade import Trade
from core.domain.trading import Order, Outcome
from core.errors import LedgerUnavailable
from core.execution.names import order_id
from core.execution.orders import intent_for
from core.execution.sending import SendIntent
from core.ports import Clock, Ledger


@dataclass(frozen=True, slots=True)
class IssueExit:
    """`also` is written with the order, where anything can be written."""

    clock: Clock
    ledger: Ledger
    send: SendIntent

    async def __call__(
        self,
        trade: Trade,
        role: Role,
        make: Callable[[str], Order],
        *also: Change,
        place: int = 0,
    ) -> Outcome:
        try:
            name = order_id(trade.id, role, await self.ledger.trade_intents(trade.id), place)
            intent = intent_for(trade, role, make(name), self.clock.now())
            await self.ledger.commit(*also, intent)
        except LedgerUnavailable:
            return await self._unrecorded(trade, role, make)
        return await self.send(intent)

    async def _unrecorded(self, trade: Trade, role: Role, make: Callable[[str], Order]) -> Outcome:
        name = self.send.unwritten.name(trade.id, role)
        return await self.send.unrecorded(intent_for(trade, role, make(name), self.clock.now()))
