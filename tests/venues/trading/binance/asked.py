"""Binance's parameters read as orders, conditions and searches."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from tests.venues.trading.algos import TYPES, Condition
from tests.venues.trading.orders import Refusal, Side, Wish

Query = Mapping[str, str]
NAME = re.compile(r"[.A-Z:/a-z0-9_-]{1,36}")
TIFS = ("GTC", "IOC", "FOK", "GTX", "GTE_GTC")
ALGO_ONLY = (
    "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead."
)


def missing(key: str) -> Refusal:
    words = f"Mandatory parameter '{key}' was not sent, was empty/null, or malformed."
    return Refusal(-1102, words)


def text(query: Query, key: str) -> str:
    if not query.get(key):
        raise missing(key)
    return query[key]


def decimal(query: Query, key: str) -> Decimal:
    try:
        found = Decimal(text(query, key))
    except InvalidOperation:
        raise missing(key) from None
    if not found.is_finite():
        raise missing(key)
    return found


def optional(query: Query, key: str) -> Decimal | None:
    return decimal(query, key) if query.get(key) else None


def number(query: Query, key: str) -> int | None:
    told = query.get(key)
    if told is None:
        return None
    if not told.isdigit():
        raise missing(key)
    return int(told)


def flag(query: Query, key: str) -> bool:
    return query.get(key, "false").lower() == "true"


def side(query: Query) -> Side:
    if text(query, "side") not in {*Side}:
        raise Refusal(-1117, "Invalid side.")
    return Side(query["side"])


def tif(query: Query) -> str:
    told = query.get("timeInForce", "GTC")
    if told not in TIFS:
        raise Refusal(-1115, "Invalid timeInForce.")
    return told


def name(query: Query, key: str) -> str:
    told = query.get(key, "")
    if told and not NAME.fullmatch(told):
        raise Refusal(-4015, "Client order id is not valid.")
    return told


def wish(query: Query) -> Wish:
    kind = text(query, "type")
    if kind in TYPES:
        raise Refusal(-4120, ALGO_ONLY)
    if kind not in {"LIMIT", "MARKET"}:
        raise Refusal(-1116, "Invalid orderType.")
    if kind == "LIMIT":
        text(query, "timeInForce")
    elif query.get("price"):
        raise Refusal(-1106, "Parameter 'price' sent when not required.")
    return Wish(
        symbol=text(query, "symbol"),
        side=side(query),
        quantity=decimal(query, "quantity"),
        price=decimal(query, "price") if kind == "LIMIT" else None,
        tif=tif(query),
        reduce_only=flag(query, "reduceOnly"),
        client_id=name(query, "newClientOrderId"),
        leg=query.get("positionSide", "BOTH"),
    )


def condition(query: Query) -> Condition:
    if text(query, "algoType") != "CONDITIONAL":
        raise missing("algoType")
    kind, closes = text(query, "type"), flag(query, "closePosition")
    limit = kind in {"STOP", "TAKE_PROFIT"}
    trails = kind == "TRAILING_STOP_MARKET"
    quantity = optional(query, "quantity") if closes else decimal(query, "quantity")
    return Condition(
        symbol=text(query, "symbol"),
        side=side(query),
        type=kind,
        quantity=quantity or Decimal(0),
        trigger=Decimal(0) if trails else decimal(query, "triggerPrice"),
        price=decimal(query, "price") if limit else None,
        tif=tif(query),
        reduce_only=flag(query, "reduceOnly"),
        closes=closes,
        by_mark=query.get("workingType", "CONTRACT_PRICE") == "MARK_PRICE",
        client_id=name(query, "clientAlgoId"),
        leg=query.get("positionSide", "BOTH"),
        activation=optional(query, "activatePrice"),
        callback=decimal(query, "callbackRate") if trails else Decimal(0),
    )


def which(query: Query, own: str, client: str) -> tuple[int | None, str | None]:
    """The venue's number or the client's name of an order: one of them must be there."""
    found = number(query, own)
    if found is None and not query.get(client):
        raise missing(own)
    return found, query.get(client)


def limit(query: Query, usual: int, most: int) -> int:
    return min(number(query, "limit") or usual, most)
