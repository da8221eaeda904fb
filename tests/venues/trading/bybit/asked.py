"""Bybit's parameters read as orders, conditions, stops of a position, and searches."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl, unquote
from uuid import UUID

from tests.venues.trading.algos import Condition, reached
from tests.venues.trading.bybit.refusals import wrong
from tests.venues.trading.floor import Asked
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Attached, Refusal, Side, Wish
from tests.venues.trading.rules import Quote

Query = Mapping[str, object]
NAME = re.compile(r"[A-Za-z0-9_-]{1,36}")
TIFS = {"": "GTC", "GTC": "GTC", "IOC": "IOC", "FOK": "FOK", "PostOnly": "GTX"}
LEGS = {"0": "BOTH", "1": "LONG", "2": "SHORT"}


def parameters(asked: Asked) -> Query:
    """From the query of a GET, from the body of everything else."""
    if asked.method == "GET":
        return dict(parse_qsl(asked.search, keep_blank_values=True))
    try:
        told = json.loads(asked.body or "{}")
    except ValueError:
        raise Refusal(10001, "params error: the body is not JSON") from None
    return told if isinstance(told, dict) else {}


def text(query: Query, key: str, usual: str | None = None) -> str:
    told = query.get(key)
    if isinstance(told, dict | list):
        raise wrong(key)
    if told in {None, ""}:
        if usual is None:
            raise wrong(key)
        return usual
    return str(told)


def category(query: Query) -> str:
    """Linear contracts are all there is."""
    told = text(query, "category")
    if told != "linear":
        raise Refusal(10001, "params error: Category is invalid")
    return told


def decimal(query: Query, key: str, usual: str | None = None) -> Decimal:
    try:
        found = Decimal(text(query, key, usual))
    except InvalidOperation:
        raise wrong(key) from None
    if not found.is_finite():
        raise wrong(key)
    return found


def optional(query: Query, key: str) -> Decimal | None:
    """An empty text and a nought both mean none."""
    return decimal(query, key, "0") or None


def number(query: Query, key: str) -> int | None:
    told = text(query, key, "")
    if not told:
        return None
    if not told.lstrip("-").isdigit():
        raise wrong(key)
    return int(told)


def flag(query: Query, key: str) -> bool:
    return str(query.get(key, "")).lower() == "true"


def side(query: Query) -> Side:
    told = text(query, "side")
    if told not in {"Buy", "Sell"}:
        raise Refusal(10001, "params error: side invalid")
    return Side(told.upper())


def name(query: Query) -> str:
    told = text(query, "orderLinkId", "")
    if told and not NAME.fullmatch(told):
        raise wrong("orderLinkId")
    return told


def price_of(query: Query) -> Decimal | None:
    kind = text(query, "orderType")
    if kind not in {"Market", "Limit"}:
        raise wrong("orderType")
    return decimal(query, "price") if kind == "Limit" else None


def tif(query: Query, price: Decimal | None) -> str:
    told = text(query, "timeInForce", "")
    if told not in TIFS:
        raise wrong("timeInForce")
    return TIFS[told] if price is not None else "GTC"


def leg(query: Query) -> str:
    told = text(query, "positionIdx", "0")
    if told not in LEGS:
        raise wrong("positionIdx")
    return LEGS[told]


def wish(ledger: Ledger, query: Query) -> Wish:
    price, symbol = price_of(query), text(query, "symbol")
    base = price or ledger.quote(ledger.rule(symbol).symbol).last
    return Wish(
        symbol=symbol,
        side=side(query),
        quantity=decimal(query, "qty"),
        price=price,
        tif=tif(query, price),
        reduce_only=flag(query, "reduceOnly"),
        client_id=name(query),
        leg=leg(query),
        attached=stops(query, side(query), base),
    )


def stops(query: Query, opened: Side, base: Decimal) -> tuple[Attached, ...]:
    """What is to guard a position opened on this side, near this price."""
    found = []
    for key, profit, by in (
        ("stopLoss", False, "slTriggerBy"),
        ("takeProfit", True, "tpTriggerBy"),
    ):
        trigger = optional(query, key)
        if trigger is None:
            continue
        gains = (trigger > base) is (opened is Side.BUY)
        if gains is not profit or trigger == base:
            told = "higher" if (opened is Side.BUY) is profit else "lower"
            words = f"{key[0].upper()}{key[1:]}:{trigger} set for {opened.capitalize()} position"
            raise Refusal(10001, f"{words} should be {told} than base_price:{base}??LastPrice")
        marked = by_mark(query, by)
        found.append(Attached(trigger=trigger, profit=profit, whole=True, by_mark=marked))
    return tuple(found)


def by_mark(query: Query, key: str) -> bool:
    """The index counts as the mark: these contracts have one fair price."""
    return text(query, key, "LastPrice") in {"MarkPrice", "IndexPrice"}


def condition(ledger: Ledger, query: Query) -> Condition:
    """The direction is said, so a rising price may trigger a sale as well as a purchase."""
    direction, price, bought = number(query, "triggerDirection"), price_of(query), side(query)
    if direction not in {1, 2}:
        raise wrong("triggerDirection")
    against = (direction == 1) is (bought is Side.BUY)
    closes = flag(query, "closeOnTrigger") and not optional(query, "qty")
    kind, trigger = "STOP" if against else "TAKE_PROFIT", decimal(query, "triggerPrice")
    made = Condition(
        symbol=text(query, "symbol"),
        side=bought,
        type=kind if price else f"{kind}_MARKET",
        quantity=decimal(query, "qty", "0"),
        trigger=trigger,
        price=price,
        tif=tif(query, price),
        reduce_only=flag(query, "reduceOnly") and not closes,
        closes=closes,
        by_mark=by_mark(query, "triggerBy"),
        client_id=name(query),
        leg=leg(query),
        brings=stops(query, bought, price or trigger),
    )
    check_ahead(made, ledger.quote(ledger.rule(made.symbol).symbol))
    return made


def check_ahead(asked: Condition, quote: Quote) -> None:
    price, by = (quote.mark, "MarkPrice") if asked.by_mark else (quote.last, "LastPrice")
    if not reached(asked, price):
        return
    code, way, sign = (110092, "Rising", "<=") if asked.rising else (110093, "Falling", ">=")
    words = f"expect {way}, but trigger_price[{asked.trigger}] {sign} current[{price}]??{by}"
    raise Refusal(code, words)


# -- searches


def shown(number: int) -> str:
    """An order's number as Bybit writes it."""
    return str(UUID(int=number))


def own(query: Query) -> int | None:
    """The venue's id, which wins over a name; what is no id is nobody's."""
    told = text(query, "orderId", "")
    if not told:
        return None
    try:
        return UUID(told).int
    except ValueError:
        return -1


def limit(query: Query, usual: int, most: int) -> int:
    return max(1, min(number(query, "limit") or usual, most))


def cursor(query: Query) -> str:
    """Comes back as it was told, or once more encoded."""
    told = text(query, "cursor", "")
    while "%" in told:
        told = unquote(told)
    return told
