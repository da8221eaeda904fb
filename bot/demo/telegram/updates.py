"""What the bot has not read yet, and the long wait for more of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import Refused
from bot.demo.telegram.signals import Signal

MOST_AT_ONCE = 100
LONGEST_WAIT = 50
#: How long an undelivered button press is worth delivering, in seconds.
QUERY_SHELF_LIFE = 150.0
#: So long after its last question a bot still counts as present, in seconds.
PRESENCE = 10.0
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Update:
    """Something that happened, waiting to be confirmed."""

    id: int
    kind: str
    payload: dict[str, Any]
    expires: float | None

    def wire(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """One queue for one bot; of two who read it, the older is sent away."""

    def __init__(self, monotonic: Callable[[], float], first: int = 1) -> None:
        self._monotonic = monotonic
        self._updates: list[Update] = []
        self._next_id = first
        self._allowed: frozenset[str] = frozenset()
        self._reader = 0
        self._signal = Signal()
        self._heard = -math.inf
        self._waiting = False

    @property
    def online(self) -> bool:
        """Is a bot listening, or was it just now?"""
        return self._waiting or self._monotonic() - self._heard < PRESENCE

    def put(self, kind: str, payload: dict[str, Any]) -> None:
        """Store what happened, unless the bot said that it does not care."""
        if self._allowed and kind not in self._allowed:
            return
        lifetime = QUERY_SHELF_LIFE if kind == "callback_query" else None
        expires = None if lifetime is None else self._monotonic() + lifetime
        self._updates.append(Update(self._next_id, kind, payload, expires))
        self._next_id += 1
        self._signal.wake()

    def allow(self, kinds: list[str]) -> None:
        self._allowed = frozenset(kinds)

    def pending(self) -> int:
        self._forget_stale()
        return len(self._updates)

    def clear(self) -> None:
        self._updates.clear()

    def close(self) -> None:
        self._signal.close()

    async def read(self, offset: int, limit: int, timeout: float) -> list[Update]:
        """Confirm what lies before the offset and wait for what comes after it."""
        self._reader += 1
        reader = self._reader
        self._signal.wake()
        self._confirm(offset)
        self._waiting = True
        await self._signal.until(
            lambda: bool(self.pending()) or self._reader != reader,
            min(max(timeout, 0), LONGEST_WAIT),
        )
        if self._reader != reader:
            raise Refused(409, CONFLICT)
        self._waiting = False
        self._heard = self._monotonic()
        return self._updates[: min(max(limit, 1), MOST_AT_ONCE)]

    def _confirm(self, offset: int) -> None:
        """A negative offset keeps only so many of the newest."""
        if offset < 0:
            self._updates = self._updates[offset:]
        else:
            self._updates = [update for update in self._updates if update.id >= offset]

    def _forget_stale(self) -> None:
        now = self._monotonic()
        self._updates = [
            update for update in self._updates if update.expires is None or now < update.expires
        ]
