"""Something a screen wants to happen a few seconds from now, people's seconds."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol


class Later(Protocol):
    """Who remembers? Nothing that money depends on is left to this."""

    def __call__(self, wait: timedelta, act: Callable[[], Awaitable[None]]) -> None: ...
