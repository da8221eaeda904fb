"""Updates that may move money, kept before they are handled, so that a crash forgets none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.storage.database import Database
from bot.storage.tables import inbox
from bot.storage.upsert import add
from core.domain.ledger import Received


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """An update is received once, however often Telegram repeats it."""

    database: Database

    async def receive(self, rows: Sequence[Received]) -> None:
        await self.database.run(add, inbox, [asdict(row) for row in rows])

    async def unfinished(self) -> tuple[Received, ...]:
        """Oldest first."""
        return await self.database.read(read_unfinished)

    async def finish(self, update_id: int, at: datetime) -> None:
        await self.database.run(finish, update_id, at)


def read_unfinished(connection: Connection) -> tuple[Received, ...]:
    table = inbox.c
    wanted = select(table.update_id, table.body, table.received_at).where(
        table.finished_at.is_(None)
    )
    rows = connection.execute(wanted.order_by(table.received_at, table.update_id))
    return tuple(Received(*row) for row in rows)


def finish(connection: Connection, update_id: int, at: datetime) -> None:
    connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(finished_at=at))
