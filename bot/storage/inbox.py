"""Updates that may move money, kept before they are handled, so that a crash forgets none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

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
    """A known number with other words is another update: servers may count from one again."""
    ids = [row.update_id for row in rows]
    asked = select(inbox.c.update_id, inbox.c.body).where(inbox.c.update_id.in_(ids))
    known = {(number, body) for number, body in connection.execute(asked).all()}
    fresh = [row for row in rows if (row.update_id, row.body) not in known]
    gone = [row.update_id for row in fresh]
    connection.execute(delete(inbox).where(inbox.c.update_id.in_(gone)))
    add(connection, inbox, [asdict(row) for row in fresh])
    return frozenset(gone)


def read_unfinished(connection: Connection) -> tuple[Received, ...]:
    return tuple(Received(*row) for row in connection.execute(UNFINISHED).all())


def finish(connection: Connection, update_id: int, at: datetime) -> None:
    connection.execute(FINISH, {"finished": update_id, "finished_at": at})
