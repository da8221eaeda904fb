"""Bitget's endpoints for orders of the regular book."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.venues.trading import matching
from tests.venues.trading.bitget import told
from tests.venues.trading.bitget.asked import (
    Query,
    chosen,
    isolated,
    name,
    optional,
    symbol,
    which,
    wish,
)
from tests.venues.trading.bitget.leaving import check_attached
from tests.venues.trading.bitget.words import (
    DUPLICATE,
    HOLDING,
    NO_CANCEL,
    NO_POSITION,
    own,
)
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Order, Refusal, Side, Status, Wish

GONE = Refusal("40768", "Order does not exist")


def create(ledger: Ledger, query: Query) -> told.Told:
    """An order that had to push others aside is answered without its number."""
    asked = wish(ledger, query)
    check_name(ledger, asked.client_id)
    check_mode(ledger, query)
    check_attached(ledger, asked)
    pushed = make_room(ledger, asked)
    order = taken(ledger, asked)
    play(ledger, order)
    return told.named(order) | ({"orderId": None} if pushed else {})


def check_mode(ledger: Ledger, query: Query) -> None:
    """Every order says its margin mode; it changes only where there is nothing yet."""
    wanted, market = isolated(query), symbol(ledger, query)
    setting = ledger.setting(market)
    if setting.isolated is wanted:
        return
    if ledger.position(market).amount or ledger.open_orders(market):
        raise HOLDING
    setting.isolated = wanted


def check_name(ledger: Ledger, client_id: str) -> None:
    """A name is never used twice, in whichever book, whatever became of the first."""
    if client_id and ledger.named(client_id):
        raise DUPLICATE


def make_room(ledger: Ledger, asked: Wish) -> bool:
    """The oldest reducing orders go, until all together reduce no more than there is."""
    aside = in_the_way(ledger, asked) if asked.reduce_only else []
    if aside:
        rehearsal = ledger.frozen()
        for order in aside:
            matching.cancel(rehearsal, rehearsal.state.orders[order.id])
        taken(rehearsal, asked)
    for order in aside:
        matching.cancel(ledger, order)
    return bool(aside)


def in_the_way(ledger: Ledger, asked: Wish) -> list[Order]:
    held = abs(ledger.position(asked.symbol).amount)
    others = [
        o for o in ledger.open_orders(asked.symbol) if o.reduce_only and o.side is asked.side
    ]
    left = held - min(asked.quantity, held)
    kept = len(others)
    while kept and sum((o.rest for o in others[-kept:]), ZERO) > left:
        kept -= 1
    return others[: len(others) - kept]


def taken(ledger: Ledger, asked: Wish) -> Order:
    """Into the book; what cannot be is not refused but cancelled, a moment later."""
    lenient = replace(asked, tif="GTC") if asked.tif in {"GTX", "FOK"} else asked
    checked = matching.admitted(ledger, lenient)
    named = checked.client_id or str(ledger.serial())
    return matching.enter(ledger, replace(checked, tif=asked.tif, client_id=named))


def play(ledger: Ledger, order: Order) -> None:
    """Let an order that was taken trade."""
    quote = ledger.quote(order.symbol)
    price = order.price or None
    touches = matching.crosses(order.side, price, quote)
    room = ledger.state.liquidity.get(order.symbol, order.quantity)
    killed = order.tif == "FOK" and not (touches and room >= order.quantity)
    if killed or (order.tif == "GTX" and touches):
        matching.finish(ledger, order, Status.CANCELED)
    elif touches:
        touch = quote.ask if order.side is Side.BUY else quote.bid
        matching.trade(ledger, order, touch, matching.takes(ledger, order), ledger.taker)
    if order.open and (price is None or order.tif in {"IOC", "FOK"}):
        matching.finish(ledger, order, Status.CANCELED)


def batch(ledger: Ledger, query: Query) -> told.Told:
    """Several orders of one contract, each with a fate of its own."""
    shared = {k: v for k, v in query.items() if k != "orderList"}
    return sorted_out(
        [({**shared, **one}, create) for one in query.get("orderList") or ()], ledger
    )


def sorted_out(
    asked: list[tuple[Query, Callable[[Ledger, Query], told.Told]]], ledger: Ledger
) -> told.Told:
    done: list[told.Told] = []
    failed: list[told.Told] = []
    for one, act in asked:
        try:
            done.append(act(ledger, one))
        except Refusal as refused:
            why = own(refused)
            names = {key: str(one.get(key) or "") for key in ("orderId", "clientOid")}
            failed.append(names | {"errorMsg": why.words, "errorCode": str(why.code)})
    return {"successList": done, "failureList": failed}


def waiting(ledger: Ledger, query: Query) -> Order | None:
    fits, market = which(query), symbol(ledger, query)
    return next((o for o in ledger.open_orders(market) if fits(o.id, o.client_id)), None)


def cancel(ledger: Ledger, query: Query) -> told.Told:
    order = waiting(ledger, query)
    if order is None:
        raise GONE
    return told.named(matching.cancel(ledger, order))


def cancel_batch(ledger: Ledger, query: Query) -> told.Told:
    """Those that are named, or all; stops are in another book and stay."""
    asked = query.get("orderIdList")
    if asked:
        return sorted_out([({**query, **one}, cancel) for one in asked], ledger)
    waiting_ones = ledger.open_orders(chosen(ledger, query))
    if not waiting_ones:
        raise NO_CANCEL
    gone = [told.named(matching.cancel(ledger, one)) for one in waiting_ones]
    return {"successList": gone, "failureList": []}


def amend(ledger: Ledger, query: Query) -> told.Told:
    """The old order goes and a new one, which needs a new name, takes its place."""
    old, named = waiting(ledger, query), name(query, "newClientOid")
    if old is None:
        raise GONE
    check_name(ledger, named)
    wanted = changed(old, optional(query, "newSize"), optional(query, "newPrice"), named)
    rehearsal = ledger.frozen()
    matching.cancel(rehearsal, rehearsal.state.orders[old.id])
    taken(rehearsal, wanted)
    matching.cancel(ledger, old)
    order = taken(ledger, wanted)
    play(ledger, order)
    return told.named(order)


def changed(old: Order, size: Decimal | None, price: Decimal | None, named: str) -> Wish:
    if size in {None, old.quantity} and price in {None, old.price}:
        raise Refusal(-5027, "")
    return Wish(
        symbol=old.symbol,
        side=old.side,
        quantity=(size or old.quantity) - old.filled,
        price=price or old.price,
        tif=old.tif,
        reduce_only=old.reduce_only,
        client_id=named,
        attached=old.attached,
    )


def close(ledger: Ledger, query: Query) -> told.Told:
    """Everything of one contract, or of all, at the market."""
    market = chosen(ledger, query)
    held = [p for p in ledger.held() if market in {None, p.symbol}]
    if not held:
        raise NO_POSITION
    done = []
    for position in held:
        order = matching.enter(
            ledger,
            Wish(
                symbol=position.symbol,
                side=Side.SELL if position.sign > 0 else Side.BUY,
                quantity=abs(position.amount),
                reduce_only=True,
                client_id=str(ledger.serial()),
            ),
        )
        play(ledger, order)
        done.append(told.named(order) | {"symbol": position.symbol})
    return {"successList": done, "failureList": []}
