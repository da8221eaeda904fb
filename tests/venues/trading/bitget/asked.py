"""Bitget's parameters read as orders, conditions and searches."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from tests.venues.bitget.words import PRODUCT
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Attached, Refusal, Side, Wish

Query = Mapping[str, Any]
Found = TypeVar("Found")
NAME = re.compile(r"[!-~]{1,50}")
TIFS = {"gtc": "GTC", "ioc": "IOC", "fok": "FOK", "post_only": "GTX"}
ABSURD = 10**15
NO_SIZE = Refusal("45111", "less than the minimum order quantity")


def empty(key: str) -> Refusal:
    return Refusal("40019", f"Parameter {key} cannot be empty")


def wrong(key: str) -> Refusal:
    return Refusal("40017", f"Parameter verification failed {key}")


def text(query: Query, key: str) -> str:
    if not query.get(key):
        raise empty(key)
    return str(query[key])


def decimal(query: Query, key: str) -> Decimal:
    try:
        found = Decimal(text(query, key))
    except InvalidOperation:
        raise wrong(key) from None
    if not found.is_finite() or abs(found) > ABSURD:
        raise wrong(key)
    return found


def optional(query: Query, key: str) -> Decimal | None:
    """Nothing, an empty text and nought are the same."""
    return (decimal(query, key) or None) if query.get(key) else None


def number(query: Query, key: str) -> int | None:
    told = query.get(key)
    if told in {None, ""}:
        return None
    if not str(told).isdigit():
        raise wrong(key)
    return int(told)


def choice(query: Query, key: str, choices: Iterable[str], usual: str | None = None) -> str:
    told = text({key: usual} | {k: v for k, v in query.items() if v}, key).lower()
    if told not in choices:
        raise wrong(key)
    return told


def check_product(query: Query) -> None:
    if text(query, "productType").upper() != PRODUCT:
        raise wrong("productType")


def symbol(ledger: Ledger, query: Query) -> str:
    told = text(query, "symbol").upper()
    if told not in ledger.rules:
        raise Refusal("40034", f"Parameter {told} does not exist")
    return told


def chosen(ledger: Ledger, query: Query) -> str | None:
    return symbol(ledger, query) if query.get("symbol") else None


def isolated(query: Query) -> bool:
    return choice(query, "marginMode", ("isolated", "crossed")) == "isolated"


def side(query: Query) -> Side:
    return Side(choice(query, "side", ("buy", "sell")).upper())


def yes(query: Query, key: str) -> bool:
    return str(query.get(key) or "NO").upper() == "YES"


def name(query: Query, key: str = "clientOid") -> str:
    told = str(query.get(key) or "")
    if told and not NAME.fullmatch(told):
        words = "client_oid length is not greater than 50, and cannot be Martian characters"
        raise Refusal("40305", words)
    return told


def by_mark(query: Query, key: str, usual: str = "mark_price") -> bool:
    return choice(query, key, ("fill_price", "mark_price"), usual) == "mark_price"


def wish(ledger: Ledger, query: Query) -> Wish:
    kind = choice(query, "orderType", ("limit", "market"))
    limit = kind == "limit"
    quantity = decimal(query, "size")
    if quantity <= 0:
        raise NO_SIZE
    return Wish(
        symbol=symbol(ledger, query),
        side=side(query),
        quantity=quantity,
        price=decimal(query, "price") if limit else None,
        tif=TIFS[choice(query, "force", TIFS, "gtc")] if limit else "GTC",
        reduce_only=yes(query, "reduceOnly"),
        client_id=name(query),
        attached=stops(query, "presetStopLoss", "presetStopSurplus"),
    )


def comes(query: Query, start: str, *, profit: bool) -> tuple[Attached, ...]:
    """What an order brings along; `start` is how Bitget's parameters begin."""
    trigger = optional(query, f"{start}Price")
    if trigger is None:
        return ()
    limit = optional(query, start.removesuffix("Trigger") + "ExecutePrice")
    marked = by_mark(query, f"{start}Type", "fill_price")
    return (Attached(trigger=trigger, profit=profit, by_mark=marked, price=limit),)


def stops(query: Query, stop: str, profit: str) -> tuple[Attached, ...]:
    return comes(query, stop, profit=False) + comes(query, profit, profit=True)


def which(query: Query) -> Callable[[int, str], bool]:
    """By the venue's number, which prevails, or by the client's name."""
    own, client = number(query, "orderId"), query.get("clientOid")
    if own is None and not client:
        raise Refusal("40924", "orderId and clientOid must have one")
    return lambda order, named: order == own if own is not None else named == client


def page(
    query: Query,
    rows: Iterable[Found],
    number_of: Callable[[Found], int],
    time_of: Callable[[Found], int],
    usual: int = 100,
) -> list[Found]:
    """Newest first, older than the last one that was seen."""
    before, first, last = (number(query, k) for k in ("idLessThan", "startTime", "endTime"))
    if first is not None and last is not None and first > last:
        raise Refusal("40707", "Start time is greater than end time")
    fits = [
        one
        for one in rows
        if (before is None or number_of(one) < before)
        and (first is None or time_of(one) >= first)
        and (last is None or time_of(one) <= last)
    ]
    fits.sort(key=number_of, reverse=True)
    return fits[: min(number(query, "limit") or usual, 100)]
