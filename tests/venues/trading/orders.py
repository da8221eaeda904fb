"""What an account asks for, what becomes of it, and how a venue says no."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)
GRAIN = Decimal("0.00000001")  # the smallest piece of money


class Refusal(Exception):
    """The venue did not do it, and says why."""

    def __init__(self, code: int | str, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code, self.words = code, words


class Side(StrEnum):
    BUY = "BUY"
    SELL = "SELL"

    @property
    def sign(self) -> int:
        return 1 if self is Side.BUY else -1

    @property
    def opposite(self) -> "Side":
        return Side.SELL if self is Side.BUY else Side.BUY


class Status(StrEnum):
    """CREATED is acknowledged and not yet looked at; REJECTED was acknowledged, and then refused."""

    CREATED = "CREATED"
    NEW = "NEW"
    PART = "PARTIALLY_FILLED"
    FILLED = "FILLED"
    CANCELED = "CANCELED"
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"


OPEN = (Status.NEW, Status.PART)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A stop (or a target) that comes with an order and waits for its fill.

    It guards the whole position and goes with it, or only what this order brought.
    """

    trigger: Decimal
    profit: bool = False
    whole: bool = False
    by_mark: bool = False
    price: Decimal | None = None
    client_id: str = ""

    @property
    def type(self) -> str:
        kind = "TAKE_PROFIT" if self.profit else "STOP"
        return kind if self.price else f"{kind}_MARKET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An order as it was asked for; `tif` is GTC, IOC, FOK or GTX (post-only)."""

    symbol: str
    side: Side
    quantity: Decimal
    price: Decimal | None = None  # none: at the market
    tif: str = "GTC"
    reduce_only: bool = False
    client_id: str = ""
    leg: str = "BOTH"
    closes: bool = False  # everything that is there
    attached: tuple[Attached, ...] = ()

    @property
    def type(self) -> str:
        return "MARKET" if self.price is None else "LIMIT"


@dataclass(slots=True, kw_only=True)
class Order:
    """An order that the venue took; `origin` is the type of the conditional that became it."""

    id: int
    client_id: str
    symbol: str
    side: Side
    type: str
    tif: str
    quantity: Decimal
    price: Decimal
    reduce_only: bool
    created: int
    updated: int
    origin: str = ""
    algo: int | None = None
    status: Status = Status.NEW
    filled: Decimal = ZERO
    quote: Decimal = ZERO
    attached: tuple[Attached, ...] = ()
    reason: int = 0  # why it was refused after it had been acknowledged

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def rest(self) -> Decimal:
        return self.quantity - self.filled

    @property
    def average(self) -> Decimal:
        return self.quote / self.filled if self.filled else ZERO


@dataclass(frozen=True, slots=True)
class Fill:
    """One trade of the account."""

    id: int
    order: int
    symbol: str
    side: Side
    price: Decimal
    quantity: Decimal
    fee: Decimal
    realized: Decimal
    maker: bool
    time: int

    @property
    def signed(self) -> Decimal:
        return self.quantity * self.side.sign


@dataclass(frozen=True, slots=True)
class Income:
    """One line of the account's money: every change of the wallet has exactly one."""

    id: int
    time: int
    kind: str  # REALIZED_PNL COMMISSION FUNDING_FEE INSURANCE_CLEAR TRANSFER
    symbol: str
    amount: Decimal
    trade: int | None = None
