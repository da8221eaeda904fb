"""How a lot lives through one bar of the tape: the law of `core.paper.matching` for a position with
one stop and some targets, all of which were there before the bar opened.
"""

from dataclasses import dataclass
from decimal import Decimal

from core.backtest.lot import Level, Lot, Waiting
from core.domain.market import CandleFrame, exact
from core.domain.trade import Exit
from core.execution.levels import paid_back

NEVER = float("inf")
NARROWER = 1 - 1e-12


@dataclass(frozen=True, slots=True)
class Watched:
    """The last prices and the mark prices between which nothing can happen to a lot."""

    low: float
    high: float
    mark_low: float = -NEVER
    mark_high: float = NEVER


def watched(lot: Lot) -> Watched:
    """Only where to look: what happens there is for `live` to say."""
    target = lot.targets[0].level.near if lot.targets else lot.sign * NEVER
    low, high = (lot.stop.near, target) if lot.sign > 0 else (target, lot.stop.near)
    if lot.street.marks is None:
        return Watched(low, high)
    liquidation = float(lot.liquidation)
    if lot.sign > 0:
        return Watched(low, high, mark_low=liquidation / NARROWER)
    return Watched(low, high, mark_high=liquidation * NARROWER)


def live(lot: Lot, row: int) -> None:
    """The lot after one more bar of its tape."""
    street = lot.street
    opened = street.time.item(row)
    lot.pay_until(opened + street.step)
    price = street.open.item(row)
    _at_open(lot, row, opened, price)
    if lot.ending is None:
        _inside(lot, row, opened + street.step, price)


def _at_open(lot: Lot, row: int, moment: int, price: float) -> None:
    """The open decides first about everything that was there when it came."""
    marks = lot.street.marks
    taken = marks is not None and _is_taken(lot, marks.open.item(row))
    if lot.stop.is_reached(price, -lot.sign) and not (taken and _beyond(lot)):
        lot.stopped(exact(price), moment)
    elif taken:
        lot.liquidate(moment)
    else:
        reached = [t for t in lot.targets if t.level.is_reached(price, lot.sign)]
        _sell(lot, reached, row, moment, exact(price) if reached else None)


def _inside(lot: Lot, row: int, moment: int, opened: float) -> None:
    """The adverse side of the range before the kind one; the open's targets are not asked again."""
    tape, marks = lot.street.tape, lot.street.marks
    worst, best = (tape.low, tape.high) if lot.sign > 0 else (tape.high, tape.low)
    taken = marks is not None and _is_taken(lot, _worst(lot, marks, row))
    if lot.stop.is_reached(worst.item(row), -lot.sign) and not (taken and _beyond(lot)):
        lot.stopped(lot.stop.price, moment)
        return
    if taken:
        lot.liquidate(moment)
        return
    price, sign = best.item(row), lot.sign
    reached = [
        t
        for t in lot.targets
        if t.level.is_reached(price, sign) and not t.level.is_reached(opened, sign)
    ]
    _sell(lot, reached, row, moment, None)
    if reached and marks is not None and lot.is_open and _is_taken(lot, _worst(lot, marks, row)):
        lot.liquidate(moment)


def _sell(lot: Lot, reached: list[Waiting], row: int, moment: int, price: Decimal | None) -> None:
    """Resting targets fill as makers, up to a share of the bar's volume each; the rest waits."""
    if not reached:
        return
    instrument = lot.street.instrument
    volume = exact(lot.street.tape.volume.item(row))
    most = instrument.round_amount(volume * lot.costs.volume_share)
    for target in reached:
        amount = min(most, target.left, lot.remaining)
        if amount <= 0:
            continue
        target.left -= amount
        if not target.left:
            lot.hits = max(lot.hits, target.place + 1)
            lot.targets.remove(target)
        at = target.level.price if price is None else price
        lot.reduce(at, amount, instrument.maker_fee, moment, Exit.TARGET)


def _worst(lot: Lot, frame: CandleFrame, row: int) -> float:
    worst: float = (frame.low if lot.sign > 0 else frame.high).item(row)
    return worst


def _is_taken(lot: Lot, mark: float) -> bool:
    """Has the mark reached the liquidation price? Without marks a nearer stop always comes first."""
    return (lot.liquidation - exact(mark)) * lot.sign >= 0


def _beyond(lot: Lot) -> bool:
    """Does the stop lie beyond the liquidation price?"""
    return (lot.stop.price - lot.liquidation) * lot.sign < 0


def follow(lot: Lot, prices: list[float], moment: int, time_stop: int) -> None:
    """What the desk does at a close: the time stop, or the levels that follow the price.

    `prices` are those at the closes since this was last asked, the newest last.
    """
    if moment >= lot.opened_at + time_stop:
        lot.close_at_market(exact(prices[-1]), moment, Exit.TIME)
        return
    lot.reach(prices)
    if lot.hits and lot.trail is not None:
        _trail(lot, exact(prices[-1]), moment, lot.trail)


def _trail(lot: Lot, price: Decimal, moment: int, distance: Decimal) -> None:
    """Break-even, then behind the best price. A stop that the price has passed sells at once."""
    before, instrument = lot.stop.price, lot.street.instrument
    _tighten(lot, paid_back(lot.entry, lot.side, instrument))
    lot.trailing = True
    trailed = instrument.round_price(lot.extreme - lot.sign * distance)
    if (price - trailed) * lot.sign > 0:
        _tighten(lot, trailed)
    if lot.stop.price != before and (lot.stop.price - price) * lot.sign >= 0:
        lot.stopped(price, moment)


def _tighten(lot: Lot, stop: Decimal) -> None:
    if (stop - lot.stop.price) * lot.sign > 0:
        lot.stop = Level.of(stop)
