"""The desk's calendar: what ships with it, a person's file, and what was added in the chat."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.events.file import EventFile, shipped
from bot.storage.events import SqlEvents
from core.domain.event import Complaint, Event, Source


@dataclass(frozen=True, slots=True)
class DeskAgenda:
    """`core.ports.Agenda` says what it promises.

    Nothing that is announced to the world moves a recorded or an invented market: there the events
    that ship with the desk are muted until somebody unmutes them (`counts_shipped`).
    """

    store: SqlEvents
    file: EventFile | None
    counts_shipped: bool

    async def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        kept, marks = await self.store.between(start, end)
        filed = self.file.read().events if self.file else ()
        every = (*shipped().events, *filed, *kept)
        found = (_marked(e, marks.get(e.id, self._is_muted(e))) for e in every)
        return _once(event for event in found if start <= event.at < end)

    def _is_muted(self, event: Event) -> bool:
        return event.source is Source.SHIPPED and not self.counts_shipped

    async def add(self, event: Event) -> None:
        await self.store.put(event)

    async def drop(self, event_id: str) -> bool:
        return await self.store.drop(event_id)

    async def mute(self, event_id: str, *, muted: bool) -> None:
        await self.store.mark(event_id, muted)

    async def complaints(self) -> tuple[Complaint, ...]:
        return self.file.read().complaints if self.file else ()


def _marked(event: Event, muted: bool) -> Event:
    return replace(event, muted=muted)


def _once(events: Iterable[Event]) -> tuple[Event, ...]:
    """In the order of their times; a decision that two calendars know is one, and the nearer
    source, the person's, speaks for it.
    """
    nearest: dict[tuple[str, str, datetime], Event] = {}
    for event in events:
        title = event.title.lower() if event.kind.value == "other" else ""
        nearest[event.kind, title, event.at] = event
    return tuple(sorted(nearest.values(), key=lambda event: (event.at, event.id)))
