"""Updates that may move money, kept before they are handled, so that a crash forgets none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.storage.database import Database
from bot.storage.tables import inbox
from bot.storage.upsert import add
from core.domain.ledger import Received


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """An update is received once, however often Telegram repeats it."""

    database: Database

    async def receive(self, rows: Sequence[Received]) -> frozenset[int]:
        """The ids that were not known before."""
        return await self.database.run(receive, rows)

    async def unfinished(self) -> tuple[Received, ...]:
        """Oldest first."""
        return await self.database.read(read_unfinished)

    async def finish(self, update_id: int, at: datetime) -> None:
        await self.database.run(finish, update_id, at)


UNFINISHED = (
    select(inbox.c.update_id, inbox.c.body, inbox.c.received_at)
    .where(inbox.c.finished_at.is_(None))
    .order_by(inbox.c.received_at, inbox.c.update_id)
)
FINISH = update(inbox).where(inbox.c.update_id == bindparam("finished"))


def receive(connection: Connection, rows: Sequence[Received]) -> frozenset[int]:
    ids = frozenset(row.update_id for row in rows)
    known = connection.scalars(select(inbox.c.update_id).where(inbox.c.update_id.in_(ids)))
    fresh = ids - frozenset(known)
    add(connection, inbox, [asdict(row) for row in rows])
    return fresh


def read_unfinished(connection: Connection) -> tuple[Received, ...]:
    return tuple(Received(*row) for row in connection.execute(UNFINISHED).all())


def finish(connection: Connection, update_id: int, at: datetime) -> None:
    connection.execute(FINISH, {"finished": update_id, "finished_at": at})
