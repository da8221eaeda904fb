"""Bitget's endpoints for what became of orders."""

from tests.venues.trading import history
from tests.venues.trading.bitget import told
from tests.venues.trading.bitget.asked import Query, chosen, decimal, page, symbol, which
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Order, Refusal

MISSING = Refusal(-2013, "")


def show(ledger: Ledger, query: Query) -> told.Told:
    fits, market = which(query), symbol(ledger, query)
    known = (o for o in history.orders(ledger, market) if fits(o.id, o.client_id))
    order = history.newest(known)
    if order is None:
        raise MISSING
    return told.order(ledger, order, "state")


def pending(ledger: Ledger, query: Query) -> told.Told:
    return orders(ledger, query, ledger.open_orders(chosen(ledger, query)))


def past(ledger: Ledger, query: Query) -> told.Told:
    market = chosen(ledger, query)
    known = [
        o
        for o in ledger.state.orders.values()
        if not o.open and history.remembered(ledger, o) and market in {None, o.symbol}
    ]
    return orders(ledger, query, known)


def orders(ledger: Ledger, query: Query, known: list[Order]) -> told.Told:
    if query.get("orderId") or query.get("clientOid"):
        fits = which(query)
        known = [o for o in known if fits(o.id, o.client_id)]
    shown = page(query, known, lambda o: o.id, lambda o: o.created)
    return told.listed("entrustedList", [told.order(ledger, o) for o in shown], "orderId")


def fills(ledger: Ledger, query: Query) -> told.Told:
    market = chosen(ledger, query)
    order = int(decimal(query, "orderId")) if query.get("orderId") else None
    mine = [
        f for f in ledger.state.fills if market in {None, f.symbol} and order in {None, f.order}
    ]
    shown = page(query, mine, lambda f: f.id, lambda f: f.time)
    return told.listed("fillList", [told.fill(ledger, f) for f in shown], "tradeId")
