"""What the desk asks of language models, and of those who pay and keep the minutes."""

from datetime import datetime
from typing import Protocol

from core.domain.model import Call, Exchange, Failure, Prompt, Repair, Reply


class Oracle(Protocol):
    """What does the model say? One provider's model; an answer is raw text and may be anything.

    Never raises for what a provider does: that is `Unsaid`. Gives up by itself after a while.
    """

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply: ...


class Purse(Protocol):
    """May this be spent? Each call is one durable transaction."""

    async def reserve(self, call: Call) -> Failure | None:
        """Set aside the worst case before anything is sent; BUDGET where a cap forbids it."""
        ...

    async def settle(self, call: Call) -> None:
        """Write down what it came to."""
        ...

    async def calls(self, start: datetime, end: datetime) -> tuple[Call, ...]:
        """Made in [start, end), oldest first."""
        ...


class Minutes(Protocol):
    """What was asked and answered, word for word?"""

    async def keep(self, exchange: Exchange) -> None: ...

    async def find(self, key: str) -> Exchange | None:
        """The first one kept under this key (exchange_key)."""
        ...
