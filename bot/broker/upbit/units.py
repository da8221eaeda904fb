"""Upbit's price units: they grow with the price. As of 31 July 2025."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.domain.trading import Side

GRAIN = Decimal("0.00000001")
UNITS = (
    (1_000_000, Decimal(1_000)),
    (500_000, Decimal(500)),
    (100_000, Decimal(100)),
    (50_000, Decimal(50)),
    (10_000, Decimal(10)),
    (5_000, Decimal(5)),
    (100, Decimal(1)),
    (10, Decimal("0.1")),
)


def unit_of(price: Decimal) -> Decimal:
    """Below ten won three digits count."""
    found = next((unit for bound, unit in UNITS if price >= bound), None)
    return found or max(Decimal(1).scaleb(price.adjusted() - 2), GRAIN)


def on_unit(price: Decimal, side: Side) -> Decimal:
    """No worse than the price for whoever trades on this side."""
    unit = unit_of(price)
    rounding = ROUND_FLOOR if side is Side.BUY else ROUND_CEILING
    return (price / unit).to_integral_value(rounding) * unit
