"""Upbit's endpoints for orders and balances."""

from dataclasses import replace

from tests.venues.trading.upbit import dealing, told
from tests.venues.trading.upbit.account import Account
from tests.venues.trading.upbit.asked import (
    Query,
    found,
    market,
    number,
    ordered,
    span,
    states,
    text,
    wish,
)
from tests.venues.trading.upbit.words import NO_MARKET, NO_ORDER


def create(account: Account, query: Query) -> object:
    """Answered before anything happens to it."""
    return told.taken(fresh(account, query))


def fresh(account: Account, query: Query, new: str = "") -> dealing.Order:
    return dealing.place(account, wish(query, new))


def rehearse(account: Account, query: Query) -> object:
    """Everything but the order itself; its name stays free."""
    return told.taken(fresh(account.frozen(), query))


def show(account: Account, query: Query) -> object:
    order = found(account, query)
    if order is None:
        raise NO_ORDER
    return told.whole(order)


def cancel(account: Account, query: Query) -> object:
    """What is told is that it was asked for: the order as it still waits."""
    order = found(account, query)
    before = told.order(order) if order is not None else {}
    dealing.cancel(account, order)
    return before


def cancel_and_new(account: Account, query: Query) -> object:
    """What is told is the old order, and the names of the new one."""
    old = found(account, query, "prev_order_")
    if old is None or not old.open:
        raise NO_ORDER
    before, asked = told.order(old), renewed(old, query)
    rehearsal = account.frozen()
    dealing.cancel(rehearsal, rehearsal.state.orders[old.number])
    dealing.place(rehearsal, asked)
    dealing.cancel(account, old)
    order = dealing.place(account, asked)
    return before | {"new_order_uuid": order.uuid, "new_order_identifier": asked.identifier}


def renewed(old: dealing.Order, query: Query) -> dealing.Wish:
    """Of the same side and market; `remain_only` is what was left."""
    side = told.side(old.asked.side)
    same = {**query, "side": side, "market": old.asked.market}
    if query.get("new_volume") == "remain_only":
        same["new_volume"] = str(old.rest)
    return replace(wish(same, "new_"), market=old.asked.market)


def list_open(account: Account, query: Query) -> object:
    """Stops are not among them: there are none (`watch` are those that people set by hand)."""
    wanted = states(query, ("wait", "watch"), ("wait",))
    mine = [o for o in account.open_orders(market(account, query)) if o.state in wanted]
    page, size = number(query, "page", 1, 10_000), number(query, "limit", 100, 100)
    shown = ordered(query, mine)[size * (page - 1) : size * page]
    return [told.listed(one) for one in shown]


def list_closed(account: Account, query: Query) -> object:
    wanted = states(query, ("done", "cancel"), ("done", "cancel"))
    first, last = span(query, account.clock())
    where = market(account, query)
    mine = [
        o
        for o in account.state.orders.values()
        if o.state in wanted and where in {None, o.asked.market} and first <= o.created <= last
    ]
    return [told.listed(one) for one in ordered(query, mine)[: number(query, "limit", 100, 1_000)]]


def list_named(account: Account, query: Query) -> object:
    """Up to a hundred by number or by name; what is unknown is simply not there."""
    uuids, names = query.get("uuids[]") or [], query.get("identifiers[]") or []
    mine = [
        o for o in account.state.orders.values() if o.uuid in uuids or o.asked.identifier in names
    ]
    return [told.listed(one) for one in ordered(query, mine)[:100]]


def cancel_open(account: Account, query: Query) -> object:
    """Not all of them: the newest twenty, unless more are asked for."""
    count, where = number(query, "count", 20, 300), query.get("pairs")
    mine = [o for o in account.open_orders() if not where or o.asked.market in where.split(",")]
    gone = [dealing.cancel(account, one) for one in ordered(query, mine)[:count]]
    rows = [{"uuid": one.uuid, "market": one.asked.market} for one in gone]
    done = {"count": len(rows), "orders": rows}
    return {"success": done, "failed": {"count": 0, "orders": []}}


def accounts(account: Account, query: Query) -> object:
    purses = account.state.purses.items()
    return [told.purse(name, one) for name, one in purses if one.whole or name == "KRW"]


def chance(account: Account, query: Query) -> object:
    where = text(query, "market")
    if where not in account.markets():
        raise NO_MARKET
    return told.chance(account, where)
