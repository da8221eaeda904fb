"""How long a venue is waited for: as long as it asks, longer each time, and not for ever."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.errors import VenueBusy, VenueUnavailable

T = TypeVar("T")
TRIES = 5
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
LONGEST_WISH = 900.0


@dataclass(frozen=True, slots=True)
class Patience:
    """`sleep` takes seconds; `says` tells a person why nothing moves."""

    sleep: Callable[[float], Awaitable[None]]
    says: Callable[[str], None]

    async def ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """Raises the last error of a venue that stays busy or away."""
        for tried in range(1, TRIES):
            try:
                return await question()
            except VenueUnavailable as error:
                pause = _pause(error, tried)
                if pause > LONGEST_WISH:
                    raise
                self.says(f"{error}; waiting {pause:.0f} s (try {tried} of {TRIES - 1})")
                await self.sleep(pause)
        return await question()


def _pause(error: VenueUnavailable, tried: int) -> float:
    """A venue that says how long knows best; asking sooner lengthens its ban."""
    doubled: float = min(FIRST_PAUSE * 2 ** (tried - 1), LONGEST_PAUSE)
    wished = error.retry_after if isinstance(error, VenueBusy) else None
    return doubled if wished is None else max(wished, 1.0)
