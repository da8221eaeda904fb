"""The desk's orders in OKX's words, and OKX's in the desk's.

A take-profit is a limit order that rests. A stop is a conditional order that goes with its position;
an entry brings one with it, under the name by which the desk knows its trade's first stop.
"""

from decimal import Decimal

from bot.broker.fate import Answer, Receipt
from bot.broker.told import Told, flag, moment, name_or_id, number, number_or, rows, text
from core.domain.intent import Role
from core.domain.trading import Order, OrderState, OrderStatus, OrderType, Side
from core.execution.names import is_ours, named, role_of, trade_of

KINDS = {
    OrderType.MARKET: "market",
    OrderType.IOC: "ioc",
    OrderType.POST_ONLY: "post_only",
}
TYPES = {
    "market": OrderType.MARKET,
    "optimal_limit_ioc": OrderType.MARKET,
    "ioc": OrderType.IOC,
    "fok": OrderType.IOC,
    "post_only": OrderType.POST_ONLY,
}
STATUSES = {
    "live": OrderStatus.OPEN,
    "partially_filled": OrderStatus.OPEN,
    "filled": OrderStatus.FILLED,
    "canceled": OrderStatus.CANCELED,
    "mmp_canceled": OrderStatus.CANCELED,
}
STAGES = {
    "live": OrderStatus.OPEN,
    "pause": OrderStatus.OPEN,
    "partially_effective": OrderStatus.OPEN,
    "effective": OrderStatus.OPEN,
    "canceled": OrderStatus.CANCELED,
    "order_failed": OrderStatus.EXPIRED,
    "partially_failed": OrderStatus.EXPIRED,
}
AT_MARKET, BY_HAND, NONE = "-1", frozenset({"", "1"}), Decimal(0)


def words(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def plain(order: Order, name: str, size: Decimal) -> dict[str, object]:
    asked: dict[str, object] = {
        "instId": name,
        "tdMode": "isolated",
        "side": order.side.value,
        "ordType": KINDS.get(order.type, "limit"),
        "sz": words(order.amount / size),
        "clOrdId": order.client_order_id,
        "reduceOnly": order.reduce_only,
    }
    if price := order.price or order.stop_price:
        asked["px"] = words(price)
    if order.stop_loss and not order.reduce_only:
        asked["attachAlgoOrds"] = [_attached(order, order.stop_loss)]
    return asked


def _attached(order: Order, price: Decimal) -> dict[str, str]:
    asked = {"slTriggerPx": words(price), "slOrdPx": AT_MARKET, "slTriggerPxType": "last"}
    own = order.client_order_id
    if is_ours(own) and role_of(own) is Role.ENTRY:
        asked["attachAlgoClOrdId"] = named(trade_of(own), Role.STOP, 0)
    return asked


def conditional(order: Order, name: str, size: Decimal) -> dict[str, object]:
    """`clOrdId` is said too: ccxt would put a name of its own there."""
    asked: dict[str, object] = {
        "instId": name,
        "tdMode": "isolated",
        "side": order.side.value,
        "ordType": "conditional",
        "sz": words(order.amount / size),
        "slTriggerPx": words(order.stop_price or NONE),
        "slOrdPx": AT_MARKET,
        "slTriggerPxType": "last",
        "algoClOrdId": order.client_order_id,
        "clOrdId": order.client_order_id,
        "reduceOnly": order.reduce_only,
    }
    return asked | ({"cxlOnClosePos": True} if order.reduce_only else {})


def receipt(answer: object) -> Answer:
    if isinstance(answer, Exception):
        return answer
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list) or len(data) != 1 or not isinstance(data[0], dict):
        return None
    told = data[0]
    own = told.get("ordId") or told.get("algoId")
    name = told.get("algoClOrdId") if told.get("algoId") else told.get("clOrdId")
    return Receipt(str(own), str(name)) if own and name and told.get("sCode") == "0" else None


def data_of(answer: object) -> list[Told]:
    if not isinstance(answer, dict):
        raise TypeError("OKX told no object")
    return rows(answer["data"])


def order_of(told: Told, symbol: str, size: Decimal) -> Order:
    kind = TYPES.get(text(told, "ordType"), OrderType.LIMIT)
    if kind is OrderType.LIMIT and flag(told, "reduceOnly"):
        kind = OrderType.TAKE_PROFIT
    price = number_or(told, "px", NONE) or None
    is_target = kind is OrderType.TAKE_PROFIT
    return Order(
        client_order_id=name_or_id(told, "clOrdId", "ordId"),
        symbol=symbol,
        side=Side(text(told, "side")),
        type=kind,
        amount=number(told, "sz") * size,
        price=None if is_target or kind is OrderType.MARKET else price,
        stop_price=price if is_target else None,
        reduce_only=flag(told, "reduceOnly"),
    )


def state_of(told: Told, order: Order, size: Decimal) -> OrderState:
    status = STATUSES[text(told, "state")]
    if status is OrderStatus.CANCELED and str(told.get("cancelSource", "")) not in BY_HAND:
        status = OrderStatus.EXPIRED
    return OrderState(order, status, number(told, "accFillSz") * size, moment(told, "cTime"))


def waiting_of(told: Told, symbol: str, amount: Decimal) -> Order | None:
    """Of the algo book; None where nothing is told of a price, as of some that trail, or where
    there is nothing to close. Of two that exclude each other the stop is told.
    """
    stop = number_or(told, "slTriggerPx", NONE)
    target = number_or(told, "tpTriggerPx", NONE)
    other = number_or(told, "triggerPx", NONE) or number_or(told, "moveTriggerPx", NONE)
    price = stop or target or other
    if not price or not amount:
        return None
    rises = bool(other) and price > number_or(told, "last", price)
    gains = rises is (told["side"] == "sell") and bool(other) and bool(told.get("last"))
    is_target = bool(target and not stop) or (not stop and gains)
    return Order(
        client_order_id=name_or_id(told, "algoClOrdId", "algoId"),
        symbol=symbol,
        side=Side(text(told, "side")),
        type=OrderType.TAKE_PROFIT if is_target else OrderType.STOP_MARKET,
        amount=amount,
        stop_price=price,
        reduce_only=flag(told, "reduceOnly"),
    )


def stage_of(told: Told, order: Order) -> OrderState:
    """Of one that has not become an order of the plain book."""
    return OrderState(order, STAGES[text(told, "state")], NONE, moment(told, "cTime"))
