"""What those who ask models ask of the world outside."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol, TypeVar

T = TypeVar("T")

IsAwaited = Callable[[], bool]
"""Does anybody still wait for this?"""

Work = Callable[[IsAwaited], Awaitable[T]]


class Patience(Protocol):
    """Who waits, and who lets finish by itself what takes too long?

    The work begins at once and goes on whatever becomes of whoever waits for it. None: it took
    longer than `most`; what it comes to then, nobody hears. What it raises in time is raised here.
    """

    async def __call__(self, most: timedelta, work: Work[T]) -> T | None: ...


class Endless:
    """Waits as long as it takes, where nothing is late."""

    async def __call__(self, most: timedelta, work: Work[T]) -> T | None:
        return await work(_always)


def _always() -> bool:
    return True
