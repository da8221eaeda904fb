"""What was liquidated lately: a rolling hour of forced orders, by symbol."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Liquidation:
    """A forced order; `value` in quote currency. `of_long`: somebody's long was sold."""

    time: datetime
    of_long: bool
    value: float


@dataclass
class Liquidations:
    """`since` is when listening began: an hour that is not over yet is not a quiet one."""

    since: datetime
    heard: dict[str, deque[Liquidation]] = field(default_factory=dict)

    def hear(self, symbol: str, told: Liquidation) -> None:
        """What is older than the hour is forgotten."""
        kept = self.heard.setdefault(symbol, deque(maxlen=5_000))
        kept.append(told)
        while told.time - kept[0].time > HOUR:
            kept.popleft()

    def within_hour(self, symbol: str, now: datetime) -> tuple[float, float] | None:
        """Longs and shorts in quote currency; None until an hour was listened to."""
        if now - self.since < HOUR:
            return None
        told = [one for one in self.heard.get(symbol, ()) if now - one.time <= HOUR]
        longs = sum(one.value for one in told if one.of_long)
        return longs, sum(one.value for one in told) - longs
