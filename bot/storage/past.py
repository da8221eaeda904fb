"""What was decided about a symbol lately, in a database."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam

from bot.storage.codec import decode
from bot.storage.database import Database
from bot.storage.questions import bodies
from bot.storage.tables import decisions
from core.domain.opinion import Decision

LATEST = (
    bodies(decisions, "symbol")
    .order_by(decisions.c.as_of.desc(), decisions.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class SqlPast:
    """`core.ask.ports.Past` says what it promises."""

    database: Database

    async def latest(self, symbol: str, count: int) -> tuple[Decision, ...]:
        return await self.database.read(read_latest, symbol, count)


def read_latest(connection: Connection, symbol: str, count: int) -> tuple[Decision, ...]:
    rows = connection.execute(LATEST, {"symbol": symbol, "most": count}).all()
    return tuple(decode(Decision, row[0]) for row in rows)
