"""A paper account at rest: money, and per symbol the position held and the orders waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.domain.trading import OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """An isolated position; a short one has a negative amount. `margin` is all it can lose."""

    amount: Decimal
    entry_price: Decimal
    margin: Decimal
    leverage: int
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One symbol. Everything that traded up to `seen` has been matched against it."""

    symbol: str
    seen: datetime
    mark: Decimal
    holding: Holding | None = None
    orders: tuple[OrderState, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.holding is None and not self.orders


@dataclass(frozen=True, slots=True)
class PaperState:
    """A whole paper account. `wallet` is realised money; `seq` numbers its activity."""

    wallet: Decimal
    seq: int
    books: Mapping[str, Book]
