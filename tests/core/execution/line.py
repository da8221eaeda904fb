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
from core.errors import BrokerUnavailable, LeaseLost
from core.paper.broker import PaperBroker

Fault = Callable[[PaperBroker, Order], Awaitable[Outcome]]


async def refuses(_broker: PaperBroker, order: Order) -> Outcome:
    """The venue says no."""
    return Refused(order.client_order_id, "not_today")


async def has_no_stops(_broker: PaperBroker, order: Order) -> Outcome:
    return Refused(order.client_order_id, "guarded")


async def is_past(_broker: PaperBroker, order: Order) -> Outcome:
    """The price has passed the stop already."""
    return Refused(order.client_order_id, "stop_passed")


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


async def is_down(_broker: PaperBroker, _order: Order) -> Outcome:
    raise BrokerUnavailable


async def claims(broker: PaperBroker, order: Order) -> Outcome:
    """What only reduces may not exceed the position, and waiting take-profits count."""
    states = await broker.open_orders()
    waiting = [s for s in states if s.order.type is OrderType.TAKE_PROFIT]
    if any(s.order.symbol == order.symbol for s in waiting):
        return Refused(order.client_order_id, "reduce_only")
    return await broker.place(order)


class Lease:
    """Another process may take the account over."""

    def __init__(self) -> None:
        self.lost = False

    async def check(self) -> None:
        if self.lost:
            raise LeaseLost


class Line:
    """A broker behind a line. `said` is what went over it; `faults` spoil orders of a type.

    `silent` names what is not answered, `unlisted` the orders that the list leaves out, `unfound`
    those that are not found by name either; `shows` bends what is told of the account.
    """

    def __init__(self, broker: PaperBroker) -> None:
        self.broker = broker
        self.said: list[str] = []
        self.faults: dict[OrderType, Fault] = {}
        self.silent: set[str] = set()
        self.unlisted: set[str] = set()
        self.unfound: set[str] = set()
        self.shows: Callable[[Account], Account] = lambda account: account
        self.foreign: list[OrderState] = []

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
        self._hear("cancel")
        self.said.append(f"cancel {order.client_order_id}")
        await self.broker.cancel(order)

    async def account(self) -> Account:
        self._hear("account")
        return self.shows(await self.broker.account())

    async def find(self, order: Order) -> OrderState | None:
        self._hear("find")
        return None if order.client_order_id in self.unfound else await self.broker.find(order)

    async def open_orders(self) -> tuple[OrderState, ...]:
        self._hear("open_orders")
        hidden = self.unlisted | self.unfound
        states = [*await self.broker.open_orders(), *self.foreign]
        return tuple(s for s in states if s.order.client_order_id not in hidden)

    async def activity(self, after: int, symbols: Collection[str]) -> tuple[Activity, ...]:
        self._hear("activity")
        return await self.broker.activity(after, symbols)

    def _hear(self, what: str) -> None:
        if what in self.silent:
            raise BrokerUnavailable
