"""OKX's parameters read as orders and searches; sizes are contracts."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from urllib.parse import parse_qsl

from tests.venues.trading.floor import Asked
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx.books import MODES, book_of, known
from tests.venues.trading.okx.refusals import empty, wrong
from tests.venues.trading.orders import Attached, Refusal, Side, Wish

Query = Mapping[str, object]
Row = TypeVar("Row")
NAME = re.compile(r"[A-Za-z0-9]{1,32}")
TIFS = {"limit": "GTC", "post_only": "GTX", "fok": "FOK", "ioc": "IOC"}
AT_MARKET = ("market", "optimal_limit_ioc")
SOURCES = {"last": False, "mark": True, "index": True}
LEGS = {"": "BOTH", "net": "BOTH", "long": "LONG", "short": "SHORT"}


def rows(asked: Asked) -> list[Query]:
    """Requests that may hold several things hold a list of them, or one."""
    if asked.method == "GET":
        return [dict(parse_qsl(asked.search, keep_blank_values=True))]
    try:
        told = json.loads(asked.body or "{}")
    except ValueError:
        raise Refusal(50002, "JSON syntax error") from None
    found = told if isinstance(told, list) else [told]
    if not all(isinstance(row, dict) for row in found):
        raise Refusal(50002, "JSON syntax error")
    return found


def text(query: Query, key: str, usual: str | None = None) -> str:
    told = query.get(key)
    if isinstance(told, dict | list):
        raise wrong(key)
    if told in {None, ""}:
        if usual is None:
            raise empty(key)
        return usual
    return str(told)


def decimal(query: Query, key: str) -> Decimal:
    try:
        found = Decimal(text(query, key))
    except InvalidOperation:
        raise wrong(key) from None
    if not found.is_finite():
        raise wrong(key)
    return found


def optional(query: Query, key: str) -> Decimal | None:
    return decimal(query, key) if text(query, key, "") else None


def number(query: Query, key: str) -> int | None:
    told = text(query, key, "")
    if told and not told.isdigit():
        raise wrong(key)
    return int(told) if told else None


def flag(query: Query, key: str) -> bool:
    return str(query.get(key, "")).lower() == "true"


def side(query: Query) -> Side:
    told = text(query, "side")
    if told not in {"buy", "sell"}:
        raise wrong("side")
    return Side(told.upper())


def name(query: Query, key: str) -> str:
    told = text(query, key, "")
    if told and not NAME.fullmatch(told):
        raise wrong(key)
    return told


def mode(query: Query, key: str = "tdMode") -> str:
    told = text(query, key)
    if told not in MODES:
        raise wrong(key)
    return told


def book(ledger: Ledger, query: Query) -> str:
    """Which of a contract's two positions an order is about."""
    return book_of(known(ledger, text(query, "instId")), mode(query))


def leg(query: Query) -> str:
    told = text(query, "posSide", "")
    if told not in LEGS:
        raise wrong("posSide")
    return LEGS[told]


def coins(ledger: Ledger, symbol: str, query: Query, key: str = "sz") -> Decimal:
    """A number of contracts as coins."""
    return decimal(query, key) * ledger.rule(symbol).contract


def wish(ledger: Ledger, query: Query) -> Wish:
    symbol, kind = book(ledger, query), text(query, "ordType")
    if kind not in {*TIFS, *AT_MARKET}:
        raise wrong("ordType")
    price = None if kind in AT_MARKET else decimal(query, "px")
    return Wish(
        symbol=symbol,
        side=side(query),
        quantity=coins(ledger, symbol, query),
        price=price,
        tif=TIFS.get(kind, "GTC"),
        reduce_only=flag(query, "reduceOnly"),
        client_id=name(query, "clOrdId"),
        leg=leg(query),
        attached=attached(query, side(query), price or ledger.quote(symbol).last),
    )


def attached(query: Query, opened: Side, base: Decimal) -> tuple[Attached, ...]:
    """A stop, a target or both; only what this order brings is theirs."""
    told = query.get("attachAlgoOrds") or []
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise wrong("attachAlgoOrds")
    found = [one for each in told for one in exits(each)]
    for one in found:
        check_side(one, opened, base)
    return tuple(found)


def exits(query: Query) -> list[Attached]:
    """The stop first: it is the one that bears the name."""
    found: list[Attached] = []
    label = name(query, "attachAlgoClOrdId")
    for profit, head in ((False, "sl"), (True, "tp")):
        trigger = optional(query, f"{head}TriggerPx")
        if trigger is None:
            continue
        price = decimal(query, f"{head}OrdPx")
        limit = None if price == -1 else price
        marked = source(query, f"{head}TriggerPxType")
        made = Attached(trigger=trigger, profit=profit, by_mark=marked, price=limit)
        found.append(replace(made, client_id="" if found else label))
    return found


def check_side(one: Attached, opened: Side, base: Decimal) -> None:
    gains = (one.trigger > base) is (opened is Side.BUY)
    if gains is one.profit and one.trigger != base:
        return
    kind = "take profit" if one.profit else "stop loss"
    higher = (opened is Side.BUY) is one.profit
    codes = {(True, True): 51046, (False, False): 51047, (True, False): 51048}
    code = codes.get((one.profit, higher), 51049)
    word = "higher" if higher else "lower"
    raise Refusal(code, f"The {kind} trigger price must be {word} than the order price")


def source(query: Query, key: str) -> bool:
    """Whether the mark price triggers; the index counts as the mark."""
    told = text(query, key, "last")
    if told not in SOURCES:
        raise wrong(key)
    return SOURCES[told]


# -- searches


def limit(query: Query, most: int = 100) -> int:
    return max(1, min(number(query, "limit") or most, most))


def window(found: Iterable[tuple[int, Row]], query: Query) -> list[Row]:
    """Of rows with their numbers, the newest first: older than `after`, newer than `before`."""
    after, before = number(query, "after"), number(query, "before")
    fits = [
        row
        for key, row in sorted(found, key=lambda pair: pair[0], reverse=True)
        if (after is None or key < after) and (before is None or key > before)
    ]
    return fits[: limit(query)]


def between(query: Query, time: int) -> bool:
    first, last = number(query, "begin"), number(query, "end")
    return (first is None or time >= first) and (last is None or time <= last)
