"""What has left for a venue lately: core's `Sent` over a database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.storage.codec import decode
from bot.storage.database import Database
from bot.storage.tables import intents
from core.domain.intent import Intent


@dataclass(frozen=True, slots=True)
class SqlSent:
    """`core.guard.ports.Sent` says what it promises."""

    database: Database

    async def since(self, account: str, moment: datetime) -> tuple[Intent, ...]:
        return await self.database.read(read_since, account, moment)


def read_since(connection: Connection, account: str, moment: datetime) -> tuple[Intent, ...]:
    asked = select(intents.c.body).where(intents.c.account == account, intents.c.sent_at >= moment)
    bodies = connection.scalars(asked.order_by(intents.c.sent_at, intents.c.id)).all()
    return tuple(decode(Intent, body) for body in bodies)
