"""The desk's calendar: what ships with it, a person's file, and what was added in the chat."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.events.file import EventFile, shipped
from bot.events.rows import Readout
from bot.storage.events import SqlEvents
from core.domain.event import Complaint, Event, Source


@dataclass(frozen=True, slots=True)
class DeskAgenda:
    """`core.agenda.Agenda` says what it promises.

    Nothing that is announced to the world moves a recorded or an invented market: there the events
    that ship with the desk are muted until somebody unmutes them (`counts_shipped`).
    """

    store: SqlEvents
    file: EventFile | None
    counts_shipped: bool

    async def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        kept, marks = await self.store.between(start, end)
        filed = (await self._filed()).events
        every = (*shipped().events, *filed, *kept)
        within = (event for event in every if start <= event.at < end)
        return _once(replace(e, muted=marks.get(e.id, self._is_muted(e))) for e in within)

    async def _filed(self) -> Readout:
        """A long file takes its time, which is not the event loop's."""
        return await asyncio.to_thread(self.file.read) if self.file else Readout()

    def _is_muted(self, event: Event) -> bool:
        return event.source is Source.SHIPPED and not self.counts_shipped

    async def add(self, event: Event) -> None:
        await self.store.put(event)

    async def drop(self, event_id: str) -> bool:
        return await self.store.drop(event_id)

    async def mute(self, event_id: str, *, muted: bool) -> None:
        await self.store.mark(event_id, muted)

    async def complaints(self) -> tuple[Complaint, ...]:
        return (await self._filed()).complaints


def _once(events: Iterable[Event]) -> tuple[Event, ...]:
    """In the order of their times; a decision that two calendars know is one, and the nearer
    source, the person's, speaks for it.
    """
    nearest: dict[tuple[str, str, datetime], Event] = {}
    for event in events:
        title = event.title.lower() if event.kind.value == "other" else ""
        nearest[event.kind, title, event.at] = event
    return tuple(sorted(nearest.values(), key=lambda event: (event.at, event.id)))
