"""Something a screen wants to happen a few seconds from now, people's seconds."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

Act = Callable[[], Awaitable[None]]
Failed = Callable[[Exception], Awaitable[None]]


class Later(Protocol):
    """Who remembers? Nothing that money depends on is left to this."""

    def __call__(self, wait: timedelta, act: Act, failed: Failed | None = None) -> None:
        """`failed` is told what `act` broke with."""
        ...
