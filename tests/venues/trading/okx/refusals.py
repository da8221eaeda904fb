"""Why OKX says no: the ledger's reasons, which bear Binance's numbers, in OKX's codes and words."""

from tests.venues.trading.orders import Refusal

PRICE_LIMIT = "Order price is not within the price limit."
REFUSALS = {
    -1111: (51121, "Order quantity must be a multiple of the lot size."),
    -1121: (51001, "Instrument ID, Instrument ID code, or Spread ID doesn't exist."),
    -2007: (51257, "Trail order callback rate error"),
    -2011: (
        51400,
        "Order cancellation failed as the order has been filled, canceled or does not exist.",
    ),
    -2013: (51503, "Order modification failed as the order does not exist"),
    -2019: (51008, "Order failed. Insufficient USDT margin in account"),
    -2022: (51169, "You don't have any positions in this contract that can be closed."),
    -2025: (51174, "The number of pending orders reached the upper limit."),
    -2027: (51004, "Order failed. The order amount exceeds the current tier limit."),
    -2028: (59108, "Low leverage and insufficient margin, please adjust the leverage."),
    -4001: (51000, "Parameter px error"),
    -4003: (51020, "Your order should meet or exceed the minimum order amount."),
    -4005: (51202, "The amount of the market order exceeds the maximum."),
    -4006: (51000, "Parameter slTriggerPx error"),
    -4014: (51000, "Parameter px error"),
    -4016: (51137, PRICE_LIMIT),
    -4023: (51121, "Order quantity must be a multiple of the lot size."),
    -4024: (51138, PRICE_LIMIT),
    -4028: (59102, "Leverage exceeds the maximum limit. Please lower the leverage."),
    -4045: (51261, "You've reached the maximum number of pending stop orders."),
    -4049: (59300, "Margin call failed. Position does not exist."),
    -4050: (59301, "Margin adjustment failed for exceeding the max limit."),
    -4051: (59301, "Margin adjustment failed for exceeding the max limit."),
    -4061: (51000, "Parameter posSide error"),
    -4067: (
        59000,
        "Setting failed. Cancel any open orders, close positions, and stop bots first.",
    ),
    -4068: (
        59000,
        "Setting failed. Cancel any open orders, close positions, and stop bots first.",
    ),
    -4108: (51028, "Contract under delivery"),
    -4116: (51016, "Client order ID already exists."),
    -4118: (51112, "Close order size exceeds your available size"),
    -4130: (51328, "closeFraction is only available once in a direction"),
    -4161: (59108, "Low leverage and insufficient margin, please adjust the leverage."),
    -4164: (51020, "Your order should meet or exceed the minimum order amount."),
    -4509: (51169, "You don't have any positions in this contract that can be closed."),
    -5027: (51500, "You must enter a price, quantity, or TP/SL"),
}


def spoken(refusal: Refusal) -> Refusal:
    """In OKX's words; what is not of the ledger is so already."""
    known = REFUSALS.get(refusal.code)
    return refusal if known is None else Refusal(*known)


def wrong(key: str) -> Refusal:
    return Refusal(51000, f"Parameter {key} error")


def empty(key: str) -> Refusal:
    return Refusal(50014, f"Parameter {key} can not be empty.")
