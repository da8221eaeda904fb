"""A trade as a person asks for it in words: a side, and whatever else was said."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.trading import Side


@dataclass(frozen=True, slots=True)
class Level:
    """A price, or a distance from the entry as a fraction of it: exactly one of the two."""

    price: Decimal | None = None
    away: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.price is None) is (self.away is None):
            raise ValueError("a level is a price or a distance")
        if (self.price or self.away or Decimal(0)) <= 0:
            raise ValueError("a level lies above zero")

    def at(self, entry: Decimal, sign: int) -> Decimal:
        """The price, `sign` saying on which side of the entry a distance lies."""
        return self.price if self.price is not None else entry * (1 + sign * (self.away or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeWish:
    """What is left out is for the desk to choose. `notional` is the most that may be bought, in
    quote currency; `limit` the price at which the entry waits in the book.
    """

    symbol: str
    side: Side
    notional: Decimal | None = None
    leverage: int | None = None
    stop: Level | None = None
    target: Level | None = None
    limit: Decimal | None = None
