"""How a lot lives through one bar of the tape: the law of `core.paper.matching` for a position with
one stop and some targets, all of which were there before the bar opened.
"""

from dataclasses import dataclass
from decimal import Decimal

from core.backtest.lot import Lot
from core.domain.market import exact
from core.domain.trade import Exit
from core.execution.levels import paid_back

NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Watched:
    """The last prices and the mark prices between which nothing can happen to a lot."""

    low: float
    high: float
    mark_low: float = -NEVER
    mark_high: float = NEVER


def watched(lot: Lot) -> Watched:
    """As floats: they only say where to look; `live` decides."""
    stop = float(lot.stop)
    target = float(lot.targets[0][1]) if lot.targets else lot.sign * NEVER
    low, high = (stop, target) if lot.sign > 0 else (target, stop)
    if lot.street.marks is None:
        return Watched(low, high)
    liquidation = float(lot.liquidation)
    if lot.sign > 0:
        return Watched(low, high, mark_low=liquidation * (1 + 1e-12))
    return Watched(low, high, mark_high=liquidation * (1 - 1e-12))


def live(lot: Lot, row: int) -> None:
    """The lot after one more bar of its tape."""
    street = lot.street
    opened = int(street.time.item(row))
    lot.pay_until(opened + street.step)
    _at_open(lot, row, opened)
    if lot.is_open:
        _inside(lot, row, opened + street.step)


def _at_open(lot: Lot, row: int, moment: int) -> None:
    """The open decides first about everything that was there when it came."""
    price = exact(lot.street.open.item(row))
    taken = _is_taken(lot, _mark(lot, row, "open"))
    if (lot.stop - price) * lot.sign >= 0 and not (taken and _beyond(lot)):
        lot.stopped(price, moment)
    elif taken:
        lot.liquidate(moment)
    else:
        _sell(lot, [t for t in lot.targets if (price - t[1]) * lot.sign >= 0], row, moment, price)


def _inside(lot: Lot, row: int, moment: int) -> None:
    """The adverse side of the range before the kind one; the open's targets are not asked again."""
    street = lot.street
    worst, best = (street.low, street.high) if lot.sign > 0 else (street.high, street.low)
    opened = exact(street.open.item(row))
    lowest, highest = exact(worst.item(row)), exact(best.item(row))
    side = "low" if lot.sign > 0 else "high"
    taken = _is_taken(lot, _mark(lot, row, side))
    if (lot.stop - lowest) * lot.sign >= 0 and not (taken and _beyond(lot)):
        lot.stopped(lot.stop, moment)
    elif taken:
        lot.liquidate(moment)
    else:
        reached = [
            t for t in lot.targets if (highest - t[1]) * lot.sign >= 0 > (opened - t[1]) * lot.sign
        ]
        _sell(lot, reached, row, moment, None)
        if reached and lot.is_open and _is_taken(lot, _mark(lot, row, side)):
            lot.liquidate(moment)


def _sell(
    lot: Lot,
    reached: list[tuple[int, Decimal, Decimal]],
    row: int,
    moment: int,
    price: Decimal | None,
) -> None:
    """Resting targets fill as makers, up to a share of the bar's volume each; the rest waits."""
    if not reached:
        return
    instrument = lot.street.instrument
    volume = exact(lot.street.tape.volume.item(row))
    most = instrument.round_amount(volume * lot.costs.volume_share)
    for target in reached:
        place, level, left = target
        amount = min(most, left, lot.remaining)
        if amount <= 0:
            continue
        waiting = lot.targets.index(target)
        if amount == left:
            lot.hits = max(lot.hits, place + 1)
            del lot.targets[waiting]
        else:
            lot.targets[waiting] = (place, level, left - amount)
        fee = instrument.maker_fee
        lot.reduce(level if price is None else price, amount, fee, moment, Exit.TARGET)


def _mark(lot: Lot, row: int, column: str) -> Decimal | None:
    marks = lot.street.marks
    return None if marks is None else exact(getattr(marks, column).item(row))


def _is_taken(lot: Lot, mark: Decimal | None) -> bool:
    """Has the mark reached the liquidation price? Without marks a nearer stop always comes first."""
    return mark is not None and (lot.liquidation - mark) * lot.sign >= 0


def _beyond(lot: Lot) -> bool:
    """Does the stop lie beyond the liquidation price?"""
    return (lot.stop - lot.liquidation) * lot.sign < 0


def follow(lot: Lot, prices: tuple[float, ...], moment: int, time_stop: int) -> None:
    """What the desk does at a close: the time stop, or the levels that follow the price.

    `prices` are those at the closes since this was last asked, the newest last.
    """
    price = exact(prices[-1])
    if moment >= lot.opened_at + time_stop:
        lot.close_at_market(price, moment, Exit.TIME)
        return
    best = max(prices) if lot.sign > 0 else min(prices)
    if (exact(best) - lot.extreme) * lot.sign > 0:
        lot.extreme = exact(best)
    if lot.hits and lot.trail is not None:
        before = lot.stop
        _tighten(lot, paid_back(lot.entry, lot.side, lot.street.instrument))
        lot.trailing = True
        trailed = lot.street.instrument.round_price(lot.extreme - lot.sign * lot.trail)
        if (price - trailed) * lot.sign > 0:
            _tighten(lot, trailed)
        if lot.stop != before and (lot.stop - price) * lot.sign >= 0:
            lot.stopped(price, moment)


def _tighten(lot: Lot, stop: Decimal) -> None:
    if (stop - lot.stop) * lot.sign > 0:
        lot.stop = stop
