"""The separate book of conditional orders: when one is triggered, and what it says of itself."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tests.venues.trading.orders import ZERO, Attached, Side


class Stage(StrEnum):
    """FINISHED means that the order it became is over: filled, or cancelled without a fill."""

    NEW = "NEW"
    TRIGGERING = "TRIGGERING"
    TRIGGERED = "TRIGGERED"
    FINISHED = "FINISHED"
    CANCELED = "CANCELED"
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"


TYPES = ("STOP_MARKET", "TAKE_PROFIT_MARKET", "STOP", "TAKE_PROFIT", "TRAILING_STOP_MARKET")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A conditional order as it was asked for; `closes` takes whatever is there then."""

    symbol: str
    side: Side
    type: str
    quantity: Decimal = ZERO
    trigger: Decimal = ZERO
    price: Decimal | None = None
    tif: str = "GTC"
    reduce_only: bool = False
    closes: bool = False
    by_mark: bool = False
    client_id: str = ""
    leg: str = "BOTH"
    activation: Decimal | None = None
    callback: Decimal = ZERO  # percent
    attached: bool = False  # it came with an order, or belongs to the position
    brings: tuple[Attached, ...] = ()  # what comes with the order that it becomes
    kind: str = ""  # what the venue calls this sort of order, where it has sorts

    @property
    def trails(self) -> bool:
        return self.type == "TRAILING_STOP_MARKET"

    @property
    def rising(self) -> bool:
        """Whether a rising price triggers it."""
        return (self.side is Side.BUY) is self.type.startswith(("STOP", "TRAILING"))


@dataclass(slots=True, kw_only=True)
class Algo:
    """A conditional order that the venue took; `order` is what it became, if it did."""

    id: int
    asked: Condition
    created: int
    updated: int
    stage: Stage = Stage.NEW
    order: int | None = None
    triggered: int = 0
    extreme: Decimal | None = None  # the best price since a trailing stop woke up
    done: Decimal = ZERO
    average: Decimal = ZERO
    reason: str = ""
    code: int = 0
    twin: int | None = None  # only one of the two may trigger

    @property
    def open(self) -> bool:
        return self.stage is Stage.NEW

    @property
    def bound(self) -> bool:
        """Whether it guards a whole position, and ends with it."""
        return self.asked.attached and self.asked.closes


def reached(asked: Condition, price: Decimal) -> bool:
    return price >= asked.trigger if asked.rising else price <= asked.trigger


def watch(algo: Algo, price: Decimal) -> bool:
    """Follow the price; say whether the order is triggered."""
    return follow(algo, price) if algo.asked.trails else reached(algo.asked, price)


def follow(algo: Algo, price: Decimal) -> bool:
    asked, falls = algo.asked, algo.asked.side is Side.BUY
    if algo.extreme is None:
        awake = asked.activation is None or (
            price <= asked.activation if falls else price >= asked.activation
        )
        algo.extreme = price if awake else None
        return False
    algo.extreme = min(algo.extreme, price) if falls else max(algo.extreme, price)
    back = asked.callback / 100 * algo.extreme
    return price >= algo.extreme + back if falls else price <= algo.extreme - back
