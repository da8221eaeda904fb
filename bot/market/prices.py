"""What was the price, and what the funding, at one moment of a record?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np

from core.domain.history import FundingHistory
from core.domain.market import CandleFrame, FundingRate, exact, from_millis, to_millis

EIGHT_HOURS = 28_800_000


@dataclass(frozen=True, slots=True)
class Price:
    """A price and the last moment at which it is known to have been true."""

    time: datetime
    price: Decimal


def price_at(frame: CandleFrame, moment: datetime) -> Price | None:
    """The open of the candle open then, or in a hole the last close; None before the first."""
    milliseconds = to_millis(moment)
    row = int(np.searchsorted(frame.time, milliseconds, side="right")) - 1
    if row < 0:
        return None
    closed = int(frame.time[row]) + frame.timeframe.milliseconds
    if milliseconds < closed:
        return Price(moment, exact(frame.open[row]))
    return Price(from_millis(closed), exact(frame.close[row]))


def funding_now(
    funding: FundingHistory, moment: datetime
) -> tuple[FundingRate | None, datetime | None]:
    """The last rate and when the next should come, told from the past; none if the record ended."""
    milliseconds = to_millis(moment)
    due = funding.due_by(milliseconds)
    if not due:
        return None, None
    last = int(funding.time[due - 1])
    interval = last - int(funding.time[due - 2]) if due > 1 else EIGHT_HOURS
    if milliseconds >= last + 2 * interval:
        return None, None
    following = last + interval
    return funding.row(due - 1), from_millis(following) if following > milliseconds else None
