"""The deeds of the grid: what is done to process, line, venue, database and clock at one moment."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from typing import Any

from tests.simulation.orders.grid.cells import Cell, Operation, Phase
from tests.simulation.orders.grid.profiles import Profile
from tests.venues.faults import Reach
from tests.venues.trading import conditional, fate, matching, turns
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.orders import Side, Wish
from tests.venues.trading.settings import set_leverage
from tests.venues.trading.upbit import dealing
from tests.venues.trading.upbit.account import WON
from tests.venues.trading.upbit.account import Wish as Spot

Deed = Callable[[Any], None]

ORDERED = (
    Operation.ENTRY,
    Operation.STOP,
    Operation.TARGET,
    Operation.MOVE,
    Operation.CLOSE,
)
EARLY = frozenset({Phase.P0, Phase.P1, Phase.P2})
STEALS = "UPDATE leases SET holder = 'there:2', fence = fence + 1, beat = 0"

# -- when


def has_position(cell: Cell, _profile: Profile) -> bool:
    """Before an entry there is none yet, after a close there is none any more."""
    if cell.operation is Operation.CLOSE:
        return cell.phase in EARLY
    if cell.operation is Operation.SETTING:
        return False
    return cell.operation is not Operation.ENTRY or cell.phase not in EARLY


def has_stop(cell: Cell, profile: Profile) -> bool:
    if profile.leverage == 1 or not has_position(cell, profile):
        return False
    if cell.operation is Operation.STOP:
        return cell.phase not in EARLY
    return cell.operation is not Operation.ENTRY


def buys_for_cash(cell: Cell, profile: Profile) -> bool:
    early = cell.operation is Operation.ENTRY and cell.phase in EARLY
    return profile.leverage == 1 and early


# -- processes


def kill(scene: Any) -> None:
    scene.seen = True
    scene.life.mortal.die()


def term(scene: Any) -> None:
    scene.seen = True
    scene.ended = True
    scene.life.mortal.interrupt()


def second(scene: Any) -> None:
    """Another process takes the account over; the first one is still there, and must not act."""
    with closing(sqlite3.connect(scene.file)) as database:
        database.execute(STEALS)
        database.commit()
    scene.seen = True
    scene.place = "there"
    scene.replaced = True


# -- line, database, clock


def unreachable(kind: Reach) -> Deed:
    def deed(scene: Any) -> None:
        scene.cut_off(kind)

    return deed


def wound(words: str) -> Deed:
    def deed(scene: Any) -> None:
        scene.words = words

    return deed


def clock(seconds: int) -> Deed:
    def deed(scene: Any) -> None:
        scene.clock.skew = seconds * 1_000
        scene.seen = True

    return deed


def lag(scene: Any) -> None:
    scene.wakes(Mishap.LAGGING)


def stale(scene: Any) -> None:
    scene.wakes(Mishap.STALE)


# -- markets


def thin(scene: Any) -> None:
    """A third of it, and no more, is taken."""
    third = scene.step(scene.amount / 3)
    scene.ledger.state.liquidity[scene.profile.held] = third
    scene.thinned = True


def at_once(scene: Any) -> None:
    """The price is past what was to wait, as it comes."""
    operation = scene.cell.operation
    if operation in {Operation.STOP, Operation.MOVE}:
        scene.price(scene.trade_now().stop * Decimal("0.999"))
    elif operation is Operation.TARGET:
        scene.price(scene.trade_now().targets[0].price * Decimal("1.001"))
    scene.seen = True


# -- by hand


def close_by_hand(scene: Any) -> None:
    _sell(scene, 1)


def flip_by_hand(scene: Any) -> None:
    """At a spot venue there is nothing below nothing: a half is sold."""
    _sell(scene, 2 if scene.profile.leverage > 1 else Decimal("0.5"))


def _sell(scene: Any, times: Decimal | int) -> None:
    held = scene.held()
    if held <= 0:
        return
    with scene.by_hand():
        amount = scene.step(held * times)
        if scene.profile.leverage == 1:
            market = scene.profile.held
            dealing.place(
                scene.ledger, Spot(market=market, side=Side.SELL, kind="market", volume=amount)
            )
        else:
            matching.place(
                scene.ledger, Wish(symbol=scene.profile.held, side=Side.SELL, quantity=amount)
            )
            turns.settle(scene.ledger)
    scene.seen = True


def cancel_by_hand(scene: Any) -> None:
    with scene.by_hand():
        for algo in scene.ledger.open_algos(scene.profile.held):
            if algo.asked.type == "STOP_MARKET":
                conditional.cancel(scene.ledger, algo)
                scene.seen = True


def leverage_by_hand(scene: Any) -> None:
    with scene.by_hand():
        set_leverage(scene.ledger, scene.profile.held, 10)
    scene.seen = True


def take_money_out(scene: Any) -> None:
    free = scene.ledger.purse(WON).free
    dealing.deposit(scene.ledger, WON, -free)
    scene.seen = True


# -- fate


def liquidate(scene: Any) -> None:
    """Past every stop, to where nothing is left."""
    with scene.by_hand():
        scene.price(Decimal(20_000))
        turns.turn(scene.ledger)
    scene.seen = not scene.held()


def deleverage(scene: Any) -> None:
    held = scene.held()
    if held <= 0:
        return
    with scene.by_hand():
        price = scene.ledger.quote(scene.profile.held).last
        fate.deleverage(scene.ledger, scene.profile.held, scene.step(held / 2), price)
        turns.settle(scene.ledger)
    scene.seen = True


def delist(scene: Any) -> None:
    with scene.by_hand():
        scene.venues.world["BTC"].delisted = scene.venues.world.now
        turns.turn(scene.ledger)
    scene.seen = True
