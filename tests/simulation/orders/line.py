"""The line between a desk and its venue: what is on its way arrives, whoever has died meanwhile."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from core.domain.trading import Order, OrderType
from tests.simulation.orders.floor import Floor
from tests.simulation.orders.street import VENUE
from tests.simulation.orders.weather import Fault, Weather
from tests.venues.trading.orders import ZERO, Refusal

Say = Callable[[str], None]

STALE = Refusal(-1021, "Timestamp for this request is outside of the recvWindow.")


@dataclass
class Journey:
    """One order's way: what became of it at the venue, as far as it got there."""

    order: Order
    refusal: Refusal | None = None
    arrived: bool = False


@dataclass
class Line:
    """Carries messages between any process and the floor; survives every process."""

    floor: Floor
    weather: Weather
    say: Say
    window: float = 3.0
    sent: list[tuple[float, Order]] = field(default_factory=list)
    doubled: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.dice = self.weather.dice

    def latency(self) -> float:
        return self.dice.uniform(0.01, 0.12)

    def sends(self, order: Order, after: float) -> Journey:
        """Whatever is older than its window when it comes is refused."""
        journey = Journey(order)
        self.loop.call_later(after, self._arrives, journey, after > self.window)
        return journey

    def _arrives(self, journey: Journey, stale: bool) -> None:
        if self.weather.spell(self.loop.time()) is Fault.OUTAGE:
            return
        try:
            if stale:
                raise STALE
            self.floor.take(journey.order)
        except Refusal as refusal:
            journey.refusal = refusal
        journey.arrived = True
        what = journey.refusal or "taken"
        self.say(f"venue: {journey.order.client_order_id} {what}")

    def thins(self, order: Order, latency: float) -> None:
        """For as long as this order is on its way, the market takes a part of it."""
        room, name = self.floor.ledger.state.liquidity, VENUE[order.symbol]
        if order.type not in {OrderType.IOC, OrderType.MARKET}:
            return
        self.weather.saw(Fault.THIN)
        part = Decimal(self.dice.randint(0, 9)) / 10
        room[name] = max((order.amount * part).quantize(Decimal("0.001")), ZERO)
        self.loop.call_later(latency, room.pop, name, None)

    def doubles(self, order: Order, late: float) -> None:
        """An entry that comes twice is doubled by a venue that compares open orders only: nobody
        can help it, so it is not held against the desk.
        """
        self.sends(order, late + self.dice.uniform(0, 5))
        self.doubled.add(order.client_order_id)
