"""Orders that are acknowledged first and looked at by the engine afterwards.

Such a venue answers with an id when an order makes sense and could be paid. Whether it may be a
maker, whether there is something to take, whether it still can be paid, is seen by the engine,
`latency` milliseconds later; what it refuses then was acknowledged all the same.
"""

from tests.venues.trading.ledger import Ledger
from tests.venues.trading.margins import afford
from tests.venues.trading.matching import acceptable, check_touch, enter, finish, reducible, run
from tests.venues.trading.orders import Order, Refusal, Status, Wish

OF_THE_MARKET = {-5021, -5022}  # nothing to take, or something: cancelled rather than rejected


def take(ledger: Ledger, wish: Wish) -> Order:
    """Acknowledge an order, or refuse it at once."""
    cut = acceptable(ledger, wish)
    if not wish.reduce_only:
        afford(ledger, wish)
    order = enter(ledger, cut)
    order.status = Status.CREATED
    ledger.state.waiting.append(order.id)
    work(ledger)
    return order


def work(ledger: Ledger) -> None:
    """Let the engine look at what waits for it, the oldest first."""
    for number in ledger.state.waiting.copy():
        order = ledger.state.orders[number]
        if ledger.clock() >= order.created + ledger.state.latency:
            ledger.state.waiting.remove(number)
            look(ledger, order)


def look(ledger: Ledger, order: Order) -> None:
    try:
        check(ledger, order)
    except Refusal as refused:
        order.reason = refused.code
        harmless = refused.code in OF_THE_MARKET
        finish(ledger, order, Status.CANCELED if harmless else Status.REJECTED)
        return
    order.status = Status.NEW
    run(ledger, order)


def check(ledger: Ledger, order: Order) -> None:
    wish = Wish(
        symbol=order.symbol,
        side=order.side,
        quantity=order.quantity,
        price=order.price or None,
        tif=order.tif,
        reduce_only=order.reduce_only,
    )
    check_touch(ledger, wish, ledger.quote(order.symbol))
    if order.reduce_only:
        order.quantity = min(order.quantity, reducible(ledger, wish))
    else:
        afford(ledger, wish)
