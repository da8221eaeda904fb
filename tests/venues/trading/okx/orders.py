"""OKX's endpoints for orders."""

from collections.abc import Iterable

from tests.venues.series import DAY
from tests.venues.trading import acknowledged, history, matching
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx import told
from tests.venues.trading.okx.asked import (
    Query,
    between,
    mode,
    name,
    number,
    optional,
    text,
    window,
    wish,
)
from tests.venues.trading.okx.books import book_of, both, instrument_of, known
from tests.venues.trading.orders import Order, Refusal, Side, Status, Wish
from tests.venues.world import HOUR

WEEK, UNFILLED = 7 * DAY, 2 * HOUR  # what was cancelled without a fill is soon forgotten
MISSING = Refusal(51603, "Order does not exist")


def place(ledger: Ledger, query: Query) -> told.Told:
    """An acknowledgement: what becomes of the order is seen by asking."""
    return ids(acknowledged.take(ledger, wish(ledger, query)))


def ids(order: Order) -> told.Told:
    return {"clOrdId": told.named(order), "ordId": str(order.id)}


def known_orders(ledger: Ledger) -> Iterable[Order]:
    """What can be found: not what the engine has not looked at, nor what has been forgotten."""
    now = ledger.clock()
    for order in ledger.state.orders.values():
        age = 0 if order.open else now - order.updated
        kept = age <= (history.ALL if order.filled else UNFILLED)
        if order.status is not Status.CREATED and kept:
            yield order


def meant(ledger: Ledger, query: Query, *, waiting: bool = False) -> Order | None:
    """By the venue's number, else by the client's name: the newest that bears it."""
    books, own, label = both(text(query, "instId")), number(query, "ordId"), name(query, "clOrdId")
    if own is None and not label:
        raise Refusal(51003, "Either client order ID or order ID is required")
    fits = (
        o
        for o in known_orders(ledger)
        if o.symbol in books and (o.id == own if own is not None else told.named(o) == label)
    )
    return history.newest(o for o in fits if o.open or not waiting)


def cancel(ledger: Ledger, query: Query) -> told.Told:
    known(ledger, text(query, "instId"))
    return ids(matching.cancel(ledger, meant(ledger, query, waiting=True)))


def amend(ledger: Ledger, query: Query) -> told.Told:
    symbol = known(ledger, text(query, "instId"))
    order = meant(ledger, query, waiting=True)
    if order is None:
        raise Refusal(51503, "Order modification failed as the order does not exist")
    size = optional(query, "newSz")
    quantity = order.quantity if size is None else size * ledger.rule(symbol).contract
    changed = matching.amend(ledger, order, quantity, optional(query, "newPx") or order.price)
    return ids(changed) | {"reqId": text(query, "reqId", "")}


def show(ledger: Ledger, rows: list[Query]) -> object:
    known(ledger, text(rows[0], "instId"))
    order = meant(ledger, rows[0])
    if order is None:
        raise MISSING
    return [told.order(ledger, order)]


def listed(ledger: Ledger, query: Query, found: Iterable[Order]) -> list[told.Told]:
    instrument, kinds = text(query, "instId", ""), text(query, "ordType", "")
    state = text(query, "state", "")
    rows = ((order.id, told.order(ledger, order)) for order in found)
    fits = (
        (key, row)
        for key, row in rows
        if instrument in {"", row["instId"]}
        and (not kinds or str(row["ordType"]) in kinds.split(","))
        and state in {"", row["state"]}
        and text(query, "instType", "SWAP") == "SWAP"
    )
    return window(fits, query)


def pending(ledger: Ledger, rows: list[Query]) -> object:
    return listed(ledger, rows[0], ledger.open_orders())


def past(ledger: Ledger, rows: list[Query]) -> object:
    """Of the last week."""
    return archived(ledger, rows, WEEK)


def archive(ledger: Ledger, rows: list[Query]) -> object:
    """Of the last three months."""
    return archived(ledger, rows, history.ALL)


def archived(ledger: Ledger, rows: list[Query], most: int) -> object:
    query, now = rows[0], ledger.clock()
    text(query, "instType")
    closed = (o for o in known_orders(ledger) if not o.open and now - o.updated <= most)
    return listed(ledger, query, (o for o in closed if between(query, o.created)))


def close(ledger: Ledger, rows: list[Query]) -> object:
    """Sell or buy back at the market whatever is there."""
    query = rows[0]
    symbol = book_of(known(ledger, text(query, "instId")), mode(query, "mgnMode"))
    held = ledger.position(symbol)
    if not held.amount:
        raise Refusal(51023, "Position doesn't exist.")
    if str(query.get("autoCxl", "")).lower() == "true":
        for order in ledger.open_orders(symbol):
            matching.cancel(ledger, order)
    side = Side.SELL if held.sign > 0 else Side.BUY
    out = Wish(symbol=symbol, side=side, quantity=abs(held.amount), reduce_only=True)
    acknowledged.take(ledger, out)
    label = text(query, "clOrdId", "")
    return [{"clOrdId": label, "instId": instrument_of(symbol), "posSide": "net", "tag": ""}]
