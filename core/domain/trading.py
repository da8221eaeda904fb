"""Orders, fills, positions, and what a broker says became of them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Side(StrEnum):
    """`sign` is 1 for a buy and -1 for a sell."""

    sign: int

    BUY = "buy"
    SELL = "sell"

    def __init__(self, word: str) -> None:
        self.sign = 1 if word == "buy" else -1

    @property
    def opposite(self) -> "Side":
        return Side.SELL if self is Side.BUY else Side.BUY


class OrderType(StrEnum):
    MARKET = "market"
    LIMIT = "limit"
    IOC = "ioc"
    POST_ONLY = "post_only"
    STOP_MARKET = "stop_market"
    TAKE_PROFIT = "take_profit"


PRICED = frozenset({OrderType.LIMIT, OrderType.IOC, OrderType.POST_ONLY})


class OrderStatus(StrEnum):
    OPEN = "open"
    FILLED = "filled"
    CANCELED = "canceled"
    EXPIRED = "expired"


class Liquidity(StrEnum):
    MAKER = "maker"
    TAKER = "taker"


class Cause(StrEnum):
    """Why a fill happened."""

    ORDER = "order"
    LIQUIDATION = "liquidation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An instruction to a broker; `amount` in base units.

    LIMIT, IOC and POST_ONLY fill at `price` or better; IOC drops what is left, POST_ONLY is refused
    where it would not rest. STOP_MARKET and TAKE_PROFIT wait for the last price to reach
    `stop_price`; a take-profit rests in the book as a maker. An entry says with `stop_loss` where
    its stop will be: a venue that can sets it in the same breath. The same `client_order_id` is
    never filled twice.
    """

    client_order_id: str
    symbol: str
    side: Side
    type: OrderType
    amount: Decimal
    price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    reduce_only: bool = False
    leverage: int = 1

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"an order needs a positive amount, was {self.amount}")
        if self.type in PRICED and self.price is None:
            raise ValueError(f"a {self.type} order needs a price")
        if self.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT} and not self.stop_price:
            raise ValueError(f"a {self.type} order needs a stop price")


@dataclass(frozen=True, slots=True)
class OrderState:
    """An order as its venue sees it."""

    order: Order
    status: OrderStatus
    filled: Decimal
    placed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A trade of ours. `seq` grows by one with everything an account lives through."""

    seq: int
    client_order_id: str
    symbol: str
    side: Side
    price: Decimal
    amount: Decimal
    fee: Decimal
    realized_pnl: Decimal
    liquidity: Liquidity
    time: datetime
    cause: Cause = Cause.ORDER


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingPayment:
    """Money paid (negative) or received at a funding stamp."""

    seq: int
    symbol: str
    rate: Decimal
    amount: Decimal
    time: datetime


Activity = Fill | FundingPayment


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """An open isolated position; a short one has a negative amount."""

    symbol: str
    amount: Decimal
    entry_price: Decimal
    leverage: int
    margin: Decimal
    mark_price: Decimal
    liquidation_price: Decimal
    opened_at: datetime

    @property
    def side(self) -> Side:
        return Side.BUY if self.amount > 0 else Side.SELL

    @property
    def unrealized_pnl(self) -> Decimal:
        return (self.mark_price - self.entry_price) * self.amount


@dataclass(frozen=True, slots=True)
class Account:
    """What the desk owns at a broker, in quote currency.

    `wallet` counts realised money only; `equity` adds open profit and loss at mark prices.
    """

    wallet: Decimal
    equity: Decimal
    free_margin: Decimal
    positions: tuple[Position, ...] = ()

    def position(self, symbol: str) -> Position | None:
        return next((p for p in self.positions if p.symbol == symbol), None)


@dataclass(frozen=True, slots=True)
class Placed:
    """The venue has the order under our id."""

    client_order_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The venue proved that it did not take the order."""

    client_order_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows: the order may live. Never sent again, only asked for."""

    client_order_id: str


Outcome = Placed | Refused | Unknown
