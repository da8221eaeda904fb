"""The desk's orders in Upbit's words, and Upbit's in the desk's.

Upbit buys at the market for an amount of won, not for a number of coins; here that is a limit a
little above the best offer, which takes what is there and drops the rest.
"""

from datetime import UTC, datetime
from decimal import Decimal

from bot.broker.fate import Answer, Receipt
from bot.broker.told import Told, name_or_id, number, number_or, text
from bot.broker.upbit.units import on_unit
from core.domain.trading import Order, OrderState, OrderStatus, OrderType, Side

SIDES = {Side.BUY: "bid", Side.SELL: "ask"}
OURS = {told: side for side, told in SIDES.items()}
LIFETIMES = {OrderType.IOC: "ioc", OrderType.POST_ONLY: "post_only", OrderType.MARKET: "ioc"}
TYPES = {"ioc": OrderType.IOC, "fok": OrderType.IOC, "post_only": OrderType.POST_ONLY}
STATUSES = {
    "wait": OrderStatus.OPEN,
    "watch": OrderStatus.OPEN,
    "done": OrderStatus.FILLED,
    "cancel": OrderStatus.CANCELED,
}
NONE = Decimal(0)


def words(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def request(order: Order, name: str, price: Decimal | None) -> dict[str, str]:
    """Without a price: a sale at the market."""
    asked = {
        "market": name,
        "side": SIDES[order.side],
        "volume": words(order.amount),
        "identifier": order.client_order_id,
    }
    if price is None:
        return asked | {"ord_type": "market"}
    asked |= {"ord_type": "limit", "price": words(on_unit(price, order.side))}
    lifetime = LIFETIMES.get(order.type)
    return asked | ({"time_in_force": lifetime} if lifetime else {})


def receipt(answer: object) -> Answer:
    if isinstance(answer, Exception):
        return answer
    if not isinstance(answer, dict):
        return None
    own, name = answer.get("uuid"), answer.get("identifier")
    return Receipt(str(own), str(name)) if own and name else None


def order_of(told: Told, symbol: str) -> Order | None:
    """None of one that buys for so much won: how many coins that is, nobody knows yet. Who sells
    can only reduce.
    """
    amount = number_or(told, "volume", NONE)
    if not amount:
        return None
    price, kind = number_or(told, "price", NONE), _kind(told)
    side = OURS[text(told, "side")]
    return Order(
        client_order_id=name_or_id(told, "identifier", "uuid"),
        symbol=symbol,
        side=side,
        type=kind if price else OrderType.MARKET,
        amount=amount,
        price=price or None,
        reduce_only=side is Side.SELL,
    )


def _kind(told: Told) -> OrderType:
    return TYPES.get(str(told.get("time_in_force") or ""), OrderType.LIMIT)


def state_of(told: Told, order: Order) -> OrderState:
    """What was to be filled at once and was not has expired; nobody took it back."""
    status = STATUSES[text(told, "state")]
    if status is OrderStatus.CANCELED and _is_at_once(told):
        status = OrderStatus.EXPIRED
    filled = number(told, "executed_volume")
    return OrderState(order, status, filled, time_of(told, "created_at"))


def _is_at_once(told: Told) -> bool:
    return _kind(told) is not OrderType.LIMIT or told.get("ord_type") != "limit"


def time_of(told: Told, key: str) -> datetime:
    found = datetime.fromisoformat(text(told, key))
    if found.tzinfo is None:
        raise ValueError(f"{key} tells no zone")
    return found.astimezone(UTC)
