"""Details of a cause in numbers that need no language."""

from decimal import Decimal


def share(symbol: str, part: Decimal) -> str:
    """BTC 3.41%"""
    return f"{symbol.partition('/')[0]} {part * 100:.2f}%"
