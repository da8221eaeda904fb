"""Messages that must arrive: written with their event, sent afterwards, in order for each chat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Update, bindparam, exists, func, select, update

from bot.storage.codec import decode_notice
from bot.storage.columns import Moment
from bot.storage.database import Database
from bot.storage.tables import outbox
from bot.storage.upsert import Row
from core.domain.ledger import Outgoing


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """What waits to be sent. Send a chat's rows one after the other, and stop at a failure."""

    database: Database

    async def due(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """Oldest first; a chat whose first row waits for a retry yields nothing."""
        return await self.database.read(read_due, now, limit)

    async def sent(self, outgoing: int, message_id: int | None, at: datetime) -> None:
        change = {"message_id": message_id, "sent_at": at}
        await self.database.run(_change, SENT, outgoing, change)

    async def postpone(self, outgoing: int, until: datetime) -> None:
        await self.database.run(_change, POSTPONED, outgoing, {"retry_at": until})

    async def give_up(self, outgoing: int, reason: str) -> None:
        await self.database.run(_change, GIVEN_UP, outgoing, {"failure": reason})

    async def waiting(self) -> int:
        return await self.database.read(count_waiting)


earlier = outbox.alias("earlier")
HELD_UP = exists().where(
    earlier.c.status == "waiting",
    earlier.c.chat == outbox.c.chat,
    earlier.c.id <= outbox.c.id,
    earlier.c.retry_at > bindparam("now", type_=Moment),
)
DUE = (
    select(outbox.c.id, outbox.c.person, outbox.c.chat, outbox.c.body, outbox.c.attempts)
    .where(outbox.c.status == "waiting", ~HELD_UP)
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
WAITING = select(func.count()).where(outbox.c.status == "waiting")
ROW = update(outbox).where(outbox.c.id == bindparam("outgoing"))
SENT = ROW.values(status="sent")
POSTPONED = ROW.values(attempts=outbox.c.attempts + 1)
GIVEN_UP = ROW.values(status="failed")


def read_due(connection: Connection, now: datetime, limit: int) -> tuple[Outgoing, ...]:
    rows = connection.execute(DUE, {"now": now, "most": limit}).all()
    return tuple(
        Outgoing(row.id, row.person, row.chat, decode_notice(row.body), row.attempts)
        for row in rows
    )


def count_waiting(connection: Connection) -> int:
    return connection.scalars(WAITING).one()


def _change(connection: Connection, change: Update, outgoing: int, values: Row) -> None:
    connection.execute(change, {"outgoing": outgoing, **values})
