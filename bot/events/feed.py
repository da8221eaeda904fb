"""Somebody else's calendar, asked four times a day; while it is away, what it said last stays."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.events.ics import icalendar
from bot.storage.events import SqlEvents
from core.domain.event import Source
from core.errors import FeedUnavailable
from core.ports import Clock

logger = logging.getLogger(__name__)

AGAIN = timedelta(hours=6)
AFTER_FAILURE = timedelta(minutes=15)


class Feed(Protocol):
    """What does the calendar of somebody else say now?"""

    async def read(self) -> str:
        """The whole of an iCalendar. Raises FeedUnavailable."""
        ...


@dataclass(slots=True)
class RefreshFeed:
    """May be called as often as one likes; `wall`, because the host counts real time."""

    feed: Feed
    store: SqlEvents
    wall: Clock
    _next: datetime = field(default=datetime.min.replace(tzinfo=UTC))

    async def __call__(self) -> None:
        now = self.wall.now()
        if now < self._next:
            return
        self._next = now + AFTER_FAILURE
        try:
            said = await self.feed.read()
        except FeedUnavailable as error:
            logger.warning("the calendar feed is away: %s", error)
            return
        if await self._keep(said):
            self._next = now + AGAIN

    async def _keep(self, said: str) -> bool:
        """A page without its end, or in which nothing can be read, is taken for a failure, not for an empty calendar."""
        if "END:VCALENDAR" not in said:
            logger.warning("the calendar feed was cut off, or is none")
            return False
        readout = icalendar(said, Source.FEED, UTC)
        for one in readout.complaints:
            logger.warning("the calendar feed, line %s: %s", one.line, one.why)
        if readout.complaints and not readout.events:
            return False
        await self.store.replace(Source.FEED, readout.events)
        return True
