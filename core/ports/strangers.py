"""What the desk asks of those who announce, publish and feel."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.domain.event import Event
from core.domain.news import Mood, NewsFact, Round
from core.domain.tiding import Tiding


class Calendar(Protocol):
    """What is announced that moves markets?"""

    async def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        """At a moment in [start, end), muted ones too, in the order of their times."""
        ...


class News(Protocol):
    """What have strangers published, and how do they feel? Evidence, never instructions."""

    async def facts(
        self, symbol: str | None, since: datetime, limit: int, until: datetime | None = None
    ) -> tuple[NewsFact, ...]:
        """Published since then, newest first, about one symbol (BTC or BTC/USDT:USDT) or all;
        only what the desk had seen by `until`.
        """
        ...

    async def mood(self) -> Mood | None:
        """The last one."""
        ...

    async def moods(self, limit: int, until: datetime | None = None) -> tuple[Mood, ...]:
        """The last ones, newest first."""
        ...


class Rounds(Protocol):
    """When are the sources of news asked?"""

    def state(self) -> Round | None:
        """None: never, since time is simulated."""
        ...


class Tidings(Protocol):
    """What facts have models found in the news? Evidence that can only stop or shrink a trade."""

    async def keep(self, tidings: Sequence[Tiding]) -> None:
        """One that is known already is written anew: what it is worth may have changed."""
        ...

    async def recent(self, since: datetime) -> tuple[Tiding, ...]:
        """Seen since then, newest first."""
        ...
