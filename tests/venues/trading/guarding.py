"""Stops and targets that come with an order, or belong to a position.

One that guards the whole position is there with the first fill, takes the place of its predecessor
and ends with the position. One that guards what an order brought is there when that order is over.
"""

from dataclasses import replace
from decimal import Decimal

from tests.venues.trading import conditional
from tests.venues.trading.algos import Algo, Condition, Stage
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Attached, Order, Side, Status


def arm(ledger: Ledger) -> None:
    """Let what was attached to orders wait for the positions that came of them."""
    for number in ledger.state.unarmed.copy():
        order = ledger.state.orders[number]
        if not ripe(order):
            continue
        ledger.state.unarmed.remove(number)
        if order.filled and ledger.position(order.symbol).sign == order.side.sign:
            attach(ledger, order)


def ripe(order: Order) -> bool:
    if order.status is Status.CREATED:
        return False
    return not order.open or bool(order.filled and any(one.whole for one in order.attached))


def attach(ledger: Ledger, order: Order) -> None:
    parts = [condition(order.symbol, order.side, one) for one in order.attached]
    brought = min(order.filled, abs(ledger.position(order.symbol).amount))
    for one in parts:
        if one.closes:
            guard(ledger, one)
    pair(ledger, [replace(one, quantity=brought) for one in parts if not one.closes])


def condition(symbol: str, side: Side, one: Attached) -> Condition:
    """Against a position that was opened on this side."""
    return Condition(
        symbol=symbol,
        side=side.opposite,
        type=one.type,
        trigger=one.trigger,
        price=one.price,
        reduce_only=not one.whole,
        closes=one.whole,
        by_mark=one.by_mark,
        client_id=one.client_id,
        attached=True,
    )


def guard(ledger: Ledger, asked: Condition) -> Algo:
    """Guard the whole position, instead of what guarded it so far."""
    drop(ledger, asked.symbol, asked.type)
    return conditional.enter(ledger, asked)


def guards(ledger: Ledger, symbol: str) -> list[Algo]:
    return [algo for algo in ledger.open_algos(symbol) if algo.bound]


def drop(ledger: Ledger, symbol: str, kind: str) -> None:
    for algo in guards(ledger, symbol):
        if algo.asked.type == kind:
            conditional.move(ledger, algo, Stage.CANCELED)


def pair(ledger: Ledger, asked: list[Condition]) -> list[Algo]:
    """Enter them; of two only one may trigger."""
    made = [conditional.enter(ledger, one) for one in asked]
    if len(made) == 2:
        made[0].twin, made[1].twin = made[1].id, made[0].id
    return made


def quantity(ledger: Ledger, algo: Algo) -> Decimal:
    """What it would close now."""
    there = abs(ledger.position(algo.asked.symbol).amount)
    return there if algo.asked.closes else algo.asked.quantity


def enter_part(ledger: Ledger, asked: Condition, size: Decimal) -> Algo:
    """Guard a part of the position."""
    return conditional.enter(ledger, replace(asked, quantity=size))
