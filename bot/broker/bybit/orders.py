"""The desk's orders in Bybit's words, and Bybit's in the desk's.

A take-profit is a limit order that rests. A stop is a conditional order for the desk's own amount,
and an entry brings one of the same kind with it, for what it fills.
"""

from decimal import Decimal

from bot.broker.fate import Answer, Receipt
from bot.broker.told import Told, flag, moment, name_or_id, number, number_or, row, text
from core.domain.trading import Order, OrderState, OrderStatus, OrderType, Side

RISES, FALLS = 1, 2
LIFETIMES = {OrderType.IOC: "IOC", OrderType.POST_ONLY: "PostOnly"}
STATUSES = {
    "Created": OrderStatus.OPEN,
    "New": OrderStatus.OPEN,
    "PartiallyFilled": OrderStatus.OPEN,
    "Untriggered": OrderStatus.OPEN,
    "Triggered": OrderStatus.OPEN,
    "Filled": OrderStatus.FILLED,
    "PartiallyFilledCanceled": OrderStatus.CANCELED,
    "Cancelled": OrderStatus.CANCELED,
    "Deactivated": OrderStatus.CANCELED,
    "Rejected": OrderStatus.EXPIRED,
}
UNASKED = frozenset({"EC_NoImmediateQtyToFill", "EC_PostOnlyWillTakeLiquidity"})


def words(number: Decimal) -> str:
    return f"{number.normalize():f}"


def request(order: Order, name: str) -> dict[str, object]:
    asked: dict[str, object] = {
        "category": "linear",
        "symbol": name,
        "side": order.side.capitalize(),
        "qty": words(order.amount),
        "orderLinkId": order.client_order_id,
        "reduceOnly": order.reduce_only,
        "positionIdx": 0,
    }
    if order.type is OrderType.STOP_MARKET:
        return asked | _waiting(order)
    if order.stop_loss and not order.reduce_only:
        asked |= {"stopLoss": words(order.stop_loss), "slTriggerBy": "LastPrice"}
        asked |= {"tpslMode": "Partial", "slOrderType": "Market"}
    if price := order.price or order.stop_price:
        lifetime = LIFETIMES.get(order.type, "GTC")
        return asked | {"orderType": "Limit", "price": words(price), "timeInForce": lifetime}
    return asked | {"orderType": "Market"}


def _waiting(order: Order) -> dict[str, object]:
    """A stop to sell waits for a fall. Closing on its trigger, it needs no margin to be free."""
    return {
        "orderType": "Market",
        "triggerPrice": words(order.stop_price or Decimal(0)),
        "triggerDirection": FALLS if order.side is Side.SELL else RISES,
        "triggerBy": "LastPrice",
        "closeOnTrigger": order.reduce_only,
    }


def receipt(answer: object) -> Answer:
    if isinstance(answer, Exception):
        return answer
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, dict):
        return None
    own, name = result.get("orderId"), result.get("orderLinkId")
    return Receipt(str(own), str(name)) if own and name else None


def order_of(told: Told, symbol: str) -> Order | None:
    """None of one that waits for a price which the venue does not tell yet, as some that trail."""
    kind, trigger = _kind(told), number_or(told, "triggerPrice", Decimal(0))
    if text(told, "orderType") == "Market" and kind is OrderType.STOP_MARKET and not trigger:
        return None
    price = number(told, "price")
    is_target = kind is OrderType.TAKE_PROFIT
    return Order(
        client_order_id=name_or_id(told, "orderLinkId", "orderId"),
        symbol=symbol,
        side=Side(text(told, "side").lower()),
        type=kind,
        amount=number(told, "qty"),
        price=price if price and not is_target else None,
        stop_price=trigger or (price if is_target else None),
        reduce_only=flag(told, "reduceOnly"),
    )


def _kind(told: Told) -> OrderType:
    if told.get("stopOrderType") not in {None, "", "UNKNOWN"}:
        return _kind_of_waiting(told)
    if text(told, "orderType") == "Market":
        return OrderType.MARKET
    lifetime = text(told, "timeInForce")
    if lifetime in {"IOC", "FOK"}:
        return OrderType.IOC
    if lifetime == "PostOnly":
        return OrderType.POST_ONLY
    return OrderType.TAKE_PROFIT if flag(told, "reduceOnly") else OrderType.LIMIT


def _kind_of_waiting(told: Told) -> OrderType:
    if text(told, "stopOrderType").endswith("TakeProfit"):
        return OrderType.TAKE_PROFIT
    rises = str(told.get("triggerDirection")) == str(RISES)
    is_target = text(told, "stopOrderType") == "Stop" and rises is (told["side"] == "Sell")
    return OrderType.TAKE_PROFIT if is_target else OrderType.STOP_MARKET


def state_of(told: Told, order: Order) -> OrderState:
    status = STATUSES[text(told, "orderStatus")]
    if status is OrderStatus.CANCELED and told.get("rejectReason") in UNASKED:
        status = OrderStatus.EXPIRED
    return OrderState(order, status, number(told, "cumExecQty"), moment(told, "createdTime"))


def result_of(answer: object) -> Told:
    return row(row(answer)["result"])
