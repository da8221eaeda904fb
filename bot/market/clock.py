"""What time is it? The machine's own time, time moved by hand, or time that runs faster."""

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The time of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 -- the one place that asks the machine


class SteppedClock:
    """Stands still until somebody moves it, and is never moved back."""

    def __init__(self, moment: datetime) -> None:
        self._now = moment

    def now(self) -> datetime:
        return self._now

    def advance_to(self, moment: datetime) -> None:
        if moment < self._now:
            raise ValueError(f"a clock never runs back from {self._now} to {moment}")
        self._now = moment


class PacedClock:
    """Runs `speed` times as fast as real time; at speed 0 it waits to be moved."""

    def __init__(
        self, start: datetime, speed: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._base = start
        self._since = monotonic()
        self._speed = _checked(speed)

    @property
    def speed(self) -> float:
        return self._speed

    def now(self) -> datetime:
        return self._at(self._monotonic())

    def set_speed(self, speed: float) -> None:
        """Go on from this moment at another pace."""
        _checked(speed)
        self._restart(self._base)
        self._speed = speed

    def advance_to(self, moment: datetime) -> None:
        """Leap forward; a moment that has passed already changes nothing."""
        self._restart(moment)

    def until(self, moment: datetime) -> float:
        """Real seconds to wait; infinitely many for a clock that stands still."""
        ahead = (moment - self.now()).total_seconds()
        if ahead <= 0:
            return 0.0
        return ahead / self._speed if self._speed else math.inf

    def _at(self, reading: float) -> datetime:
        return self._base + timedelta(seconds=(reading - self._since) * self._speed)

    def _restart(self, earliest: datetime) -> None:
        reading = self._monotonic()
        self._base = max(self._at(reading), earliest)
        self._since = reading


def _checked(speed: float) -> float:
    if not 0 <= speed < math.inf:
        raise ValueError(f"a speed must be zero or more, was {speed}")
    return speed
