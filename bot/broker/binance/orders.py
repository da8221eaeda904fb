"""The desk's orders in Binance's words, and Binance's in the desk's.

A take-profit is a limit order that rests. A stop is an order of the algo book, reduce-only and with
a quantity rather than `closePosition`: it covers the desk's own part of a position that somebody
may share, and a new one can stand beside the old one while that is taken away, where a second
`closePosition` would be refused.
"""

from decimal import Decimal

from bot.broker.fate import Answer, Receipt
from bot.broker.told import Told, flag, moment, number, text
from core.domain.trading import Order, OrderState, OrderStatus, OrderType, Side

LIFETIMES = {OrderType.IOC: "IOC", OrderType.POST_ONLY: "GTX"}
STATUSES = {
    "NEW": OrderStatus.OPEN,
    "PARTIALLY_FILLED": OrderStatus.OPEN,
    "FILLED": OrderStatus.FILLED,
    "CANCELED": OrderStatus.CANCELED,
    "EXPIRED": OrderStatus.EXPIRED,
    "EXPIRED_IN_MATCH": OrderStatus.EXPIRED,
    "REJECTED": OrderStatus.EXPIRED,
}
STAGES = STATUSES | {
    "TRIGGERING": OrderStatus.OPEN,
    "TRIGGERED": OrderStatus.OPEN,
    "FINISHED": OrderStatus.CANCELED,
}
BECAME_ORDERS = frozenset({"TRIGGERED", "FINISHED"})
WITH_POSITION = "GTE_GTC"


def plain(order: Order, name: str) -> dict[str, str]:
    asked = {
        "symbol": name,
        "side": order.side.upper(),
        "type": "MARKET" if order.type is OrderType.MARKET else "LIMIT",
        "quantity": words(order.amount),
        "newClientOrderId": order.client_order_id,
        "newOrderRespType": "ACK",
    }
    if price := order.price or order.stop_price:
        asked |= {"price": words(price), "timeInForce": LIFETIMES.get(order.type, "GTC")}
    if order.reduce_only:
        asked["reduceOnly"] = "true"
    return asked


def conditional(order: Order, name: str, lifetime: str = WITH_POSITION) -> dict[str, str]:
    """It lives as long as its position: none is taken where there is nothing to protect."""
    return {
        "algoType": "CONDITIONAL",
        "symbol": name,
        "side": order.side.upper(),
        "type": "STOP_MARKET",
        "quantity": words(order.amount),
        "triggerPrice": words(order.stop_price or Decimal(0)),
        "workingType": "CONTRACT_PRICE",
        "timeInForce": lifetime,
        "clientAlgoId": order.client_order_id,
        "reduceOnly": "true" if order.reduce_only else "false",
    }


def words(number: Decimal) -> str:
    return f"{number.normalize():f}"


def receipt(answer: object) -> Answer:
    """Of the plain book or of the algo book."""
    if isinstance(answer, Exception):
        return answer
    if not isinstance(answer, dict):
        return None
    own = answer.get("orderId") or answer.get("algoId")
    name = answer.get("clientOrderId") or answer.get("clientAlgoId")
    return Receipt(str(own), str(name)) if own and name else None


def order_of(told: Told, symbol: str) -> Order:
    """As it stands in the plain book; what reduces at a price is what the desk calls a target."""
    price, kind = number(told, "price"), _kind(told)
    is_target = kind is OrderType.TAKE_PROFIT
    return Order(
        client_order_id=text(told, "clientOrderId"),
        symbol=symbol,
        side=Side(text(told, "side").lower()),
        type=kind,
        amount=number(told, "origQty"),
        price=None if is_target or kind is OrderType.MARKET else price,
        stop_price=price if is_target else None,
        reduce_only=flag(told, "reduceOnly"),
    )


def _kind(told: Told) -> OrderType:
    if text(told, "type") == "MARKET":
        return OrderType.MARKET
    lifetime = text(told, "timeInForce")
    if lifetime in {"IOC", "FOK"}:
        return OrderType.IOC
    if lifetime == "GTX":
        return OrderType.POST_ONLY
    return OrderType.TAKE_PROFIT if flag(told, "reduceOnly") else OrderType.LIMIT


def state_of(told: Told, order: Order) -> OrderState:
    """`order` is who asks for it; its amount is as the venue took it."""
    status = STATUSES[text(told, "status")]
    return OrderState(order, status, number(told, "executedQty"), moment(told, "time"))


def waiting_of(told: Told, symbol: str, there: Decimal) -> Order | None:
    """Of the algo book; one that closes whatever is there covers as much as is there. None where
    it has no price yet, as some that trail, or nothing to close.
    """
    amount = there if flag(told, "closePosition") else number(told, "quantity")
    price = number(told, "triggerPrice") or _activation(told)
    if not amount or not price:
        return None
    is_target = text(told, "orderType").startswith("TAKE_PROFIT")
    return Order(
        client_order_id=text(told, "clientAlgoId"),
        symbol=symbol,
        side=Side(text(told, "side").lower()),
        type=OrderType.TAKE_PROFIT if is_target else OrderType.STOP_MARKET,
        amount=amount,
        stop_price=price,
        reduce_only=flag(told, "reduceOnly") or flag(told, "closePosition"),
    )


def _activation(told: Told) -> Decimal:
    return number(told, "activatePrice") if told.get("activatePrice") else Decimal(0)


def stage_of(told: Told, order: Order) -> OrderState:
    """Of one that has not become an order of the plain book."""
    status = STAGES[text(told, "algoStatus")]
    return OrderState(order, status, Decimal(0), moment(told, "createTime"))
