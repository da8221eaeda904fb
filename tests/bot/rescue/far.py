"""The fake venues' time, in a process of its own."""

from dataclasses import dataclass

from core.domain.market import from_millis


@dataclass(frozen=True)
class FarClock:
    """A moment, in milliseconds, that stays."""

    millis: int

    def now(self):
        return from_millis(self.millis)
