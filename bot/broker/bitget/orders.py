"""The desk's orders in Bitget's words, and Bitget's in the desk's.

A take-profit is a limit order that rests. A stop is a `loss_plan` for the desk's own amount: a
position has only one `pos_loss`, which would cover what is not the desk's, too.
"""

from decimal import Decimal

from bot.broker.fate import Answer, Receipt
from bot.broker.told import Told, moment, name_or_id, number, number_or, row, rows, text
from core.domain.trading import Order, OrderState, OrderStatus, OrderType, Side

PRODUCT = {"productType": "USDT-FUTURES"}
MONEY = PRODUCT | {"marginCoin": "USDT"}
FORCES = {OrderType.IOC: "ioc", OrderType.POST_ONLY: "post_only"}
STATUSES = {
    "init": OrderStatus.OPEN,
    "new": OrderStatus.OPEN,
    "live": OrderStatus.OPEN,
    "partially_filled": OrderStatus.OPEN,
    "filled": OrderStatus.FILLED,
    "canceled": OrderStatus.CANCELED,
    "cancelled": OrderStatus.CANCELED,
}
STAGES = {
    "live": OrderStatus.OPEN,
    "executing": OrderStatus.OPEN,
    "executed": OrderStatus.OPEN,
    "cancelled": OrderStatus.CANCELED,
    "canceled": OrderStatus.CANCELED,
    "fail_execute": OrderStatus.EXPIRED,
}
AT_ONCE = frozenset({"ioc", "fok", "post_only"})
STOPS = ("loss_plan", "pos_loss", "moving_plan", "normal_plan", "track_plan")
TARGETS = ("profit_plan", "pos_profit")
OF_POSITION = "profit_loss"
NONE = Decimal(0)


def words(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def plain(order: Order, name: str) -> dict[str, object]:
    asked: dict[str, object] = {
        **MONEY,
        "symbol": name,
        "marginMode": "isolated",
        "side": order.side.value,
        "orderType": "market" if order.type is OrderType.MARKET else "limit",
        "size": words(order.amount),
        "clientOid": order.client_order_id,
        "reduceOnly": "YES" if order.reduce_only else "NO",
    }
    if price := order.price or order.stop_price:
        asked |= {"price": words(price), "force": FORCES.get(order.type, "gtc")}
    if order.stop_loss and not order.reduce_only:
        asked["presetStopLossPrice"] = words(order.stop_loss)
    return asked


def protecting(order: Order, name: str) -> dict[str, object]:
    """It says which side is held: the other one than its own."""
    return {
        **MONEY,
        "symbol": name,
        "planType": "loss_plan",
        "triggerPrice": words(order.stop_price or NONE),
        "triggerType": "fill_price",
        "executePrice": "0",
        "holdSide": order.side.opposite.value,
        "size": words(order.amount),
        "clientOid": order.client_order_id,
    }


def receipt(answer: object) -> Answer:
    if isinstance(answer, Exception):
        return answer
    told = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(told, dict):
        return None
    own, name = told.get("orderId"), told.get("clientOid")
    return Receipt(str(own), str(name)) if own and name else None


def data_of(answer: object) -> Told:
    return row(row(answer)["data"])


def list_of(answer: object, key: str) -> list[Told]:
    """An empty list is none at all here."""
    told = data_of(answer)[key]
    return [] if told is None else rows(told)


def order_of(told: Told, symbol: str) -> Order:
    kind, reduces = _kind(told), text(told, "reduceOnly").upper() == "YES"
    price = number_or(told, "price", NONE) or None
    is_target = kind is OrderType.TAKE_PROFIT
    return Order(
        client_order_id=name_or_id(told, "clientOid", "orderId"),
        symbol=symbol,
        side=Side(text(told, "side")),
        type=kind,
        amount=number(told, "size"),
        price=None if is_target or kind is OrderType.MARKET else price,
        stop_price=price if is_target else None,
        reduce_only=reduces,
    )


def _kind(told: Told) -> OrderType:
    if text(told, "orderType") == "market":
        return OrderType.MARKET
    force = text(told, "force")
    if force in {"ioc", "fok"}:
        return OrderType.IOC
    if force == "post_only":
        return OrderType.POST_ONLY
    reduces = text(told, "reduceOnly").upper() == "YES"
    return OrderType.TAKE_PROFIT if reduces else OrderType.LIMIT


def state_of(told: Told, order: Order) -> OrderState:
    """One word for it where it is asked for alone, another in a list."""
    status = STATUSES[text(told, "state" if "state" in told else "status")]
    at_once = told.get("force") in AT_ONCE or told.get("orderType") == "market"
    if status is OrderStatus.CANCELED and at_once:
        status = OrderStatus.EXPIRED
    filled = number_or(told, "baseVolume", NONE)
    return OrderState(order, status, filled, moment(told, "cTime"))


def waiting_of(told: Told, symbol: str, there: Decimal) -> Order | None:
    """A stop of the whole position covers as much as is there."""
    amount = number_or(told, "size", there)
    if not amount:
        return None
    kind = text(told, "planType")
    return Order(
        client_order_id=name_or_id(told, "clientOid", "orderId"),
        symbol=symbol,
        side=Side(text(told, "side")),
        type=OrderType.TAKE_PROFIT if kind in TARGETS else OrderType.STOP_MARKET,
        amount=amount,
        stop_price=number(told, "triggerPrice"),
        reduce_only=kind not in {"normal_plan", "track_plan"},
    )


def stage_of(told: Told, order: Order) -> OrderState:
    """Of one that has not become an order of the plain book."""
    return OrderState(order, STAGES[text(told, "planStatus")], NONE, moment(told, "cTime"))
