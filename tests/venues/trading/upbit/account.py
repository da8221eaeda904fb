"""A spot account: coins and won, what of them is bound, and the orders. It knows no HTTP.

A position is a balance: there is no leverage, nothing to liquidate, and no order waits for a price
to fall. `dealing` takes orders and fills them.
"""

from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tests.venues.trading.orders import ZERO, Side

WON = "KRW"
FEE = Decimal("0.0005")


@dataclass(frozen=True, slots=True)
class Quote:
    """The prices of this moment, on the grid."""

    last: Decimal
    bid: Decimal
    ask: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An order as it was asked for.

    `limit` has a price and a volume; `price` and a buying `best` have an amount of won and no
    volume, `market` and a selling `best` a volume and no price.
    """

    market: str
    side: Side
    kind: str
    price: Decimal | None = None
    volume: Decimal | None = None
    tif: str = ""  # ioc fok post_only
    identifier: str = ""

    @property
    def coin(self) -> str:
        return self.market.partition("-")[2]

    @property
    def spends(self) -> bool:
        """Whether it buys for so much won, not so many coins."""
        return self.side is Side.BUY and self.kind != "limit"


@dataclass(frozen=True, slots=True)
class Trade:
    """One fill; the fee is in won, whichever way it went."""

    id: str
    order: int
    price: Decimal
    volume: Decimal
    fee: Decimal
    maker: bool
    time: int

    @property
    def funds(self) -> Decimal:
        return self.price * self.volume


@dataclass(slots=True, kw_only=True)
class Order:
    """An order that the venue took; `locked` is what is left of what it bound."""

    number: int
    uuid: str
    asked: Wish
    created: int
    updated: int
    state: str = "wait"  # wait done cancel
    bound: Decimal = ZERO  # of what it gives away
    locked: Decimal = ZERO
    reserved_fee: Decimal = ZERO
    trades: list[Trade] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.state == "wait"

    @property
    def filled(self) -> Decimal:
        return sum((t.volume for t in self.trades), ZERO)

    @property
    def funds(self) -> Decimal:
        return sum((t.funds for t in self.trades), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((t.fee for t in self.trades), ZERO)

    @property
    def rest(self) -> Decimal:
        """Of the volume, or of the won that it spends."""
        if self.asked.spends:
            return (self.asked.price or ZERO) - self.funds
        return (self.asked.volume or ZERO) - self.filled


@dataclass(slots=True)
class Purse:
    """What there is of one currency."""

    free: Decimal = ZERO
    locked: Decimal = ZERO
    average: Decimal = ZERO  # what a coin cost in won

    @property
    def whole(self) -> Decimal:
        return self.free + self.locked


@dataclass(slots=True)
class State:
    """Everything that changes; a name stays used even if its order was refused."""

    purses: dict[str, Purse] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    liquidity: dict[str, Decimal] = field(default_factory=dict)  # what the market will take
    serial: int = 4_103_220


@dataclass(eq=False, slots=True, kw_only=True)
class Account:
    """One account over the world's prices; `markets` are those that trade now."""

    clock: Callable[[], int]
    quote: Callable[[str], Quote]
    markets: Callable[[], Collection[str]]
    state: State = field(default_factory=State)
    fee: Decimal = FEE
    ears: list[Callable[[Order], None]] = field(default_factory=list)

    def frozen(self) -> "Account":
        """The account as it is now, deaf to what follows."""
        return replace(self, state=deepcopy(self.state), ears=[])

    def purse(self, currency: str) -> Purse:
        return self.state.purses.setdefault(currency, Purse())

    def serial(self) -> int:
        self.state.serial += 1
        return self.state.serial

    def open_orders(self, market: str | None = None) -> list[Order]:
        return [
            o for o in self.state.orders.values() if o.open and market in {None, o.asked.market}
        ]

    def tell(self, order: Order) -> None:
        for ear in self.ears:
            ear(order)


def named(number: int) -> str:
    """A number as the venue writes it."""
    return f"{number:08x}-7a1c-4f20-9b3e-{number:012x}"
