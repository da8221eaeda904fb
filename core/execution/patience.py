"""When is a silence proof? Only late, and only when it is heard twice.

An order may come into sight until its venue's time for arrival has passed. After that, two answers
of *not found* at different times say that it never came; no answer at all says nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.domain.intent import Intent

APART = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Patience:
    """`missed` is when each order was first not found after it could have come."""

    missed: dict[str, datetime] = field(default_factory=dict)

    def is_over(self, intent: Intent, asked: datetime, arrival: timedelta) -> bool:
        """It was asked for at `asked` and not found: is that proof by now?"""
        if asked <= (intent.sent_at or intent.created_at) + arrival:
            return False
        return asked - self.missed.setdefault(intent.id, asked) >= APART

    def forget(self, intent: Intent) -> None:
        self.missed.pop(intent.id, None)
