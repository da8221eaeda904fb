"""What an account should be: plain arithmetic over orders and fills, by another hand than the desk's.

It knows who sent what and what was filled, and nothing of trades, intents or plans.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.domain.trading import Activity, Cause, Fill, Order, Outcome, Side
from core.paper.broker import PaperBroker
from tests.core.execution.line import Line

CLOSE_ENOUGH = Decimal("1e-8")


class Recorded(Line):
    """A line that keeps the orders themselves, too."""

    def __init__(self, broker: PaperBroker, orders: list[Order]) -> None:
        super().__init__(broker)
        self.orders = orders

    async def place(self, order: Order) -> Outcome:
        self.orders.append(order)
        return await super().place(order)


@dataclass(slots=True)
class Holding:
    """A position at its average price; what is sold earns the difference."""

    amount: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)

    def take(self, signed: Decimal, price: Decimal) -> Decimal:
        """What this fill has earned."""
        if self.amount * signed >= 0:
            self.amount, self.cost = self.amount + signed, self.cost + signed * price
            return Decimal(0)
        average, closes = self.cost / self.amount, min(abs(signed), abs(self.amount))
        side = 1 if self.amount > 0 else -1
        self.amount -= side * closes
        self.cost = average * self.amount
        rest = abs(signed) - closes
        self.amount, self.cost = self.amount - side * rest, self.cost - side * rest * price
        return (price - average) * closes * side


@dataclass
class Books:
    """Everything that was filled and paid, from the beginning."""

    money: Decimal
    orders: Mapping[str, Order]
    held: dict[str, Holding] = field(default_factory=dict)
    bought: dict[str, Decimal] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def follow(self, lived: Iterable[Activity]) -> "Books":
        for one in lived:
            if isinstance(one, Fill):
                self._fill(one)
            else:
                self.money += one.amount
        return self

    def _fill(self, fill: Fill) -> None:
        holding = self.held.setdefault(fill.symbol, Holding())
        before, order = holding.amount, self.orders.get(fill.client_order_id)
        signed = fill.amount if fill.side is Side.BUY else -fill.amount
        self.money += holding.take(signed, fill.price) - fill.fee
        reduces = fill.cause is not Cause.ORDER or (order is not None and order.reduce_only)
        if reduces and not (abs(holding.amount) < abs(before) and holding.amount * before >= 0):
            self.broken.append(f"{fill.client_order_id} only reduces: {before} {holding.amount}")
        if not reduces:
            name = fill.client_order_id
            self.bought[name] = self.bought.get(name, Decimal(0)) + fill.amount

    def equity(self, marks: Mapping[str, Decimal]) -> Decimal:
        return self.money + sum(
            (h.amount * marks[s] - h.cost for s, h in self.held.items() if h.amount), Decimal(0)
        )

    def amounts(self) -> dict[str, Decimal]:
        return {symbol: h.amount for symbol, h in self.held.items() if h.amount}
