"""Events that were added in the chat, and which of all events are muted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, delete, select

from bot.storage.codec import decode, encode
from bot.storage.columns import Moment
from bot.storage.database import Database
from bot.storage.tables import event_marks, events
from bot.storage.upsert import Row, put
from core.domain.event import Event, Source

Kept = tuple[tuple[Event, ...], Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class SqlEvents:
    """A mark outlives the file that its event came from."""

    database: Database

    async def put(self, event: Event) -> None:
        await self.database.run(put, events, [_row(event)])

    async def drop(self, event_id: str) -> bool:
        return await self.database.run(drop, event_id)

    async def mark(self, event_id: str, muted: bool) -> None:
        await self.database.run(put, event_marks, [{"id": event_id, "muted": muted}])

    async def replace(self, source: Source, newer: Sequence[Event]) -> None:
        """All that a source says now, instead of what it said before."""
        await self.database.run(replace, source, newer)

    async def between(self, start: datetime, end: datetime) -> Kept:
        """What lies in [start, end), and all marks."""
        return await self.database.read(read_between, start, end)


WITHIN = (
    events.c.at >= bindparam("start", type_=Moment),
    events.c.at < bindparam("end", type_=Moment),
)
BETWEEN = select(events.c.body).where(*WITHIN).order_by(events.c.at, events.c.id)
MARKS = select(event_marks.c.id, event_marks.c.muted)
ITS_ID: BindParameter[str] = bindparam("its_id")


def read_between(connection: Connection, start: datetime, end: datetime) -> Kept:
    bodies = connection.scalars(BETWEEN, {"start": start, "end": end}).all()
    marks = connection.execute(MARKS).all()
    return tuple(decode(Event, body) for body in bodies), {row.id: row.muted for row in marks}


def replace(connection: Connection, source: Source, newer: Sequence[Event]) -> None:
    connection.execute(delete(events).where(events.c.source == source))
    put(connection, events, [_row(event) for event in newer])


def _row(event: Event) -> Row:
    return {"id": event.id, "at": event.at, "source": event.source, "body": encode(event)}


def drop(connection: Connection, event_id: str) -> bool:
    connection.execute(delete(event_marks).where(event_marks.c.id == ITS_ID), {"its_id": event_id})
    gone = connection.execute(delete(events).where(events.c.id == ITS_ID), {"its_id": event_id})
    return gone.rowcount > 0
