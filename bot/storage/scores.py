"""What came of what was forecast, in a database: outcomes one by one, forecasts as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, select, update

from bot.storage.codec import decode
from bot.storage.columns import Moment
from bot.storage.database import Database
from bot.storage.forecasts import count_spoken, read_record, scored_row
from bot.storage.questions import where, within
from bot.storage.tables import awaited, decisions, fates, forecasts, resolutions
from bot.storage.upsert import Row, add
from core.domain.objection import Fate, Resolution
from core.domain.opinion import Decision
from core.domain.score import Opposed, Record, Scored, Waiting
from core.domain.trading import Side


@dataclass(frozen=True, slots=True)
class SqlScores:
    """`core.ports.Scores` and `Fates` say what it promises."""

    database: Database

    async def due(self, now: datetime, limit: int) -> tuple[Decision, ...]:
        return await self.database.read(read_due, now, limit)

    async def resolve(self, resolutions: Sequence[Resolution], scored: Sequence[Scored]) -> None:
        await self.database.run(resolve, resolutions, scored)

    async def put_off(self, decision_id: str, until: datetime | None) -> None:
        await self.database.run(put_off, decision_id, until)

    async def waiting(self) -> Waiting:
        return await self.database.read(read_waiting)

    async def record(self, since: datetime, until: datetime) -> Record:
        return await self.database.study(read_record, since, until)

    async def spoken(self, since: datetime, until: datetime) -> Mapping[str, int]:
        return await self.database.study(count_spoken, since, until)

    async def resolution(self, decision: str) -> Resolution | None:
        return await self.database.read(read_resolution, decision)

    async def fate(self, account: str, decision: str) -> Fate | None:
        return await self.database.read(read_fate, account, decision)

    async def opposed(self, account: str, start: datetime, end: datetime) -> tuple[Opposed, ...]:
        return await self.database.study(read_opposed, account, start, end)


DUE = (
    select(decisions.c.body)
    .join(awaited, awaited.c.decision == decisions.c.id)
    .where(awaited.c.ask_at <= bindparam("now", type_=Moment))
    .order_by(awaited.c.ask_at, decisions.c.id)
    .limit(bindparam("most"))
)
COUNTS = select(func.count(), func.count(awaited.c.ask_at), func.min(awaited.c.ask_at))
NO_MORE = delete(awaited).where(awaited.c.decision == bindparam("known"))
LATER = (
    update(awaited)
    .where(awaited.c.decision == bindparam("known"))
    .values(ask_at=bindparam("until", type_=Moment))
)
ANSWER = select(resolutions).where(*where(resolutions, "decision"))
FATE = select(fates.c.body).where(*where(fates, "account", "decision"))
OPPOSED = (
    select(fates.c.body.label("fate"), decisions.c.body.label("decided"), resolutions)
    .join(decisions, decisions.c.id == fates.c.decision)
    .outerjoin(resolutions, resolutions.c.decision == fates.c.decision)
    .where(*where(fates, "account"), fates.c.opposed, *within(fates.c.at))
    .order_by(fates.c.at, fates.c.decision)
)


def read_due(connection: Connection, now: datetime, limit: int) -> tuple[Decision, ...]:
    bodies = connection.scalars(DUE, {"now": now, "most": limit}).all()
    return tuple(decode(Decision, body) for body in bodies)


def resolve(
    connection: Connection, answers: Sequence[Resolution], scored: Sequence[Scored]
) -> None:
    add(connection, resolutions, [_row(answer) for answer in answers])
    add(connection, forecasts, [scored_row(one) for one in scored])
    if answers:
        connection.execute(NO_MORE, [{"known": answer.decision} for answer in answers])


def put_off(connection: Connection, decision_id: str, until: datetime | None) -> None:
    connection.execute(LATER, {"known": decision_id, "until": until})


def read_waiting(connection: Connection) -> Waiting:
    every, asked, next_at = connection.execute(COUNTS).one()
    return Waiting(asked, next_at, every - asked)


def read_resolution(connection: Connection, decision_id: str) -> Resolution | None:
    row = connection.execute(ANSWER, {"decision": decision_id}).mappings().one_or_none()
    return None if row is None else _resolution(row)


def read_fate(connection: Connection, account: str, decision_id: str) -> Fate | None:
    asked = {"account": account, "decision": decision_id}
    body = connection.scalars(FATE, asked).one_or_none()
    return None if body is None else decode(Fate, body)


def read_opposed(
    connection: Connection, account: str, start: datetime, end: datetime
) -> tuple[Opposed, ...]:
    asked = {"account": account, "start": start, "end": end}
    return tuple(
        Opposed(
            decode(Fate, row["fate"]),
            decode(Decision, row["decided"]),
            None if row["decision"] is None else _resolution(row),
        )
        for row in connection.execute(OPPOSED, asked).mappings().all()
    )


def _row(answer: Resolution) -> Row:
    return {
        "decision": answer.decision,
        "symbol": answer.symbol,
        "as_of": answer.as_of,
        "at": answer.at,
        "ended": answer.ended,
        "up": answer.up,
        "long": answer.target_first[Side.BUY],
        "short": answer.target_first[Side.SELL],
    }


def _resolution(row: RowMapping) -> Resolution:
    return Resolution(
        decision=row["decision"],
        symbol=row["symbol"],
        as_of=row["as_of"],
        at=row["at"],
        ended=row["ended"],
        up=row["up"],
        target_first={Side.BUY: row["long"], Side.SELL: row["short"]},
    )
