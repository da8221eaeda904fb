"""Facts that models have found in the news, on file for thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.tables import tidings
from bot.storage.upsert import put
from core.domain.tiding import Tiding

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SqlTidings:
    """`core.ports.Tidings` says what it promises."""

    database: Database

    async def keep(self, tidings: Sequence[Tiding]) -> None:
        if tidings:
            await self.database.run(keep, tidings)

    async def recent(self, since: datetime) -> tuple[Tiding, ...]:
        return await self.database.read(read_recent, since)


def keep(connection: Connection, found: Sequence[Tiding]) -> None:
    rows = [{"id": one.id, "seen_at": one.seen_at, "body": encode(one)} for one in found]
    put(connection, tidings, rows)
    newest = max(one.seen_at for one in found)
    connection.execute(delete(tidings).where(tidings.c.seen_at < newest - KEPT))


def read_recent(connection: Connection, since: datetime) -> tuple[Tiding, ...]:
    asked = select(tidings.c.body).where(tidings.c.seen_at >= since)
    bodies = connection.scalars(asked.order_by(tidings.c.seen_at.desc(), tidings.c.id)).all()
    return tuple(decode(Tiding, body) for body in bodies)
