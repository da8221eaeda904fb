"""Backtests on file: the figures of a list in columns, the whole record as a body beside them."""

import asyncio
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, select, update

from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.tables import backtests
from bot.storage.upsert import put
from core.backtest.filed import Filed, Status
from core.backtest.record import Kind, Record
from core.errors import NotFound

NAMES = tuple(field.name for field in fields(Filed))


@dataclass(frozen=True, slots=True)
class SqlBacktests:
    """`core.backtest.ports.Backtests` says what it promises; records become JSON in a thread."""

    database: Database

    async def put(self, filed: Filed, record: Record | None = None) -> None:
        body = None if record is None else await asyncio.to_thread(encode, record)
        await self.database.run(put, backtests, [{**asdict(filed), "body": body}])

    async def find(self, filed_id: str) -> Filed:
        return await self.database.read(read_filed, filed_id)

    async def record(self, filed_id: str) -> Record:
        body = await self.database.read(read_body, filed_id)
        return await asyncio.to_thread(decode, Record, body)

    async def page(self, account: str, skip: int, count: int) -> tuple[Filed, ...]:
        return await self.database.read(read_page, account, skip, count)

    async def count(self, account: str) -> int:
        return await self.database.read(count_filed, account)

    async def told(self, account: str) -> None:
        await self.database.run(tell, account)

    async def prune(self, account: str, keep: int) -> tuple[str, ...]:
        return await self.database.run(prune, account, keep)

    async def lose(self, account: str) -> None:
        """Nothing of this account runs any more: its process has just begun."""
        await self.database.run(lose, account)


OF_ACCOUNT = backtests.c.account == bindparam("its_account")
NEWEST_FIRST = (backtests.c.created_at.desc(), backtests.c.id)
FILED = select(*(backtests.c[name] for name in NAMES)).where(backtests.c.id == bindparam("its_id"))
BODY = select(backtests.c.body).where(backtests.c.id == bindparam("its_id"))
PAGE = (
    select(*(backtests.c[name] for name in NAMES))
    .where(OF_ACCOUNT)
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
COUNT = select(func.count()).where(OF_ACCOUNT)
OLD = (
    select(backtests.c.id)
    .where(OF_ACCOUNT, backtests.c.status != Status.RUNNING)
    .order_by(*NEWEST_FIRST)
    .offset(bindparam("keep"))
)
LOSE = update(backtests).where(OF_ACCOUNT, backtests.c.status == Status.RUNNING)
TELL = update(backtests).where(OF_ACCOUNT, backtests.c.lost).values(lost=False)


def read_filed(connection: Connection, filed_id: str) -> Filed:
    found = connection.execute(FILED, {"its_id": filed_id}).mappings().one_or_none()
    if found is None:
        raise NotFound(backtest=filed_id)
    return _filed(found)


def read_body(connection: Connection, filed_id: str) -> str:
    body: str | None = connection.scalars(BODY, {"its_id": filed_id}).one_or_none()
    if body is None:
        raise NotFound(backtest=filed_id)
    return body


def read_page(connection: Connection, account: str, skip: int, count: int) -> tuple[Filed, ...]:
    asked = {"its_account": account, "skip": skip, "most": count}
    return tuple(_filed(row) for row in connection.execute(PAGE, asked).mappings().all())


def count_filed(connection: Connection, account: str) -> int:
    return connection.scalars(COUNT, {"its_account": account}).one()


def tell(connection: Connection, account: str) -> None:
    connection.execute(TELL, {"its_account": account})


def prune(connection: Connection, account: str, keep: int) -> tuple[str, ...]:
    old = tuple(connection.scalars(OLD, {"its_account": account, "keep": keep}).all())
    if old:
        connection.execute(delete(backtests).where(backtests.c.id.in_(old)))
    return old


def lose(connection: Connection, account: str) -> None:
    lost = LOSE.values(status=Status.STOPPED, lost=True)
    connection.execute(lost, {"its_account": account})


def _filed(row: RowMapping) -> Filed:
    said = {name: row[name] for name in NAMES}
    return Filed(**said | {"kind": Kind(row["kind"]), "status": Status(row["status"])})
