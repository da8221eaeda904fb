"""What an account is told as things happen; each holds its own copy of how things stood."""

from dataclasses import dataclass
from decimal import Decimal

from tests.venues.trading.algos import Algo
from tests.venues.trading.orders import Fill, Order
from tests.venues.trading.positions import Position


@dataclass(frozen=True, slots=True)
class OrderChanged:
    time: int
    order: Order
    execution: str  # NEW TRADE CANCELED EXPIRED CALCULATED AMENDMENT
    fill: Fill | None = None


@dataclass(frozen=True, slots=True)
class MoneyChanged:
    time: int
    reason: str  # ORDER FUNDING_FEE MARGIN_TRANSFER MARGIN_TYPE_CHANGE INSURANCE_CLEAR …
    wallet: Decimal
    cross: Decimal
    change: Decimal  # apart from profit and fees
    positions: tuple[tuple[Position, bool, Decimal], ...] = ()  # isolated, mark


@dataclass(frozen=True, slots=True)
class AlgoChanged:
    time: int
    algo: Algo


@dataclass(frozen=True, slots=True)
class LeverageChanged:
    time: int
    symbol: str
    leverage: int


Event = OrderChanged | MoneyChanged | AlgoChanged | LeverageChanged
