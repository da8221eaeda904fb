"""The price units of Upbit's won market, as they have been since 31 July 2025."""

from decimal import Decimal

LEAST = Decimal(5_000)  # won, of any order
GRAIN = Decimal("0.00000001")
UNITS = (
    # from this price on: the unit
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
    """Below ten won three digits count, down to the smallest piece of money."""
    for bound, unit in UNITS:
        if price >= bound:
            return unit
    return max(Decimal(1).scaleb(price.adjusted() - 2), GRAIN)


def on_grid(price: Decimal) -> Decimal:
    unit = unit_of(price)
    return (price / unit).quantize(Decimal(1)) * unit
