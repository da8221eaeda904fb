"""What a person wants to hear of: a price, an indicator, a rate passes a level. Rings once."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from core.domain.market import Timeframe


class Way(StrEnum):
    """On which side of its level it rings; the level itself belongs to both."""

    ABOVE = "above"
    BELOW = "below"

    def holds(self, value: Decimal, level: Decimal) -> bool:
        return value >= level if self is Way.ABOVE else value <= level


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a value between two moments, which are one for a single reading."""

    start: datetime
    end: datetime
    low: Decimal
    high: Decimal
    last: Decimal

    @classmethod
    def at(cls, moment: datetime, value: Decimal) -> Self:
        return cls(moment, moment, value, value, value)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Somewhere between two moments it got as far as `value`."""

    start: datetime
    end: datetime
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One wish of one person. `gauge` names what is measured; `timeframe` only matters to what is
    measured on candles. Armed, it rings as soon as the level is reached; not armed, it waits until
    the value has been on the other side. What was before `since` does not count.
    """

    id: str
    person: int
    symbol: str
    gauge: str
    way: Way
    level: Decimal
    timeframe: Timeframe
    created_at: datetime
    since: datetime
    armed: bool = True
    fired_at: datetime | None = None

    def sees(self, look: Look) -> Self | Crossing:
        """Ring, or go on as what is returned. Of a stretch that began before `since` only its end
        is known to count.
        """
        whole = look.start >= self.since
        near, far = (look.high, look.low) if self.way is Way.ABOVE else (look.low, look.high)
        nearest, farthest = (near, far) if whole else (look.last, look.last)
        if look.end < self.since:
            return self
        if self.armed:
            return self._rings(look, nearest) if self._holds(nearest) else self
        if not self._holds(look.last):
            return replace(self, armed=True, since=look.end)
        if not self._holds(farthest):
            return self._rings(look, look.last)
        return self

    def _holds(self, value: Decimal) -> bool:
        return self.way.holds(value, self.level)

    def _rings(self, look: Look, value: Decimal) -> Crossing:
        start = max(look.start, min(self.since, look.end))
        return Crossing(start, look.end, value)
