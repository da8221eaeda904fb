"""Bybit's one list of orders: a conditional order keeps its id when it is triggered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from tests.venues.series import DAY
from tests.venues.trading.algos import Algo, Condition
from tests.venues.trading.bybit.asked import Query, cursor, limit, number, own, shown, text
from tests.venues.trading.history import ALL, WINDOW
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Order, Refusal, Status

Row = TypeVar("Row")
RECENT = 500  # closed orders that the list of open ones still finds
UNFILLED = DAY  # what ended without a fill is forgotten after a day


@dataclass(frozen=True, slots=True)
class Entry:
    """An order, a conditional order, or a conditional order and what it became."""

    id: int
    order: Order | None = None
    algo: Algo | None = None

    @property
    def head(self) -> Order | Algo:
        found = self.algo or self.order
        assert found is not None
        return found

    @property
    def asked(self) -> Order | Condition:
        found = self.algo.asked if self.algo else self.order
        assert found is not None
        return found

    @property
    def symbol(self) -> str:
        return self.asked.symbol

    @property
    def client_id(self) -> str:
        """Nothing where the client gave no name."""
        name = self.asked.client_id
        return "" if name in {f"web_{self.id}", f"algo_{self.id}"} else name

    @property
    def created(self) -> int:
        return self.head.created

    @property
    def updated(self) -> int:
        return max(one.updated for one in (self.order, self.algo) if one is not None)

    @property
    def open(self) -> bool:
        return self.order.open if self.order else self.head.open

    @property
    def filled(self) -> bool:
        return self.order is not None and self.order.filled > ZERO


def entries(ledger: Ledger) -> list[Entry]:
    """All there ever were, the newest first; what the engine has not looked at is not among them."""
    orders, algos = ledger.state.orders, ledger.state.algos.values()
    plain = (o for o in orders.values() if o.algo is None and o.status is not Status.CREATED)
    found = [Entry(o.id, order=o) for o in plain]
    found += [Entry(a.id, order=orders.get(a.order or 0), algo=a) for a in algos]
    return sorted(found, key=lambda e: (e.created, e.id), reverse=True)


def of(ledger: Ledger, order: Order) -> Entry:
    algo = ledger.state.algos.get(order.algo or 0)
    return Entry(algo.id if algo else order.id, order=order, algo=algo)


def chosen(found: Iterable[Entry], query: Query) -> list[Entry]:
    symbol, kind = text(query, "symbol", ""), text(query, "orderFilter", "")
    if not symbol and not text(query, "settleCoin", "") and not text(query, "baseCoin", ""):
        raise Refusal(10001, "params error: symbol, settleCoin and baseCoin are all empty")
    return [
        e
        for e in found
        if symbol in {"", e.symbol} and kind in {"", "StopOrder" if e.algo else "Order"}
    ]


def asked_for(found: Iterable[Entry], query: Query) -> list[Entry]:
    """By the venue's id, else by the client's name, else all."""
    number, name = own(query), text(query, "orderLinkId", "")
    if number is not None:
        return [e for e in found if e.id == number]
    return [e for e in found if name in {"", e.client_id}]


def one(ledger: Ledger, query: Query) -> Entry | None:
    """The open order that is meant."""
    if own(query) is None and not text(query, "orderLinkId", ""):
        raise Refusal(10001, "params error: orderId and orderLinkId are both empty")
    found = asked_for(chosen(entries(ledger), query), query)
    return next((e for e in found if e.open), None)


def live(ledger: Ledger, query: Query) -> list[Entry]:
    """The open ones or, if asked for, the last that closed; who names an order looks among both."""
    found, since = chosen(entries(ledger), query), ledger.state.restarted
    closed = [e for e in found if not e.open and e.updated >= since][:RECENT]
    if own(query) is not None or text(query, "orderLinkId", ""):
        kept = {e.id for e in closed}
        return asked_for((e for e in found if e.open or e.id in kept), query)
    return closed if number(query, "openOnly") == 1 else [e for e in found if e.open]


def past(ledger: Ledger, query: Query) -> list[Entry]:
    """The closed ones that are remembered, of one week."""
    now, found = ledger.clock(), (e for e in entries(ledger) if not e.open)
    first, last = span(ledger, query)
    named = own(query) is not None or bool(text(query, "orderLinkId", ""))
    kept = [e for e in found if now - e.updated <= (ALL if e.filled else UNFILLED)]
    symbol, kind = text(query, "symbol", ""), text(query, "orderFilter", "")
    fits = [
        e
        for e in kept
        if (named or first <= e.created <= last)
        and symbol in {"", e.symbol}
        and kind in {"", "StopOrder" if e.algo else "Order"}
    ]
    return asked_for(fits, query)


def span(ledger: Ledger, query: Query) -> tuple[int, int]:
    """A week at most; without a start the last one before the end."""
    start, end = number(query, "startTime"), number(query, "endTime")
    if start is not None and end is None:
        return start, start + WINDOW
    last = ledger.clock() if end is None else end
    first = last - WINDOW if start is None else start
    if last - first > WINDOW:
        raise Refusal(10001, "The time range between startTime and endTime is over 7 days.")
    return first, last


def page(
    rows: list[Row], query: Query, usual: int, most: int, key: Callable[[Row], int]
) -> tuple[list[Row], str]:
    """One page and where the next begins: there is a cursor even after the last row."""
    after = cursor(query).partition(",")[2].partition(":")[0]
    if after:
        seen = [n for n, row in enumerate(rows) if shown(key(row)) == after]
        rows = rows[seen[0] + 1 :] if seen else []
    cut = rows[: limit(query, usual, most)]
    ends = (
        ",".join(f"{shown(key(row))}:{n}" for n, row in ((0, cut[0]), (1, cut[-1]))) if cut else ""
    )
    return cut, quote(ends, safe="")
