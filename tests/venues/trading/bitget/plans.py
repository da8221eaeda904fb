"""Bitget's endpoints for plan orders: triggers, and stops and targets of a position.

A position has one stop and one target of its own (`pos_loss`, `pos_profit`), as large as it is;
beside them stand those with a size (`loss_plan`, `profit_plan`, `moving_plan`). All of them go
when the position does. Triggers (`normal_plan`, `track_plan`) stay.
"""

from dataclasses import replace
from decimal import Decimal

from tests.venues.trading import conditional, history
from tests.venues.trading.algos import Algo, Condition, Stage
from tests.venues.trading.bitget import planned, told
from tests.venues.trading.bitget.asked import (
    Query,
    by_mark,
    choice,
    chosen,
    decimal,
    name,
    optional,
    page,
    side,
    stops,
    symbol,
    which,
    yes,
)
from tests.venues.trading.bitget.leaving import HELD, check_prices, check_side
from tests.venues.trading.bitget.orders import check_mode, check_name, sorted_out
from tests.venues.trading.bitget.words import NO_PLAN
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.matching import check_leg, check_trading
from tests.venues.trading.orders import Refusal, Side
from tests.venues.trading.rules import check_quantity

TRIGGERS = ("normal_plan", "track_plan")
OF_POSITION = ("profit_plan", "loss_plan", "moving_plan", "pos_profit", "pos_loss")
FULL = Refusal(
    "40890", "The order of stop-profit and stop-loss for this contract has reached the upper limit"
)
NO_ROOM = Refusal("43023", "Insufficient position, can not set profit or stop loss")


def book(ledger: Ledger, asked: Condition) -> Algo:
    """What was checked; without a name it gets one."""
    named = asked.client_id or str(ledger.serial())
    return conditional.enter(ledger, replace(asked, client_id=named))


# -- stops and targets of a position


def protect(ledger: Ledger, query: Query) -> told.Told:
    kind = choice(query, "planType", OF_POSITION)
    market, long = symbol(ledger, query), choice(query, "holdSide", ("buy", "sell")) == "buy"
    asked = Condition(
        symbol=market,
        side=Side.SELL if long else Side.BUY,
        type=planned.type_of(kind, limit=bool(optional(query, "executePrice"))),
        quantity=Decimal(0) if kind.startswith("pos") else decimal(query, "size"),
        trigger=decimal(query, "triggerPrice"),
        price=optional(query, "executePrice"),
        attached=True,
        closes=kind.startswith("pos"),
        reduce_only=not kind.startswith("pos"),
        by_mark=by_mark(query, "triggerType"),
        client_id=name(query),
        callback=decimal(query, "rangeRate") if kind == "moving_plan" else Decimal(0),
        activation=decimal(query, "triggerPrice") if kind == "moving_plan" else None,
    )
    check_protection(ledger, asked)
    return planned.named(book(ledger, asked))


def check_protection(ledger: Ledger, asked: Condition) -> None:
    check_leg(ledger, asked.leg)
    rules = check_trading(ledger, asked.symbol)
    check_name(ledger, asked.client_id)
    check_prices(ledger, asked.symbol, asked.trigger, asked.price)
    position = ledger.position(asked.symbol)
    if position.sign * asked.side.sign >= 0 or asked.quantity > abs(position.amount):
        raise NO_ROOM
    if not asked.closes:
        check_quantity(rules, asked.quantity, market=asked.price is None)
    if not asked.trails:
        loses = asked.type.startswith("STOP")
        long, price = asked.side is Side.SELL, conditional.price_for(ledger, asked)
        check_side(HELD, asked.trigger, price, stops=loses, long=long)
    twins = (planned.kind(a.asked) for a in ledger.open_algos(asked.symbol))
    if asked.closes and planned.kind(asked) in twins:
        raise FULL


def move_protection(ledger: Ledger, query: Query) -> told.Told:
    """In place: there is no moment without it."""
    algo = waiting(ledger, query, OF_POSITION)
    if algo is None:
        raise NO_PLAN
    moved = replace(
        algo.asked,
        trigger=decimal(query, "triggerPrice"),
        price=optional(query, "executePrice"),
        quantity=Decimal(0) if algo.asked.closes else decimal(query, "size"),
    )
    rest = ledger.frozen()
    del rest.state.algos[algo.id]
    check_protection(rest, moved)
    renew(ledger, algo, moved)
    return planned.named(algo)


def renew(ledger: Ledger, algo: Algo, asked: Condition) -> None:
    algo.asked, algo.updated = asked, ledger.clock()
    ledger.tell_algo(algo)


# -- triggers


