"""What was proven about a symbol's settings, and for how long that is believed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.broker.ports import Dialect
from bot.broker.told import told_by
from core.domain.trading import Order
from core.errors import BrokerUnavailable
from core.ports import Clock

BELIEVED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody may change a leverage by hand, so that an old proof is none."""

    title: str
    dialect: Dialect
    clock: Clock
    proven: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    async def holds(self, order: Order) -> bool:
        """One-way, isolated, and leverage as the order has it; what cannot be read does not."""
        leverage, at = self.proven.get(order.symbol, (0, self.clock.now()))
        if leverage == order.leverage and self.clock.now() - at < BELIEVED:
            return True
        self.proven.pop(order.symbol, None)
        try:
            with told_by(self.title):
                holds = await self.dialect.prove(order)
        except BrokerUnavailable:
            return False
        if holds:
            self.proven[order.symbol] = (order.leverage, self.clock.now())
        return holds
