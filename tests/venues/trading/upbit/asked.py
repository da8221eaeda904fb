"""Upbit's parameters read as orders and searches."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.venues.trading.orders import Refusal, Side
from tests.venues.trading.upbit.account import Account, Order, Wish
from tests.venues.trading.upbit.words import NO_MARKET, invalid, of_side

Query = Mapping[str, Any]
ABSURD = 10**15
WEEK = 7 * 86_400_000
SIDES = {"bid": Side.BUY, "ask": Side.SELL}
NEEDS = {
    # side, kind: the numbers that must be there; all others must not
    (Side.BUY, "limit"): {"price", "volume"},
    (Side.SELL, "limit"): {"price", "volume"},
    (Side.BUY, "price"): {"price"},
    (Side.SELL, "market"): {"volume"},
    (Side.BUY, "best"): {"price"},
    (Side.SELL, "best"): {"volume"},
}
TIFS = {
    "limit": {"", "ioc", "fok", "post_only"},
    "best": {"ioc", "fok"},
    "price": {""},
    "market": {""},
}


def text(query: Query, key: str) -> str:
    if not query.get(key):
        raise invalid(f"{key} is missing, {key} is empty")
    return str(query[key])


def optional(query: Query, key: str) -> Decimal | None:
    told = query.get(key)
    if told in {None, ""}:
        return None
    try:
        found = Decimal(str(told))
    except InvalidOperation:
        raise invalid(f"{key} does not have a valid value") from None
    if not found.is_finite() or abs(found) > ABSURD:
        raise invalid(f"{key} does not have a valid value")
    return found


def number(query: Query, key: str, usual: int, most: int) -> int:
    found = optional(query, key)
    if found is None:
        return usual
    if found < 1 or found % 1:
        raise invalid(f"{key} does not have a valid value")
    return min(int(found), most)


def wish(query: Query, new: str = "") -> Wish:
    """`new` is how the parameters begin."""
    side = SIDES.get(text(query, "side"))
    if side is None:
        raise invalid("side is missing, side does not have a valid value")
    kind, tif = text(query, f"{new}ord_type"), str(query.get(f"{new}time_in_force") or "")
    numbers = {key: optional(query, f"{new}{key}") for key in ("price", "volume")}
    there = {key for key, value in numbers.items() if value is not None}
    if NEEDS.get((side, kind)) != there or tif not in TIFS[kind]:
        raise of_side("create", side)
    return Wish(
        market=text(query, "market"),
        side=side,
        kind=kind,
        **numbers,
        tif=tif,
        identifier=str(query.get(f"{new}identifier") or ""),
    )


def found(account: Account, query: Query, start: str = "") -> Order | None:
    """By the venue's number, which prevails, even if it is nonsense; else by the client's name."""
    uuid, name = query.get(f"{start}uuid"), query.get(f"{start}identifier")
    if not uuid and not name:
        words = "uuid 혹은 identifier 둘 중 하나의 값이 반드시 포함되어야 합니다."
        raise invalid(words)
    orders = account.state.orders.values()
    if uuid:
        return next((o for o in orders if o.uuid == uuid), None)
    return next((o for o in orders if o.asked.identifier == name), None)


def market(account: Account, query: Query) -> str | None:
    told = query.get("market")
    if told and told not in account.markets():
        raise NO_MARKET
    return told or None


def states(query: Query, allowed: Iterable[str], usual: Iterable[str]) -> set[str]:
    one, several = query.get("state"), query.get("states[]")
    if one and several:
        raise invalid("state와 states는 동시에 사용할 수 없습니다.")
    asked = {one} if one else set(several or usual)
    if not asked <= set(allowed):
        raise invalid("state does not have a valid value")
    return asked


def ordered(query: Query, orders: Iterable[Order]) -> list[Order]:
    """Newest first, unless the oldest are wanted."""
    way = str(query.get("order_by") or "desc")
    if way not in {"asc", "desc"}:
        raise invalid("order_by does not have a valid value")
    return sorted(orders, key=lambda o: o.number, reverse=way == "desc")


def moment(query: Query, key: str) -> int | None:
    told = str(query.get(key) or "")
    if not told or told.isdigit():
        return int(told) if told else None
    try:
        stamp = datetime.fromisoformat(told.replace(" ", "+"))
    except ValueError:
        raise invalid(f"{key} does not have a valid value") from None
    if stamp.tzinfo is None:
        raise invalid(f"{key} does not have a valid value")
    return int(stamp.timestamp() * 1_000)


def span(query: Query, now: int) -> tuple[int, int]:
    """A week at most: the last one, the one after the start, or the one before the end."""
    first, last = moment(query, "start_time"), moment(query, "end_time")
    if first is None:
        last = now if last is None else last
        return last - WEEK, last
    if last is None:
        return first, first + WEEK
    if last - first > WEEK:
        raise Refusal("validation_error", "조회 기간은 최대 7일입니다.")
    return first, last
