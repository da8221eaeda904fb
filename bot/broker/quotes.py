"""What the desk's money is at a venue of perpetuals; other money is shown and never traded with."""

from core.domain.trading import Order

USDT = "USDT"


def not_in_usdt(order: Order) -> str:
    """Why such an order is not sent; empty where it is."""
    return "" if order.symbol.endswith(f"/{USDT}:{USDT}") else "quote"
