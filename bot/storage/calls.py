"""What is spent on models, on file: set aside before anything is sent, written down after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from sqlalchemy import Connection, bindparam, case, func, insert, select, update

from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.tables import calls
from bot.storage.together import Together
from bot.storage.upsert import Row
from core.calendar import day_start, month_start
from core.domain.model import Call, CallStatus, Failure
from core.spending.caps import Caps
from core.spending.ladder import Budget, Spent
from core.spending.ports import Allowance
from core.spending.settling import abandoned

ONE_AT_A_TIME = 7_021_408_816
BILLION = Decimal(1_000_000_000)
ONE_AFTER_ANOTHER = select(func.pg_advisory_xact_lock(ONE_AT_A_TIME))
KNOWN = select(calls.c.id).where(calls.c.id.in_(bindparam("ids", expanding=True)))
RESERVE = insert(calls)
SETTLE = (
    update(calls)
    .where(calls.c.id == bindparam("its_id"), calls.c.status == CallStatus.RESERVED)
    .values({c.name: bindparam(f"its_{c.name}", type_=c.type) for c in calls.c if c.name != "id"})
)


class SqlPurse:
    """`core.ports.Purse` says what it promises; many voices that come at once share a transaction."""

    def __init__(self, database: Database, allowance: Allowance) -> None:
        self.database = database
        self.allowance = allowance
        self._reserve = Together(self._reserve_all)
        self._settle = Together(self._settle_all)

    async def reserve(self, call: Call) -> Failure | None:
        return await self._reserve(call)

    async def settle(self, call: Call) -> None:
        await self._settle(call)

    async def _reserve_all(self, wanted: Sequence[Call]) -> list[Failure | None]:
        return await self.database.run(reserve, wanted, await self.allowance())

    async def _settle_all(self, settled: Sequence[Call]) -> list[None]:
        return await self.database.run(settle, settled)

    async def calls(self, start: datetime, end: datetime) -> tuple[Call, ...]:
        return await self.database.read(read_calls, start, end)

    async def spent(self, now: datetime) -> Spent:
        """`core.spending.ports.Till`."""
        return await self.database.read(read_spent, now)

    async def clear(self, now: datetime) -> int:
        """At a start: what was still reserved when the process ended has cost its worst."""
        return await self.database.run(clear, now)


def reserve(connection: Connection, wanted: Sequence[Call], caps: Caps) -> list[Failure | None]:
    """Look and write in one transaction: two at once can never spend the same money."""
    if connection.dialect.name == "postgresql":
        connection.execute(ONE_AFTER_ANOTHER)
    known = set(connection.scalars(KNOWN, {"ids": [call.id for call in wanted]}))
    till = OpenTill(connection, caps)
    answers = [None if call.id in known else till.admit(call) for call in wanted]
    if till.admitted:
        connection.execute(RESERVE, [_row(call) for call in till.admitted])
    return answers


class OpenTill:
    """Counts once what has been spent, and then what it lets go itself."""

    def __init__(self, connection: Connection, caps: Caps) -> None:
        self._connection, self._caps = connection, caps
        self._spent: dict[datetime, Spent] = {}
        self.admitted: list[Call] = []

    def admit(self, call: Call) -> Failure | None:
        day = day_start(call.at)
        spent = self._spent.get(day) or read_spent(self._connection, call.at)
        if not Budget(spent, self._caps).admits(call.reserved, call.kind):
            return Failure.BUDGET
        self._spent = {day: Spent(spent.day + call.reserved, spent.month + call.reserved)}
        self.admitted.append(call)
        return None


def settle(connection: Connection, settled: Sequence[Call]) -> list[None]:
    """Only what is reserved; the second word about a call changes nothing."""
    if settled:
        rows = [{f"its_{name}": value for name, value in _row(call).items()} for call in settled]
        connection.execute(SETTLE, rows)
    return [None] * len(settled)


def read_calls(connection: Connection, start: datetime, end: datetime) -> tuple[Call, ...]:
    asked = select(calls.c.body).where(calls.c.at >= start, calls.c.at < end)
    bodies = connection.scalars(asked.order_by(calls.c.at, calls.c.id))
    return tuple(decode(Call, body) for body in bodies)


def clear(connection: Connection, now: datetime) -> int:
    waiting = select(calls.c.body).where(calls.c.status == CallStatus.RESERVED)
    left = [decode(Call, body) for body in connection.scalars(waiting).all()]
    settle(connection, [replace(abandoned(call), settled_at=now) for call in left])
    return len(left)


def read_spent(connection: Connection, now: datetime) -> Spent:
    today = case((calls.c.at >= day_start(now), calls.c.counts), else_=0)
    sums = select(func.sum(today), func.sum(calls.c.counts)).where(calls.c.at >= month_start(now))
    day, month = connection.execute(sums).one()
    return Spent(Decimal(day or 0) / BILLION, Decimal(month or 0) / BILLION)


def _row(call: Call) -> Row:
    counts = (call.counts * BILLION).to_integral_value(ROUND_CEILING)
    return {
        "id": call.id,
        "kind": call.kind.value,
        "provider": call.provider,
        "model": call.model,
        "status": call.status.value,
        "failure": call.failure.value if call.failure else None,
        "at": call.at,
        "as_of": call.as_of,
        "settled_at": call.settled_at,
        "reserved": call.reserved,
        "cost": call.cost,
        "counts": int(counts),
        "body": encode(call),
    }
