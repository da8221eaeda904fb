"""The line between a desk and its broker: it keeps a record, and fails where a test says so."""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta

from core.domain.trading import (
    Account,
    Activity,
    Order,
    OrderState,
    OrderType,
    Outcome,
    Refused,
    Unknown,
)
from core.paper.broker import PaperBroker

Fault = Callable[[PaperBroker, Order], Awaitable[Outcome]]


async def refuses(_broker: PaperBroker, order: Order) -> Outcome:
    """The venue says no."""
    return Refused(order.client_order_id, "not_today")


async def swallows(_broker: PaperBroker, order: Order) -> Outcome:
    """The order never arrives, and nobody says so."""
    return Unknown(order.client_order_id)


async def falls_silent(broker: PaperBroker, order: Order) -> Outcome:
    """The order arrives, its answer does not."""
    await broker.place(order)
    return Unknown(order.client_order_id)


async def breaks(_broker: PaperBroker, _order: Order) -> Outcome:
    """The process ends before the order has left."""
    raise ConnectionError("the line is dead")


class Line:
    """A broker behind a line. `said` is what went over it; `faults` spoil orders of a type."""

    def __init__(self, broker: PaperBroker) -> None:
        self.broker = broker
        self.said: list[str] = []
        self.faults: dict[OrderType, Fault] = {}

    def placed(self, of: str = "") -> list[str]:
        """The ids of the orders sent, as often as they were sent."""
        names = (words.split() for words in self.said)
        return [name for verb, name in names if verb == "place" and of in name]

    async def place(self, order: Order) -> Outcome:
        self.said.append(f"place {order.client_order_id}")
        fault = self.faults.get(order.type)
        return await (fault(self.broker, order) if fault else self.broker.place(order))

    @property
    def arrival(self) -> timedelta:
        return self.broker.arrival

    async def cancel(self, order: Order) -> None:
        self.said.append(f"cancel {order.client_order_id}")
        await self.broker.cancel(order)

    async def account(self) -> Account:
        return await self.broker.account()

    async def find(self, order: Order) -> OrderState | None:
        return await self.broker.find(order)

    async def open_orders(self) -> tuple[OrderState, ...]:
        return await self.broker.open_orders()

    async def activity(self, after: int, symbols: Collection[str]) -> tuple[Activity, ...]:
        return await self.broker.activity(after, symbols)
