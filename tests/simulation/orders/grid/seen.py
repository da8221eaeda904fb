"""A venue of the HTTP fakes in the shape that the observer of the simulation knows.

It looks at the venue's own ledger and at the database file, and at nothing that the desk holds.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from core.domain.trading import Order, OrderState, OrderStatus, OrderType, Side
from core.execution.names import is_ours
from tests.simulation.orders.street import BTC, VENUE
from tests.simulation.orders.weather import Fault as Weathers
from tests.venues.trading.events import AlgoChanged, Event, OrderChanged
from tests.venues.trading.orders import ZERO

NAME = VENUE[BTC]
OURS = {"STOP_MARKET": OrderType.STOP_MARKET}


class Unheard:
    """Weather that nobody counts."""

    def saw(self, _fault: Weathers) -> None:
        return


class Fair:
    """Seconds in which the desk could have done something."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.seconds, self.lost, self.since = now, 0.0, None

    def now(self) -> float:
        running = self.seconds() - self.since if self.since is not None else 0.0
        return self.seconds() - self.lost - running

    def stops(self) -> None:
        self.since = self.seconds() if self.since is None else self.since

    def goes_on(self) -> None:
        if self.since is not None:
            self.lost += self.seconds() - self.since
            self.since = None


@dataclass(eq=False)
class Filled:
    """A fill with the name that the desk knows its order by."""

    name: str
    side: str
    price: Decimal
    amount: Decimal
    fee: Decimal
    realized: Decimal


@dataclass(eq=False)
class Perpetual:
    """The ledger of a perpetual venue; its contract has one name at all of them."""

    ledger: Any
    held: str
    ears: list[Callable[[Event], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger.ears.append(self._hears)

    def _hears(self, event: Event) -> None:
        for ear in self.ears:
            ear(self._renamed(event))

    def _renamed(self, event: Event) -> Event:
        """What a conditional order became bears its name."""
        if isinstance(event, OrderChanged) and event.order.symbol == self.held:
            order = replace(event.order, symbol=NAME, client_id=self._name(event.order))
            fill = event.fill and replace(event.fill, symbol=NAME)
            return replace(event, order=order, fill=fill)
        if isinstance(event, AlgoChanged) and event.algo.asked.symbol == self.held:
            asked = replace(event.algo.asked, symbol=NAME)
            return replace(event, algo=replace(event.algo, asked=asked))
        return event

    def _name(self, order: Any) -> str:
        algo = self.ledger.state.algos.get(order.algo)
        return algo.asked.client_id if algo else order.client_id

    def position(self) -> Decimal:
        return self.ledger.position(self.held).amount

    def open_algos(self, _name: str = "") -> list[Any]:
        """Orders that wait apart from the book; a stop of the whole position covers all of it."""
        found = []
        for algo in self.ledger.open_algos(self.held):
            whole = abs(self.position()) if algo.asked.closes else algo.asked.quantity
            found.append(replace(algo, asked=replace(algo.asked, quantity=whole)))
        return found

    def states(self) -> Iterator[OrderState]:
        for order in self.ledger.open_orders(self.held):
            yield _state(self._name(order), order.side, OrderType.LIMIT, order.rest, None)
        for algo in self.open_algos():
            asked = algo.asked
            kind = OURS.get(asked.type, OrderType.TAKE_PROFIT)
            yield _state(asked.client_id, asked.side, kind, asked.quantity, asked.trigger)

    def fills(self) -> list[Filled]:
        orders = self.ledger.state.orders
        return [
            Filled(
                self._name(orders[f.order]), f.side.lower(), f.price, f.quantity, f.fee, f.realized
            )
            for f in self.ledger.state.fills
        ]

    def names(self) -> set[str]:
        state = self.ledger.state
        return {o.client_id for o in state.orders.values()} | {
            a.asked.client_id for a in state.algos.values()
        }

    def adds_up(self) -> bool:
        lines = sum((line.amount for line in self.ledger.state.incomes), ZERO)
        return self.ledger.state.wallet == lines


@dataclass(eq=False)
class Spot:
    """The account of a spot venue: what it owns is its position."""

    ledger: Any
    held: str
    ears: list[Callable[[Event], None]] = field(default_factory=list)
    seen: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.ledger.ears.append(self._hears)

    def _hears(self, order: Any) -> None:
        for trade in order.trades[self.seen[order.number] :]:
            self.seen[order.number] += 1
            for ear in self.ears:
                ear(_told(order, trade))

    def position(self) -> Decimal:
        return self.ledger.purse(self.held.partition("-")[2]).whole

    def open_algos(self, _name: str = "") -> list[Any]:
        return []

    def states(self) -> Iterator[OrderState]:
        for order in self.ledger.open_orders(self.held):
            asked = order.asked
            yield _state(asked.identifier, asked.side, OrderType.LIMIT, order.rest, None)

    def fills(self) -> list[Filled]:
        return [
            Filled(o.asked.identifier, o.asked.side.lower(), t.price, t.volume, t.fee, ZERO)
            for o in self.ledger.state.orders.values()
            for t in o.trades
        ]

    def names(self) -> set[str]:
        return {order.asked.identifier for order in self.ledger.state.orders.values()}

    def adds_up(self) -> bool:
        return all(purse.free >= 0 <= purse.locked for purse in self.ledger.state.purses.values())


@dataclass(frozen=True, slots=True)
class Bought:
    """A fill of a spot venue as those of perpetuals are told."""

    symbol: str
    signed: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Named:
    symbol: str
    client_id: str


def _told(order: Any, trade: Any) -> OrderChanged:
    name = Named(NAME, order.asked.identifier)
    fill = Bought(NAME, trade.volume * order.asked.side.sign, trade.price)
    return OrderChanged(trade.time, name, "TRADE", fill)


def _state(
    name: str, side: str, kind: OrderType, amount: Decimal, stop: Decimal | None
) -> OrderState:
    order = Order(
        client_order_id=name or "nobody",
        symbol=BTC,
        side=Side(side.lower()),
        type=kind,
        amount=amount,
        stop_price=stop,
        price=None if stop else Decimal(1),
        reduce_only=stop is not None,
    )
    return OrderState(order, OrderStatus.OPEN, ZERO, datetime.now(UTC))


@dataclass(eq=False)
class Looked:
    """`Watch` and the laws call this a floor."""

    ledger: Any
    watchers: list[Callable[[], None]] = field(default_factory=list)
    by_hand: set[str] = field(default_factory=set)

    def position(self, _symbol: str) -> Decimal:
        return self.ledger.position()

    def view(self) -> "Looked":
        return self

    def open(self) -> list[OrderState]:
        return list(self.ledger.states())

    def executed(self, name: str) -> Decimal:
        return sum((fill.amount for fill in self.ledger.fills() if fill.name == name), ZERO)

    def remembers(self, name: str) -> bool:
        return name in self.ledger.names()

    def ours(self) -> list[Filled]:
        return [fill for fill in self.ledger.fills() if is_ours(fill.name)]
