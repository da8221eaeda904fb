"""Waiting for something to become true, without anyone having to ask again and again."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Signal:
    """Wakes all who wait; each looks for itself whether its condition holds."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self.closed = False

    def wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def close(self) -> None:
        """Let everyone go, now and from now on."""
        self.closed = True
        self.wake()

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until the condition holds, and say whether it does."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not condition() and not self.closed:
                    await self._changed.wait()
        return condition()
