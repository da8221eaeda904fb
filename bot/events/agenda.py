"""The desk's calendar: what ships with it, a person's file, and what was added in the chat."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.events.file import EventFile, shipped
from bot.events.rows import Readout
from bot.storage.events import SqlEvents
from core.domain.event import Complaint, Event, EventKind, Source

NEARNESS = {Source.SHIPPED: 0, Source.FEED: 1, Source.FILE: 2, Source.PERSON: 3}


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
    """In the order of their times; what several calendars know is said once."""
    groups: dict[tuple[str, str, datetime], list[Event]] = {}
    for event in events:
        title = event.title.lower() if event.kind is EventKind.OTHER else ""
        groups.setdefault((event.kind, title, event.at.astimezone(UTC)), []).append(event)
    spoken = (event for group in groups.values() for event in _spoken(group))
    return tuple(sorted(spoken, key=lambda event: (event.at.astimezone(UTC), event.id)))


def _spoken(group: Sequence[Event]) -> Sequence[Event]:
    """All that people typed, or else what the nearest source says. A feed is a stranger's: it may
    make the rest of a shipped event longer, and never shorter.
    """
    if typed := [event for event in group if event.source is Source.PERSON]:
        return typed
    nearest = max(group, key=lambda event: (NEARNESS[event.source], event.forbids))
    trusts_all = nearest.source is Source.FEED
    others = (one for one in group if trusts_all or one.source is nearest.source)
    return [_widened(nearest, [one for one in others if one.forbids])]


def _widened(event: Event, others: Sequence[Event]) -> Event:
    """Those that forbid nothing have no say in it."""
    every = (event, *others)
    return replace(
        event,
        before=max(one.before for one in every),
        after=max(one.after for one in every),
        whole_day=all(one.whole_day for one in every),
    )
