"""Bybit's endpoints for orders; a conditional one is an order with a trigger."""

from collections.abc import Callable
from dataclasses import replace

from tests.venues.trading import acknowledged, conditional, matching
from tests.venues.trading.bybit import told
from tests.venues.trading.bybit.asked import (
    Query,
    category,
    condition,
    optional,
    shown,
    text,
    wish,
)
from tests.venues.trading.bybit.entries import Entry, live, one, page, past
from tests.venues.trading.bybit.refusals import spoken, wrong
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal

MOST_IN_A_BATCH = 20


def create(ledger: Ledger, query: Query) -> told.Told:
    """Tells the ids and nothing else: what becomes of the order is seen by asking."""
    category(query)
    if optional(query, "triggerPrice"):
        algo = conditional.place(ledger, condition(ledger, query))
        return ids(Entry(algo.id, algo=algo))
    order = acknowledged.take(ledger, wish(ledger, query))
    return ids(Entry(order.id, order=order))


def ids(entry: Entry) -> told.Told:
    return {"orderId": shown(entry.id), "orderLinkId": entry.client_id}


def found(ledger: Ledger, query: Query) -> Entry:
    category(query)
    text(query, "symbol")
    entry = one(ledger, query)
    if entry is None:
        raise Refusal(110001, "order not exists or too late to cancel")
    return entry


def cancel(ledger: Ledger, query: Query) -> told.Told:
    entry = found(ledger, query)
    stop(ledger, entry)
    return ids(entry)


def stop(ledger: Ledger, entry: Entry) -> None:
    if entry.order is not None:
        matching.cancel(ledger, entry.order)
    else:
        conditional.cancel(ledger, entry.algo)


def cancel_all(ledger: Ledger, query: Query) -> told.Told:
    """Of all kinds, unless one is named."""
    category(query)
    gone = [e for e in live(ledger, {**query, "orderId": "", "orderLinkId": ""}) if e.open]
    for entry in gone:
        stop(ledger, entry)
    return {"list": [ids(entry) for entry in gone], "success": "1"}


def amend(ledger: Ledger, query: Query) -> told.Told:
    entry = found(ledger, query)
    if entry.order is not None:
        quantity = optional(query, "qty") or entry.order.quantity
        price = optional(query, "price") or entry.order.price
        matching.amend(ledger, entry.order, quantity, price)
    elif entry.algo is not None:
        asked = entry.algo.asked
        trigger = optional(query, "triggerPrice") or asked.trigger
        quantity = optional(query, "qty") or asked.quantity
        entry.algo.asked = replace(asked, trigger=trigger, quantity=quantity)
        entry.algo.updated = ledger.clock()
    return ids(entry)


def listed(ledger: Ledger, rows: list[Entry], query: Query) -> told.Told:
    """Twenty a page, fifty at most."""
    cut, after = page(rows, query, 20, 50, lambda entry: entry.id)
    shown_rows = [told.order(ledger, entry) for entry in cut]
    return {"list": shown_rows, "nextPageCursor": after, "category": "linear"}


def realtime(ledger: Ledger, query: Query) -> told.Told:
    category(query)
    return listed(ledger, live(ledger, query), query)


def history(ledger: Ledger, query: Query) -> told.Told:
    category(query)
    return listed(ledger, past(ledger, query), query)


# -- several at once


def batch(act: Callable[[Ledger, Query], told.Told]) -> Callable[[Ledger, Query], told.Batch]:
    """Several orders in one request, each with a fate of its own."""

    def answer(ledger: Ledger, query: Query) -> told.Batch:
        asked = query.get("request")
        if not isinstance(asked, list) or not 0 < len(asked) <= MOST_IN_A_BATCH:
            raise wrong("request")
        if not all(isinstance(each, dict) for each in asked):
            raise wrong("request")
        done = [alone(act, ledger, {"category": category(query), **each}) for each in asked]
        return told.Batch([row for row, _ in done], [fate for _, fate in done])

    return answer


def alone(
    act: Callable[[Ledger, Query], told.Told], ledger: Ledger, query: Query
) -> tuple[told.Told, told.Told]:
    named: told.Told = {"category": "linear", "symbol": text(query, "symbol", "")}
    try:
        made = act(ledger, query)
    except Refusal as refused:
        words = spoken(refused)
        return named | {"orderId": "", "orderLinkId": ""}, {"code": words.code, "msg": words.words}
    stamped = {"createAt": str(ledger.clock())} if act is create else {}
    return named | made | stamped, {"code": 0, "msg": "OK"}
