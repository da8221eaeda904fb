"""Who may be asked now? A source that failed is left alone for a while, longer each time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=6)
MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one source: failures in a row, and when it may be asked again."""

    failures: int = 0
    again_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        return self.again_at is None or now >= self.again_at

    def heard(self, now: datetime, every: timedelta) -> "Standing":
        """A little early, so that a round that comes a second sooner is not a round too late."""
        return Standing(0, now + every - SHORTEST / 10)

    def failed(self, now: datetime, wait: timedelta | None) -> "Standing":
        """What the source asked for counts when it is longer."""
        doubled: timedelta = SHORTEST * 2 ** min(self.failures, MOST_DOUBLINGS)
        pause = max(min(doubled, LONGEST), wait or timedelta(0))
        return replace(self, failures=self.failures + 1, again_at=now + pause)
