"""What should not be: prices and sums that no market and no trade explains.

Bounds on prices are parts of an instrument's `gap`, the move in which it is feared to fall without
trading (6 % for Bitcoin, 30 % for small coins): what is normal for one coin is an alarm for
another.
"""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.trading import PRICED, Activity, Fill, Order

# A stop that slips by half of the feared gap met a market, or a price, that nobody had planned for.
SLIPPED = Decimal("0.5")
# What was limited never fills beyond its limit; a twentieth of a percent forgives roundings.
LIMIT_BROKEN = Decimal("0.0005")
# Last and mark price part by some percent in a cascade, and by more only where one of them is wrong.
FAR = Decimal("0.33")
# Two readings of one mark price some seconds apart: Bitcoin's fastest minute moved it 0.1 % a second.
DIVERGED = Decimal("0.16")
# Rounding, and fees that a venue takes in another coin, stay below a fifth of a percent in a day.
UNEXPLAINED = Decimal("0.002")
SMALLEST_LEAK = Decimal(1)
# More than the three positions of most profiles, each of whose stops may once come too late.
REJECTS, REJECTS_WITHIN = 4, timedelta(minutes=10)
# NTP slews by half a millisecond a second; a venue refuses what is seconds away from its clock.
JUMP = timedelta(seconds=2)
# A day's ledger, its journal and a backup; below it the next write may be the one that fails.
FREE_DISK = 256 * 2**20


def slipped(fill: Fill, order: Order, instrument: Instrument) -> Decimal | None:
    """By which share of its own price the order filled worse than it ever should; None: it did not."""
    wanted = order.stop_price if order.price is None else order.price
    if not wanted:
        return None
    worse = (fill.price - wanted) * order.side.sign / wanted
    bound = LIMIT_BROKEN if order.type in PRICED else instrument.gap * SLIPPED
    return worse if worse > bound else None


def far_from(
    price: Decimal, low: Decimal, high: Decimal, instrument: Instrument
) -> Decimal | None:
    """How far a fill lies outside of what marks were then, as a share of them; None: not far."""
    away = max((low - price) / low, (price - high) / high)
    return away if away > instrument.gap * FAR else None


def diverged(venue: Decimal, ours: Decimal, instrument: Instrument) -> Decimal | None:
    """By how much the venue's mark and our own differ, if it is too much."""
    apart = abs(venue - ours) / ours
    return apart if apart > instrument.gap * DIVERGED else None


def money(activities: Iterable[Activity]) -> Decimal:
    """What these have done to the wallet."""
    return sum((_moved(one) for one in activities), Decimal(0))


def _moved(activity: Activity) -> Decimal:
    if isinstance(activity, Fill):
        return activity.realized_pnl - activity.fee
    return activity.amount


def leaked(expected: Decimal, wallet: Decimal) -> Decimal | None:
    """What is missing in a wallet, if it is more than roundings explain."""
    missing = expected - wallet
    return missing if missing > max(SMALLEST_LEAK, abs(expected) * UNEXPLAINED) else None
