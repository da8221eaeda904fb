"""What sends a symbol, or the whole desk, to rest."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.domain.people import Limits
from core.domain.trade import Exit

STOPPED = frozenset({Exit.STOP, Exit.LIQUIDATION, Exit.NAKED})
BAROMETER = "BTC/USDT:USDT"


def barometer(symbols: Sequence[str]) -> str:
    """Whose jumps send everybody to rest."""
    return BAROMETER if BAROMETER in symbols else symbols[0]


def stopped_twice(stops: Sequence[datetime], limits: Limits) -> datetime | None:
    """Until when the desk rests after these two stops in a row, if they came within a day."""
    first, second = stops
    return second + limits.cool_down_two_stops if second - first <= timedelta(days=1) else None
