"""Remembers when somebody last stirred."""

from datetime import datetime


class Presence:
    """Kept in memory: after a restart nobody has been seen yet."""

    def __init__(self) -> None:
        self._seen: datetime | None = None

    def touch(self, now: datetime) -> None:
        self._seen = now

    async def last_seen(self) -> datetime | None:
        return self._seen
