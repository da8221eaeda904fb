"""What a venue demands of an order before it looks at the money: grids, sizes and prices."""

from dataclasses import dataclass
from decimal import Decimal

from tests.venues.trading.orders import Refusal, Wish
from tests.venues.world import Tier


@dataclass(frozen=True, slots=True)
class Quote:
    """The prices of this moment."""

    last: Decimal
    mark: Decimal
    bid: Decimal
    ask: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One contract's; as exchangeInfo and leverageBracket tell them."""

    symbol: str
    tick: Decimal
    step: Decimal
    min_notional: Decimal
    tiers: tuple[Tier, ...]
    most: Decimal = Decimal(1_000_000)
    most_at_market: Decimal = Decimal(120_000)
    band: Decimal = Decimal("0.05")
    max_orders: int = 200
    contract: Decimal = Decimal(1)  # coins in one, where a venue counts contracts
    ends: int | None = None  # when it is delivered and trades no more

    def tier(self, notional: Decimal) -> Tier:
        return next((t for t in self.tiers if notional <= t.cap), self.tiers[-1])

    def maintenance(self, notional: Decimal) -> Decimal:
        """Continuous where a bracket begins."""
        owed, rate, top = Decimal(0), Decimal(0), self.tier(notional)
        for tier in self.tiers:
            owed += tier.floor * (tier.maintenance - rate)
            rate = tier.maintenance
            if tier is top:
                break
        return max(notional * rate - owed, Decimal(0))

    def cap(self, leverage: int) -> int:
        """The largest position that this leverage may hold."""
        return max((t.cap for t in self.tiers if t.leverage >= leverage), default=0)


def check_quantity(rules: Rules, quantity: Decimal, *, market: bool) -> None:
    if quantity <= 0:
        raise Refusal(-4003, "Quantity less than or equal to zero.")
    if quantity > (rules.most_at_market if market else rules.most):
        raise Refusal(-4005, "Quantity greater than max quantity.")
    check_grid(quantity, rules.step, Refusal(-4023, "Qty not increased by step size."))


def check_price(rules: Rules, price: Decimal) -> None:
    if price <= 0:
        raise Refusal(-4001, "Price less than 0.")
    check_grid(price, rules.tick, Refusal(-4014, "Price not increased by tick size."))


def check_grid(number: Decimal, grid: Decimal, otherwise: Refusal) -> None:
    """Too many digits are one complaint, a number between two steps another."""
    if number % grid == 0:
        return
    if -int(number.normalize().as_tuple().exponent) > -int(grid.normalize().as_tuple().exponent):
        raise Refusal(-1111, "Precision is over the maximum defined for this asset.")
    raise otherwise


def check_band(rules: Rules, wish: Wish, mark: Decimal) -> None:
    """Nobody may bid far above the market or offer far below it."""
    if wish.price is None:
        return
    most, least = mark * (1 + rules.band), mark * (1 - rules.band)
    if wish.side.sign > 0 and wish.price > most:
        raise Refusal(-4016, f"Limit price can't be higher than {most:.2f}.")
    if wish.side.sign < 0 and wish.price < least:
        raise Refusal(-4024, f"Limit price can't be lower than {least:.2f}.")


def check_notional(rules: Rules, wish: Wish, mark: Decimal) -> None:
    if wish.reduce_only or wish.closes:
        return
    if wish.quantity * (wish.price or mark) < rules.min_notional:
        raise Refusal(
            -4164,
            f"Order's notional must be no smaller than {rules.min_notional:.1f}"
            " (unless you choose reduce only)",
        )
