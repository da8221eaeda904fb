"""What a venue said of a symbol, and what is known of it by now, each with its time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Self

TOP_HOLDS = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One word at one moment; None is not told. Prices in quote currency, `day_change` a fraction."""

    time: datetime
    last: Decimal | None = None
    mark: Decimal | None = None
    index: Decimal | None = None
    bid: Decimal | None = None
    ask: Decimal | None = None
    day_change: float | None = None
    day_volume: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything told so far. `last_at` and `mark_at` are when each was last true."""

    last: Decimal | None = None
    last_at: datetime | None = None
    mark: Decimal | None = None
    mark_at: datetime | None = None
    index: Decimal | None = None
    bid: Decimal | None = None
    ask: Decimal | None = None
    top_at: datetime | None = None
    day_change: float | None = None
    day_volume: float | None = None

    def with_word(self, told: Price) -> Self:
        """Older words than what is known change nothing."""
        is_last = told.last is not None and told.time >= (self.last_at or told.time)
        is_mark = told.mark is not None and told.time >= (self.mark_at or told.time)
        return replace(
            self,
            last=told.last if is_last else self.last,
            last_at=told.time if is_last else self.last_at,
            mark=told.mark if is_mark else self.mark,
            mark_at=told.time if is_mark else self.mark_at,
            index=told.index or self.index,
            bid=told.bid or self.bid,
            ask=told.ask or self.ask,
            top_at=told.time if told.bid or told.ask else self.top_at,
            day_change=self.day_change if told.day_change is None else told.day_change,
            day_volume=self.day_volume if told.day_volume is None else told.day_volume,
        )

    def age(self, now: datetime) -> timedelta | None:
        """How old the older of last and mark is; None before the first word."""
        times = [at for at in (self.last_at, self.mark_at) if at]
        return now - min(times) if self.last_at else None

    def is_older(self, than: timedelta, now: datetime) -> bool:
        """Also when there was no word at all."""
        age = self.age(now)
        return age is None or age > than

    @property
    def divergence(self) -> float | None:
        """The mark against the last price, as a fraction."""
        return float(self.mark / self.last - 1) if self.mark and self.last else None

    @property
    def spread(self) -> Decimal | None:
        """The best ask over the best bid, as a fraction of their middle; None when that is old."""
        if not self.bid or not self.ask or self.ask < self.bid or self._is_top_old:
            return None
        return (self.ask - self.bid) * 2 / (self.ask + self.bid)

    @property
    def _is_top_old(self) -> bool:
        """Other words have come since, and none about the top of the book."""
        times = [at for at in (self.last_at, self.mark_at, self.top_at) if at]
        return self.top_at is None or max(times) - self.top_at > TOP_HOLDS


UNSEEN = Seen()
