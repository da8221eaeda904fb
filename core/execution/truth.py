"""When was an account last held against its venue? Nothing is entered on what may be a delusion."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.ports import Clock

OLDEST = timedelta(seconds=60)


@dataclass(slots=True)
class Checked:
    """`at` is the last time at which all of it could be read and nothing was left unexplained."""

    clock: Clock
    at: datetime | None = None
    oldest: timedelta = OLDEST

    @property
    def is_reconciled(self) -> bool:
        return self.at is not None and self.clock.now() - self.at <= self.oldest
