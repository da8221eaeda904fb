"""What spending asks of the world outside."""

from datetime import datetime
from typing import Protocol

from core.domain.model import Failure
from core.spending.caps import Caps, Wish
from core.spending.ladder import Budget


class Allowance(Protocol):
    """How much may be spent, as of now?"""

    async def __call__(self) -> Caps: ...


class Wishes(Protocol):
    """What did the owner say about it? Outlives the process."""

    async def read(self) -> Wish: ...

    async def write(self, wish: Wish) -> None: ...


class Tell(Protocol):
    """Who tells the people? Each of these is said once by whoever asks for it."""

    async def off(self, provider: str, failure: Failure) -> None:
        """A provider that will not be asked again until somebody changes something."""
        ...

    async def bites(self, budget: Budget, at: datetime) -> None:
        """A step down the ladder."""
        ...
