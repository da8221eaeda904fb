"""Binance's endpoints for orders and conditional orders."""

import json
from collections.abc import Callable
from dataclasses import replace

from tests.venues.trading import conditional, history, matching
from tests.venues.trading.algos import Algo
from tests.venues.trading.binance import told
from tests.venues.trading.binance.asked import (
    Query,
    condition,
    decimal,
    limit,
    missing,
    number,
    text,
    which,
    wish,
)
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Order, Refusal, Status

DONE = {"code": 200, "msg": "The operation of cancel all open order is done."}
MOST_IN_A_BATCH = 5


def create(ledger: Ledger, query: Query) -> told.Told:
    return answered(ledger, query, matching.place(ledger, wish(query)))


def answered(ledger: Ledger, query: Query, order: Order) -> told.Told:
    """ACK, which is usual, tells the order as it was taken; RESULT as it is now."""
    if query.get("newOrderRespType", "ACK") != "RESULT":
        order = replace(order, status=Status.NEW, filled=ZERO, quote=ZERO)
    return told.order(ledger, order)


def rehearse(ledger: Ledger, query: Query) -> told.Told:
    """Everything but the order itself."""
    asked = matching.admitted(ledger, wish(query))
    return told.order(ledger, matching.enter(ledger.frozen(), asked))


def found(ledger: Ledger, query: Query) -> Order | None:
    symbol = ledger.rule(text(query, "symbol")).symbol
    return history.find(ledger, symbol, *which(query, "orderId", "origClientOrderId"))


def waiting(ledger: Ledger, query: Query) -> Order | None:
    """A name means the open order that bears it."""
    own, name = which(query, "orderId", "origClientOrderId")
    symbol = ledger.rule(text(query, "symbol")).symbol
    fits = (o for o in ledger.open_orders(symbol) if history.fits(o.id, o.client_id, own, name))
    return next(fits, None)


def cancel(ledger: Ledger, query: Query) -> told.Told:
    return told.order(ledger, matching.cancel(ledger, waiting(ledger, query)))


def amend(ledger: Ledger, query: Query) -> told.Told:
    order, quantity = waiting(ledger, query), decimal(query, "quantity")
    changed = matching.amend(ledger, order, quantity, decimal(query, "price"))
    return told.order(ledger, changed) | {"modifyId": changed.updated}


def cancel_all(ledger: Ledger, query: Query) -> told.Told:
    """Of the plain book: conditional orders stay."""
    for order in ledger.open_orders(ledger.rule(text(query, "symbol")).symbol):
        matching.cancel(ledger, order)
    return DONE


def show(ledger: Ledger, query: Query) -> told.Told:
    order = found(ledger, query)
    if order is None:
        raise history.MISSING
    return told.order(ledger, order)


def show_open(ledger: Ledger, query: Query) -> told.Told:
    order = waiting(ledger, query)
    if order is None:
        raise history.MISSING
    return told.order(ledger, order)


def list_open(ledger: Ledger, query: Query) -> list[told.Told]:
    return [told.order(ledger, one) for one in ledger.open_orders(query.get("symbol"))]


def list_all(ledger: Ledger, query: Query) -> list[told.Told]:
    known = history.orders(ledger, ledger.rule(text(query, "symbol")).symbol)
    first, last = history.span(ledger, number(query, "startTime"), number(query, "endTime"))
    since = number(query, "orderId")
    fits = [
        o for o in known if (o.id >= since if since is not None else first <= o.created <= last)
    ]
    return [told.order(ledger, one) for one in fits[-limit(query, 500, 1_000) :]]


def batch(act: Callable[[Ledger, Query], told.Told]) -> Callable[[Ledger, Query], object]:
    """Several orders in one request, each with a fate of its own."""

    def answer(ledger: Ledger, query: Query) -> list[object]:
        asked = json.loads(text(query, "batchOrders"))
        if not 0 < len(asked) <= MOST_IN_A_BATCH:
            raise Refusal(-4082, "Invalid number of batch place orders.")
        return [alone(act, ledger, one) for one in asked]

    return answer


def alone(act: Callable[[Ledger, Query], told.Told], ledger: Ledger, one: Query) -> object:
    try:
        return act(ledger, one)
    except Refusal as refused:
        return {"code": refused.code, "msg": refused.words}


def cancel_batch(ledger: Ledger, query: Query) -> list[object]:
    keys = {"orderIdList": "orderId", "origClientOrderIdList": "origClientOrderId"}
    keys |= {"orderidlist": "orderId", "origclientorderidlist": "origClientOrderId"}
    for told_as, key in keys.items():
        if told_as in query:
            asked = [{**query, key: str(one)} for one in json.loads(query[told_as])]
            return [alone(cancel, ledger, one) for one in asked]
    raise missing("orderIdList")


# -- conditional orders


def create_algo(ledger: Ledger, query: Query) -> told.Told:
    return told.algo(ledger, conditional.place(ledger, condition(query)))


def found_algo(ledger: Ledger, query: Query) -> Algo | None:
    return history.find_algo(ledger, *which(query, "algoId", "clientAlgoId"))


def cancel_algo(ledger: Ledger, query: Query) -> told.Told:
    own, name = which(query, "algoId", "clientAlgoId")
    open_ones = ledger.open_algos()
    fits = (a for a in open_ones if history.fits(a.id, a.asked.client_id, own, name))
    algo = conditional.cancel(ledger, next(fits, None))
    return {
        "algoId": algo.id,
        "clientAlgoId": algo.asked.client_id,
        "code": "200",
        "msg": "success",
    }


def cancel_algos(ledger: Ledger, query: Query) -> told.Told:
    for algo in ledger.open_algos(ledger.rule(text(query, "symbol")).symbol):
        conditional.cancel(ledger, algo)
    return DONE


def show_algo(ledger: Ledger, query: Query) -> told.Told:
    algo = found_algo(ledger, query)
    if algo is None:
        raise history.MISSING
    return told.algo(ledger, algo)


def list_open_algos(ledger: Ledger, query: Query) -> list[told.Told]:
    return [told.algo(ledger, one) for one in ledger.open_algos(query.get("symbol"))]


def list_all_algos(ledger: Ledger, query: Query) -> list[told.Told]:
    known = history.algos(ledger, ledger.rule(text(query, "symbol")).symbol)
    first, last = history.span(ledger, number(query, "startTime"), number(query, "endTime"))
    fits = [a for a in known if first <= a.created <= last]
    return [told.algo(ledger, one) for one in fits[-limit(query, 500, 1_000) :]]