def trigger(ledger: Ledger, query: Query) -> told.Told:
    kind = choice(query, "planType", TRIGGERS)
    market, ours = symbol(ledger, query), side(query)
    limit = choice(query, "orderType", ("limit", "market")) == "limit"
    price = (optional(query, "price") or decimal(query, "executePrice")) if limit else None
    asked = Condition(
        symbol=market,
        side=ours,
        type="TRAILING_STOP_MARKET" if kind == "track_plan" else "",
        quantity=decimal(query, "size"),
        trigger=decimal(query, "triggerPrice"),
        price=price,
        reduce_only=yes(query, "reduceOnly"),
        by_mark=by_mark(query, "triggerType"),
        client_id=name(query),
        callback=decimal(query, "callbackRatio") if kind == "track_plan" else Decimal(0),
        activation=decimal(query, "triggerPrice") if kind == "track_plan" else None,
        brings=stops(query, "stopLossTrigger", "stopSurplusTrigger"),
    )
    asked = replace(asked, type=asked.type or planned.waiting_type(ledger, asked))
    check_name(ledger, asked.client_id)
    check_mode(ledger, query)
    conditional.check(ledger, asked)
    return planned.named(book(ledger, asked))


def move_trigger(ledger: Ledger, query: Query) -> told.Told:
    algo = waiting(ledger, query, TRIGGERS)
    if algo is None:
        raise NO_PLAN
    old = algo.asked
    moved = replace(
        old,
        quantity=optional(query, "newSize") or old.quantity,
        trigger=optional(query, "newTriggerPrice") or old.trigger,
        price=optional(query, "newPrice") or old.price,
        callback=optional(query, "newCallbackRatio") or old.callback,
    )
    moved = moved if old.trails else replace(moved, type=planned.waiting_type(ledger, moved))
    conditional.check(ledger, replace(moved, client_id=""))
    renew(ledger, algo, moved)
    return planned.named(algo)


# -- both


def waiting(ledger: Ledger, query: Query, kinds: tuple[str, ...]) -> Algo | None:
    fits, market = which(query), symbol(ledger, query)
    mine = (a for a in ledger.open_algos(market) if planned.kind(a.asked) in kinds)
    return next((a for a in mine if fits(a.id, a.asked.client_id)), None)


def cancel_one(ledger: Ledger, query: Query) -> told.Told:
    algo = waiting(ledger, query, (choice(query, "planType", planned.KINDS, "normal_plan"),))
    if algo is None:
        raise NO_PLAN
    return planned.named(conditional.cancel(ledger, algo))


def cancel(ledger: Ledger, query: Query) -> told.Told:
    """Of one kind only, which are the plain triggers unless another is said."""
    if not query.get("orderIdList"):
        return cancel_kind(ledger, query)
    asked = [({**query, **one}, cancel_one) for one in query["orderIdList"]]
    done = sorted_out(asked, ledger)
    if not done["successList"]:
        raise NO_PLAN
    return done


def cancel_kind(ledger: Ledger, query: Query) -> told.Told:
    kind = choice(query, "planType", planned.KINDS, "normal_plan")
    found = [a for a in ledger.open_algos(chosen(ledger, query)) if planned.kind(a.asked) == kind]
    if not found:
        raise NO_PLAN
    gone = [planned.named(conditional.cancel(ledger, a)) for a in found]
    return {"successList": gone, "failureList": []}


def pending(ledger: Ledger, query: Query) -> told.Told:
    return plans(ledger, query, ledger.open_algos(chosen(ledger, query)))


def past(ledger: Ledger, query: Query) -> told.Told:
    market = chosen(ledger, query)
    known = [
        a
        for a in ledger.state.algos.values()
        if not a.open and history.kept(ledger, a) and market in {None, a.asked.symbol}
    ]
    return plans(ledger, query, known)


def plans(ledger: Ledger, query: Query, known: list[Algo]) -> told.Told:
    """Of the kind that is asked for; all that belong to positions are one kind here."""
    asked = choice(query, "planType", (*TRIGGERS, "profit_loss"))
    kinds = OF_POSITION if asked == "profit_loss" else (asked,)
    known = [a for a in known if planned.kind(a.asked) in kinds]
    if query.get("orderId") or query.get("clientOid"):
        fits = which(query)
        known = [a for a in known if fits(a.id, a.asked.client_id)]
    shown = page(query, known, lambda a: a.id, lambda a: a.created)
    return told.listed("entrustedList", [planned.plan(ledger, a) for a in shown], "orderId")


def leave_orphans(ledger: Ledger) -> None:
    """What belonged to a position goes when that has gone, or has turned around."""
    for algo in ledger.open_algos():
        sign = ledger.position(algo.asked.symbol).sign
        if algo.asked.attached and sign * algo.asked.side.sign >= 0:
            conditional.move(ledger, algo, Stage.EXPIRED)
