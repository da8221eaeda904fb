"""Numbers as venues write them."""

from decimal import Decimal


def places(step: Decimal) -> int:
    """How many digits follow the point of a number on this grid."""
    return max(-step.normalize().adjusted(), 0)


def plain(number: Decimal | float, digits: int) -> str:
    return f"{number:.{digits}f}"


def bare(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    return f"{number.normalize():f}"
