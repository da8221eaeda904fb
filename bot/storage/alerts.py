"""What people want to hear of. One that has rung is kept, so that it cannot ring again."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select, update

from bot.storage.changes import tell
from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.tables import alerts
from bot.storage.upsert import Row
from core.domain.alert import Alert
from core.domain.notice import Notice


@dataclass(frozen=True, slots=True)
class SqlAlerts:
    """`core.alerts.ports.Alerts` says what it promises."""

    database: Database

    async def add(self, alert: Alert, most: int) -> bool:
        return await self.database.run(add, alert, most)

    async def waiting(self, person: int | None = None) -> tuple[Alert, ...]:
        return await self.database.read(read_waiting, person)

    async def change(self, alert: Alert) -> None:
        await self.database.run(change, alert)

    async def ring(self, alert: Alert, notice: Notice) -> bool:
        return await self.database.run(ring, alert, notice)

    async def drop(self, alert_id: str, person: int) -> bool:
        return await self.database.run(drop, alert_id, person)


ITS_ID: BindParameter[str] = bindparam("its_id")
ITS_PERSON: BindParameter[int] = bindparam("its_person")
STILL = alerts.c.fired_at.is_(None)
WAITING = select(alerts.c.body).where(STILL).order_by(alerts.c.number, alerts.c.id)
OF_ONE = WAITING.where(alerts.c.person == ITS_PERSON)
NEXT = select(func.coalesce(func.max(alerts.c.number), 0) + 1)
COUNT = select(func.count()).where(STILL, alerts.c.person == ITS_PERSON)
CHANGE = update(alerts).where(alerts.c.id == ITS_ID, STILL)
DROP = delete(alerts).where(alerts.c.id == ITS_ID, STILL, alerts.c.person == ITS_PERSON)


def add(connection: Connection, alert: Alert, most: int) -> bool:
    if connection.scalars(COUNT, {"its_person": alert.person}).one() >= most:
        return False
    number = connection.scalars(NEXT).one()
    connection.execute(insert(alerts), {**_row(alert), "number": number})
    return True


def read_waiting(connection: Connection, person: int | None) -> tuple[Alert, ...]:
    if person is None:
        bodies = connection.scalars(WAITING).all()
    else:
        bodies = connection.scalars(OF_ONE, {"its_person": person}).all()
    return tuple(decode(Alert, body) for body in bodies)


def change(connection: Connection, alert: Alert) -> bool:
    """Only what still waits."""
    changed = {"fired_at": alert.fired_at, "body": encode(alert)}
    return connection.execute(CHANGE, {"its_id": alert.id, **changed}).rowcount > 0


def ring(connection: Connection, alert: Alert, notice: Notice) -> bool:
    if not change(connection, alert):
        return False
    tell(connection, alert.person, notice)
    return True


def drop(connection: Connection, alert_id: str, person: int) -> bool:
    asked = {"its_id": alert_id, "its_person": person}
    return connection.execute(DROP, asked).rowcount > 0


def _row(alert: Alert) -> Row:
    return {
        "id": alert.id,
        "person": alert.person,
        "created_at": alert.created_at,
        "fired_at": alert.fired_at,
        "body": encode(alert),
    }
