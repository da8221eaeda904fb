"""Why Bybit says no: the ledger's reasons, which bear Binance's numbers, in Bybit's codes and words."""

from tests.venues.trading.orders import Refusal

REFUSALS = {
    -1111: (10001, "Qty invalid"),
    -1121: (10001, "Not supported symbols"),
    -2007: (10001, "params error: trailingStop invalid"),
    -2011: (110001, "order not exists or too late to cancel"),
    -2013: (110001, "order not exists or too late to replace"),
    -2019: (110007, "ab not enough for new order"),
    -2022: (110017, "current position is zero, cannot fix reduce-only order qty"),
    -2025: (110020, "Not allowed to have more than 500 active orders."),
    -2027: (110090, "Order placement failed as your position may exceed the max limit."),
    -2028: (110012, "Insufficient available balance."),
    -4001: (10001, "params error: Price invalid"),
    -4003: (10001, "params error: Qty invalid"),
    -4005: (10001, "The number of contracts exceeds maximum limit allowed: too large"),
    -4006: (10001, "params error: triggerPrice invalid"),
    -4014: (10001, "params error: Price invalid"),
    -4016: (110003, "Order price exceeds the allowable range."),
    -4023: (10001, "Qty invalid"),
    -4024: (110003, "Order price exceeds the allowable range."),
    -4028: (110013, "Cannot set leverage due to risk limit level."),
    -4045: (110009, "The number of stop orders exceeds the maximum allowable limit."),
    -4046: (110026, "Cross/isolated margin mode has not been modified."),
    -4047: (3400045, "Set margin mode failed"),
    -4048: (3400045, "Set margin mode failed"),
    -4049: (110015, "The position is in cross margin mode."),
    -4050: (110014, "Insufficient available balance to add additional margin."),
    -4051: (110011, "Liquidation will be triggered immediately by this adjustment"),
    -4059: (110025, "Position mode has not been modified."),
    -4061: (10001, "position idx not match position mode"),
    -4067: (110028, "You have existing open orders, so the position mode cannot be switched."),
    -4068: (110024, "You have an existing position, so the position mode cannot be switched."),
    -4108: (110066, "Trading is currently not allowed."),
    -4116: (110072, "OrderLinkedID is duplicate"),
    -4118: (110017, "orderQty will be truncated to zero"),
    -4161: (110013, "Cannot set leverage due to risk limit level."),
    -4164: (110094, "Order does not meet minimum order value 5USDT"),
    -5027: (
        10001,
        "The order remains unchanged as the parameters entered match the existing ones.",
    ),
}


def spoken(refusal: Refusal) -> Refusal:
    """In Bybit's words; what is not of the ledger is so already."""
    known = REFUSALS.get(refusal.code)
    return refusal if known is None else Refusal(*known)


def wrong(key: str) -> Refusal:
    return Refusal(10001, f"params error: {key} invalid")
