"""The algo book: taking conditional orders, triggering them, and what becomes of them."""

from dataclasses import replace
from decimal import Decimal

from tests.venues.trading.algos import TYPES, Algo, Condition, Stage, reached, watch
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.margins import afford
from tests.venues.trading.matching import accept, check_leg, check_trading, reducible
from tests.venues.trading.orders import Order, Refusal, Wish
from tests.venues.trading.rules import check_notional, check_price, check_quantity


def place(ledger: Ledger, asked: Condition) -> Algo:
    """Take a conditional order; margin is looked at only when it triggers."""
    check(ledger, asked)
    if not asked.trails and reached(asked, price_for(ledger, asked)):
        raise Refusal(-2021, "Order would immediately trigger.")
    return enter(ledger, asked)


def enter(ledger: Ledger, asked: Condition) -> Algo:
    """Put a conditional order into the book."""
    now, number = ledger.clock(), ledger.serial()
    named = replace(asked, client_id=asked.client_id or f"algo_{number}")
    algo = Algo(id=number, asked=named, created=now, updated=now)
    ledger.state.algos[algo.id] = algo
    if asked.trails:
        watch(algo, price_for(ledger, asked))
    ledger.tell_algo(algo)
    return algo


def check(ledger: Ledger, asked: Condition) -> None:
    rules = check_trading(ledger, asked.symbol)
    check_leg(ledger, asked.leg)
    check_shape(asked)
    check_twins(ledger, asked)
    for price in (asked.trigger, asked.price, asked.activation):
        if price:
            check_price(rules, price)
    if not asked.closes:
        check_quantity(rules, asked.quantity, market=asked.price is None)
        check_notional(rules, wish_of(asked, asked.quantity), asked.price or asked.trigger)


def check_shape(asked: Condition) -> None:
    """Which things may stand together."""
    if asked.type not in TYPES:
        raise Refusal(-1116, "Invalid orderType.")
    if asked.trails and not Decimal("0.1") <= asked.callback <= 10:
        raise Refusal(-2007, "Invalid callback rate.")
    if not asked.trails and asked.trigger <= 0:
        raise Refusal(-4006, "Stop price less than zero.")
    if asked.closes and asked.reduce_only:
        raise Refusal(-1106, "Parameter 'reduceOnly' sent when not required.")
    if asked.closes and asked.quantity:
        raise Refusal(-4137, "Quantity must be zero with closePosition equals true.")
    if asked.closes and asked.type not in {"STOP_MARKET", "TAKE_PROFIT_MARKET"}:
        raise Refusal(-4136, "Target strategy invalid for orderType, closePosition.")


def check_twins(ledger: Ledger, asked: Condition) -> None:
    others = ledger.open_algos()
    spent = ledger.lasting and ledger.named(asked.client_id)
    if spent or any(a.asked.client_id == asked.client_id for a in others):
        raise Refusal(-4116, "ClientOrderId is duplicated.")
    same = [a.asked for a in others if a.asked.symbol == asked.symbol]
    if sum(not a.attached for a in same) >= ledger.most_algos:
        raise Refusal(-4045, "Reach max stop order limit.")
    kind = (True, asked.type, asked.side)
    if asked.closes and any((a.closes, a.type, a.side) == kind for a in same):
        words = "An open stop or take profit order with GTE and closePosition in the direction"
        raise Refusal(-4130, words + " is existing.")
    if asked.tif == "GTE_GTC" and not ledger.position(asked.symbol).amount:
        words = "Time in Force (TIF) GTE can only be used with open positions."
        raise Refusal(-4509, words)


def price_for(ledger: Ledger, asked: Condition) -> Decimal:
    quote = ledger.quote(asked.symbol)
    return quote.mark if asked.by_mark else quote.last


def wish_of(asked: Condition, quantity: Decimal) -> Wish:
    return Wish(
        symbol=asked.symbol,
        side=asked.side,
        quantity=quantity,
        price=asked.price,
        tif="GTC" if asked.tif == "GTE_GTC" else asked.tif,
        reduce_only=asked.reduce_only or asked.closes,
        client_id=asked.client_id,
        closes=asked.closes,
        attached=asked.brings,
    )


def cancel(ledger: Ledger, algo: Algo | None) -> Algo:
    if algo is None or not algo.open:
        raise Refusal(-2011, "Unknown order sent.")
    move(ledger, algo, Stage.CANCELED)
    return algo


def move(ledger: Ledger, algo: Algo, stage: Stage) -> None:
    algo.stage, algo.updated = stage, ledger.clock()
    ledger.tell_algo(algo)


def trigger(ledger: Ledger) -> None:
    """Let every conditional order look at the price, the oldest first."""
    for algo in ledger.open_algos():
        if algo.open and watch(algo, price_for(ledger, algo.asked)):
            fire(ledger, algo)


def fire(ledger: Ledger, algo: Algo) -> None:
    """Become an order; the matching engine may refuse it, and then the algo says so."""
    algo.triggered = ledger.clock()
    move(ledger, algo, Stage.TRIGGERING)
    try:
        wish = ready(ledger, algo.asked)
    except Refusal as refused:
        algo.reason, algo.code = refused.words, refused.code
        move(ledger, algo, Stage.REJECTED)
        return
    order = accept(ledger, wish, origin=algo.asked.type, algo=algo.id)
    algo.order = order.id
    move(ledger, algo, Stage.TRIGGERED)
    conclude(ledger, algo, order)


def ready(ledger: Ledger, asked: Condition) -> Wish:
    there = abs(ledger.position(asked.symbol).amount)
    wish = wish_of(asked, there if asked.closes else asked.quantity)
    if not wish.reduce_only:
        afford(ledger, wish)
        return wish
    left = there if asked.closes and there else reducible(ledger, wish)
    if ledger.position(asked.symbol).sign * asked.side.sign >= 0:
        raise Refusal(-2022, "ReduceOnly Order is rejected.")
    return wish_of(asked, min(wish.quantity, left))


def conclude(ledger: Ledger, algo: Algo, order: Order) -> None:
    algo.done, algo.average = order.filled, order.average
    if not order.open:
        move(ledger, algo, Stage.FINISHED)


def follow_up(ledger: Ledger) -> None:
    """Finish what has become of triggered orders, and expire what lived for a position only."""
    for algo in ledger.state.algos.values():
        if algo.stage is Stage.TRIGGERED and algo.order is not None:
            conclude(ledger, algo, ledger.state.orders[algo.order])
        if algo.open and lone(ledger, algo):
            move(ledger, algo, Stage.EXPIRED)
        twin = ledger.state.algos.get(algo.twin or 0)
        if algo.open and twin is not None and not twin.open:
            move(ledger, algo, Stage.CANCELED)


def lone(ledger: Ledger, algo: Algo) -> bool:
    """Whether the position that it lived for is gone, or has turned around."""
    sign = ledger.position(algo.asked.symbol).sign
    if algo.bound:
        return sign * algo.asked.side.sign >= 0
    return algo.asked.tif == "GTE_GTC" and not sign
