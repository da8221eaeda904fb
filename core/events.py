"""Does something announced forbid to enter now? And the calendar in which nothing stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.domain.event import DAY, Event
from core.ports import Calendar


@dataclass(frozen=True, slots=True)
class NoEvents:
    """A `Calendar` for markets to which nothing is announced: recordings, and most tests."""

    async def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        return ()


NO_EVENTS = NoEvents()


def in_force(events: Iterable[Event], now: datetime) -> Event | None:
    """The event for which entries rest now; of several the one that rests longest."""
    covering = (event for event in events if event.covers(now))
    return max(covering, key=lambda event: (event.ends, event.id), default=None)


async def resting_for(calendar: Calendar, now: datetime) -> Event | None:
    """The same, asked of a calendar."""
    return in_force(await calendar.events(now - DAY, now + DAY), now)
