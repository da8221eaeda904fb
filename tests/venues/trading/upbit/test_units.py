"""The price units of the won market."""

from decimal import Decimal

import pytest

from tests.venues.trading.upbit.units import on_grid, unit_of

UNITS = [
    ("70000000", "1000"),
    ("1000000", "1000"),
    ("999500", "500"),
    ("100000", "100"),
    ("99950", "50"),
    ("10000", "10"),
    ("9995", "5"),
    ("4999", "1"),
    ("100", "1"),
    ("99.9", "0.1"),
    ("9.99", "0.01"),
    ("0.999", "0.001"),
    ("0.0999", "0.0001"),
    ("0.0000000001", "0.00000001"),
]


@pytest.mark.parametrize(("price", "unit"), UNITS)
def test_the_unit_depends_on_the_price(price, unit):
    assert unit_of(Decimal(price)) == Decimal(unit)


def test_a_price_is_moved_to_the_nearest_unit():
    assert on_grid(Decimal(70000499)) == 70_000_000
    assert on_grid(Decimal("3081.4")) == 3_081
