"""Messages that must arrive: written with their event, sent afterwards, in order for each chat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Update, exists, func, select, update

from bot.storage.codec import decode_notice
from bot.storage.database import Database
from bot.storage.tables import outbox
from core.domain.ledger import Outgoing


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """What waits to be sent. Send a chat's rows one after the other, and stop at a failure."""

    database: Database

    async def due(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """Oldest first; a chat whose first row waits for a retry yields nothing."""
        return await self.database.read(read_due, now, limit)

    async def sent(self, outgoing: int, message_id: int | None, at: datetime) -> None:
        change = _row(outgoing).values(status="sent", message_id=message_id, sent_at=at)
        await self.database.run(_execute, change)

    async def postpone(self, outgoing: int, until: datetime) -> None:
        change = _row(outgoing).values(retry_at=until, attempts=outbox.c.attempts + 1)
        await self.database.run(_execute, change)

    async def give_up(self, outgoing: int, reason: str) -> None:
        await self.database.run(_execute, _row(outgoing).values(status="failed", failure=reason))

    async def waiting(self) -> int:
        return await self.database.read(count_waiting)


def read_due(connection: Connection, now: datetime, limit: int) -> tuple[Outgoing, ...]:
    earlier = outbox.alias("earlier")
    held_up = exists().where(
        earlier.c.status == "waiting",
        earlier.c.chat == outbox.c.chat,
        earlier.c.id <= outbox.c.id,
        earlier.c.retry_at > now,
    )
    due = select(outbox).where(outbox.c.status == "waiting", ~held_up)
    return tuple(
        Outgoing(row.id, row.person, row.chat, decode_notice(row.body), row.attempts)
        for row in connection.execute(due.order_by(outbox.c.id).limit(limit))
    )


def count_waiting(connection: Connection) -> int:
    waiting = select(func.count()).where(outbox.c.status == "waiting")
    return connection.scalars(waiting).one()


def _row(outgoing: int) -> Update:
    return update(outbox).where(outbox.c.id == outgoing)


def _execute(connection: Connection, change: Update) -> None:
    connection.execute(change)
