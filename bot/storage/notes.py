"""Small facts that must outlive the process and have no better place: a text under a key."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from bot.storage.database import Database
from bot.storage.tables import notes
from bot.storage.upsert import put


@dataclass(frozen=True, slots=True)
class SqlNotes:
    """A later text replaces the earlier one."""

    database: Database

    async def get(self, key: str) -> str | None:
        return await self.database.read(read_note, key)

    async def put(self, key: str, value: str) -> None:
        await self.database.run(put, notes, [{"key": key, "value": value}])


NOTE = select(notes.c.value).where(notes.c.key == bindparam("key"))


def read_note(connection: Connection, key: str) -> str | None:
    return connection.scalars(NOTE, {"key": key}).one_or_none()
