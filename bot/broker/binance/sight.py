"""Where open orders have to be looked for: a look at everything costs as much as forty others.

What the desk itself sent, and whatever a look at everything has found, is looked at each time; what
another hand leaves in other contracts is seen within half a minute.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

EVERYTHING_EVERY, MOST_APART = 30.0, 20


@dataclass(slots=True)
class Sight:
    """`sending` are contracts and when something was last sent there, in seconds."""

    seen: frozenset[str] = frozenset()
    sending: dict[str, float] = field(default_factory=dict)
    looked: float | None = None

    def sent(self, name: str, now: float) -> None:
        self.sending[name] = now

    def narrow(self, now: float) -> frozenset[str] | None:
        """None: time to look at everything."""
        if self.looked is None or not 0 <= now - self.looked < EVERYTHING_EVERY:
            return None
        wanted = self.seen | frozenset(self.sending)
        return wanted if len(wanted) <= MOST_APART else None

    def saw(self, names: Collection[str], now: float) -> None:
        """What was sent a moment ago may not have been in sight yet."""
        self.seen, self.looked = frozenset(names), now
        recent = {n: at for n, at in self.sending.items() if now - at < EVERYTHING_EVERY}
        self.sending = recent
