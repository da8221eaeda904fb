"""Remembers when somebody last stirred."""

import asyncio
from datetime import datetime


class Presence:
    """Kept in memory: after a restart nobody has been seen yet."""

    def __init__(self) -> None:
        self._seen: datetime | None = None
        self._somebody = asyncio.Event()

    def touch(self, now: datetime) -> None:
        self._seen = now
        self._somebody.set()

    async def last_seen(self) -> datetime | None:
        return self._seen

    async def somebody(self) -> None:
        """Wait until there is somebody."""
        await self._somebody.wait()
