"""What real accounts have lived through: each thing once, by its venue's key, and numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from sqlalchemy import Connection, bindparam, func, select

from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.rows import activity_row
from bot.storage.tables import diary, diary_marks
from bot.storage.upsert import Row, add, put
from core.domain.trading import Activity, Fill, FundingPayment

ACTIVITIES: dict[str, type[Activity]] = {"fill": Fill, "funding": FundingPayment}
AT_ONCE = 500

LAST = select(func.coalesce(func.max(diary.c.seq), 0)).where(
    diary.c.account == bindparam("account")
)
KNOWN = select(diary.c.key).where(
    diary.c.account == bindparam("account"), diary.c.key.in_(bindparam("keys", expanding=True))
)
AFTER = (
    select(diary.c.type, diary.c.body)
    .where(diary.c.account == bindparam("account"), diary.c.seq > bindparam("after"))
    .order_by(diary.c.seq)
)
MARKS = select(diary_marks.c.stream, diary_marks.c.heard).where(
    diary_marks.c.account == bindparam("account")
)


@dataclass(frozen=True, slots=True)
class SqlDiary:
    """`bot.broker.ports.Diary` says what it promises."""

    database: Database

    async def write(
        self, account: str, lived: Mapping[str, Activity], marks: Mapping[str, datetime]
    ) -> None:
        await self.database.run(write, account, lived, marks)

    async def read(self, account: str, after: int) -> tuple[Activity, ...]:
        return await self.database.read(read_after, account, after)

    async def marks(self, account: str) -> Mapping[str, datetime]:
        return await self.database.read(read_marks, account)


def write(
    connection: Connection,
    account: str,
    lived: Mapping[str, Activity],
    marks: Mapping[str, datetime],
) -> None:
    there = known(connection, account, list(lived))
    new = [key for key in lived if key not in there]
    last = connection.scalars(LAST, {"account": account}).one() if new else 0
    numbered = zip(new, count(last + 1), strict=False)
    rows = [diary_row(account, key, replace(lived[key], seq=seq)) for key, seq in numbered]
    add(connection, diary, rows)
    heard = [{"account": account, "stream": s, "heard": at} for s, at in marks.items()]
    put(connection, diary_marks, heard)


def known(connection: Connection, account: str, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        asked = {"account": account, "keys": keys[start : start + AT_ONCE]}
        found.update(connection.scalars(KNOWN, asked))
    return found


def diary_row(account: str, key: str, activity: Activity) -> Row:
    body = encode(activity)
    return {**activity_row(activity), "account": account, "key": key, "body": body}


def read_after(connection: Connection, account: str, after: int) -> tuple[Activity, ...]:
    rows = connection.execute(AFTER, {"account": account, "after": after}).all()
    return tuple(decode(ACTIVITIES[row.type], row.body) for row in rows)


def read_marks(connection: Connection, account: str) -> dict[str, datetime]:
    rows = connection.execute(MARKS, {"account": account}).all()
    return {row.stream: row.heard for row in rows}
