"""What spending asks of the world outside."""

from datetime import datetime
from typing import Protocol

from core.domain.model import Failure
from core.spending.caps import Caps, Wish
from core.spending.ladder import Budget, Spent


class Allowance(Protocol):
    """How much may be spent, as of now?"""

    async def __call__(self) -> Caps: ...


class Till(Protocol):
    """How much has been spent?"""

    async def spent(self, now: datetime) -> Spent:
        """Since the day and the month of `now` began."""
        ...


class Wishes(Protocol):
    """What did the owner say about it? Outlives the process."""

    async def read(self) -> Wish: ...

    async def write(self, wish: Wish) -> None: ...


class Tell(Protocol):
    """Who tells the people?"""

    async def off(self, provider: str, failure: Failure) -> None:
        """A provider will not be asked again until somebody changes something. Asked for once."""
        ...

    async def bites(self, budget: Budget, at: datetime) -> None:
        """A step down the ladder, which is told once a day, however often this is asked for."""
        ...
