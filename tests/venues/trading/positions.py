"""A position, and what a fill makes of it, to the last digit."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_UP, Decimal

from tests.venues.trading.orders import GRAIN, ZERO


@dataclass(frozen=True, slots=True)
class Position:
    """Signed coins; `cost` is what they were bought (or, negative, sold) for."""

    symbol: str
    amount: Decimal = ZERO
    cost: Decimal = ZERO
    margin: Decimal = ZERO  # money of its own, when isolated
    updated: int = 0

    @property
    def entry(self) -> Decimal:
        return self.cost / self.amount if self.amount else ZERO

    @property
    def sign(self) -> int:
        return (self.amount > 0) - (self.amount < 0)

    def unrealized(self, mark: Decimal) -> Decimal:
        return self.amount * mark - self.cost

    def notional(self, mark: Decimal) -> Decimal:
        return self.amount * mark


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(GRAIN, ROUND_HALF_EVEN)


def closing(position: Position, signed: Decimal) -> Decimal:
    """How much of a trade takes from the position."""
    if position.sign * signed >= 0:
        return ZERO
    return min(abs(signed), abs(position.amount))


def after(
    position: Position, signed: Decimal, price: Decimal, leverage: int | None
) -> tuple[Position, Decimal]:
    """The position after a trade, and the profit that it made real.

    With a leverage the position is isolated: what is opened brings its margin, what is closed
    gives its part back. What is left after parts were closed keeps the rounding, so nothing is lost.
    """
    part = closing(position, signed)
    share = part / abs(position.amount) if part else ZERO
    whole = share == 1
    released = position.cost if whole else cents(position.cost * share)
    freed = position.margin if whole else cents(position.margin * share)
    realized = position.sign * price * part - released
    opened = signed + position.sign * part
    bound = (abs(opened) * price / leverage).quantize(GRAIN, ROUND_UP) if leverage else ZERO
    changed = replace(
        position,
        amount=position.amount + signed,
        cost=position.cost - released + opened * price,
        margin=position.margin - freed + bound,
    )
    return changed, realized
