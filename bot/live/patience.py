"""How long a question of the desk waits for a venue: people and stops do not wait for ever."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from bot.errors import VenueUnavailable
from bot.live.feed import Feed
from bot.live.switching import SILENT
from core.errors import NoMarketData, UnknownSymbol

PATIENCE, HASTE = 8.0, 1.0
UNREADABLE = (VenueUnavailable, UnknownSymbol, NoMarketData, TimeoutError)


@dataclass(frozen=True, slots=True)
class Patience:
    """One deadline for everything that a single question needs of a venue; what cannot be had by
    then is graded, or unknown. A venue that is silent already is not waited for; one that stands in
    may not list what the own one does.
    """

    deadline: float

    @classmethod
    def with_(cls, feed: Feed) -> Self:
        silence = feed.silence()
        is_silent = silence is not None and silence > SILENT
        seconds = HASTE if is_silent else PATIENCE
        return cls(asyncio.get_running_loop().time() + seconds)

    async def __call__(self, asked: Coroutine[Any, Any, object]) -> None:
        with suppress(*UNREADABLE):
            async with asyncio.timeout_at(self.deadline):
                await asked
