"""What the desk's people see of the calendar, add to it, take out of it and mute."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.domain.event import (
    DAY,
    Complaint,
    Event,
    Importance,
    Source,
    kind_of,
    rest_of,
)
from core.domain.people import Person
from core.errors import EventOver, NotFound
from core.owner import must_be_trader
from core.ports import Calendar, Clock

AHEAD = timedelta(days=800)


class Agenda(Calendar, Protocol):
    """The calendar, open to the desk's people."""

    async def add(self, event: Event) -> None: ...

    async def drop(self, event_id: str) -> bool:
        """Take out what a person has added; False when it is not there (any more)."""
        ...

    async def mute(self, event_id: str, *, muted: bool) -> None: ...

    async def complaints(self) -> tuple[Complaint, ...]:
        """What in a person's own file could not be read."""
        ...


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What is still to come or has just been, and what of a person's file is missing."""

    now: datetime
    events: tuple[Event, ...]
    complaints: tuple[Complaint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An event as a person types it; None leaves the usual rest."""

    title: str
    at: datetime
    whole_day: bool
    before: timedelta | None = None
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class KeepEvents:
    clock: Clock
    agenda: Agenda
    new_id: Callable[[], str]

    async def upcoming(self) -> Upcoming:
        now = self.clock.now()
        found = await self.agenda.events(now - 2 * DAY, now + AHEAD)
        events = tuple(event for event in found if event.over > now)
        return Upcoming(now, events, await self.agenda.complaints())

    async def add(self, by: Person, said: Announced) -> Event:
        """Raises NotAllowed, EventOver."""
        must_be_trader(by)
        before, after = rest_of(Importance.HIGH, whole_day=said.whole_day)
        event = Event(
            id=f"own-{self.new_id()}",
            kind=kind_of(said.title),
            title=said.title,
            at=said.at,
            importance=Importance.HIGH,
            source=Source.PERSON,
            before=before if said.before is None else said.before,
            after=after if said.after is None else said.after,
            whole_day=said.whole_day,
        )
        if event.over <= self.clock.now():
            raise EventOver
        await self.agenda.add(event)
        return event

    async def delete(self, by: Person, event_id: str) -> None:
        """Raises NotAllowed, NotFound."""
        must_be_trader(by)
        if not await self.agenda.drop(event_id):
            raise NotFound(event=event_id)

    async def mute(self, by: Person, event_id: str, *, muted: bool) -> None:
        """Raises NotAllowed."""
        must_be_trader(by)
        await self.agenda.mute(event_id, muted=muted)
