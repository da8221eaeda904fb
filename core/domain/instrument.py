"""What can be traded, and in which steps its venue takes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

NEAR_END = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MaintenanceTier:
    """From `floor` of notional up: maintenance margin = notional * rate - `deduction`.

    `leverage` is the most a position of this size may have, 0 where the venue does not say.
    """

    floor: Decimal
    rate: Decimal
    deduction: Decimal = Decimal(0)
    leverage: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A linear perpetual contract and the steps its venue accepts; amounts are in base units.

    `ends` is when its venue takes it off the list, once that is known.
    """

    symbol: str
    tick_size: Decimal
    step_size: Decimal
    min_notional: Decimal
    max_leverage: int
    maker_fee: Decimal
    taker_fee: Decimal
    tiers: tuple[MaintenanceTier, ...]
    gap: Decimal
    ends: datetime | None = None

    @property
    def base(self) -> str:
        return self.symbol.partition("/")[0]

    @property
    def quote(self) -> str:
        return self.symbol.partition("/")[2].partition(":")[0]

    def is_over(self, now: datetime) -> bool:
        """Off the list: it can be left, and nothing is told of it any more."""
        return self.ends is not None and self.ends <= now

    def is_ending(self, now: datetime) -> bool:
        """So soon that nobody enters."""
        return self.ends is not None and self.ends - now <= NEAR_END

    def round_amount(self, amount: Decimal) -> Decimal:
        """Round towards zero, so that a rounded order never risks more than was asked."""
        return (amount / self.step_size).to_integral_value(ROUND_DOWN) * self.step_size

    def round_price(self, price: Decimal) -> Decimal:
        return self._on_tick(price, ROUND_HALF_EVEN)

    def price_down(self, price: Decimal) -> Decimal:
        return self._on_tick(price, ROUND_FLOOR)

    def price_up(self, price: Decimal) -> Decimal:
        return self._on_tick(price, ROUND_CEILING)

    def _on_tick(self, price: Decimal, rounding: str) -> Decimal:
        return (price / self.tick_size).to_integral_value(rounding) * self.tick_size

    def leverage_at(self, notional: Decimal) -> int:
        """The most leverage for a position this large."""
        return min(self.tier(notional).leverage or self.max_leverage, self.max_leverage)

    def tier(self, notional: Decimal) -> MaintenanceTier:
        """The maintenance tier of a position this large."""
        return max((t for t in self.tiers if t.floor <= notional), key=lambda t: t.floor)
