"""How a lease changes hands in the database; the caller holds the transaction."""

from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, Update, select, update

from bot.storage.tables import leases
from bot.storage.upsert import add


@dataclass(frozen=True, slots=True)
class Row:
    account: str
    holder: str
    fence: int
    beat: int = 0


def look(connection: Connection, account: str) -> Row | None:
    found = connection.execute(select(leases).where(leases.c.account == account)).one_or_none()
    return Row(*found) if found else None


def take_free(connection: Connection, account: str, holder: str) -> Row:
    """The lease as it is then: ours, unless somebody at another place has it."""
    first = Row(account, "", 0)
    add(connection, leases, [asdict(first)])
    row = look(connection, account) or first
    if row.holder == holder:
        return row
    if row.holder and place_of(row.holder) != place_of(holder):
        return row
    if take_over(connection, row, holder):
        return Row(account, holder, row.fence + 1)
    return look(connection, account) or row


def take_over(connection: Connection, seen: Row, holder: str) -> bool:
    """Only if nothing has happened to it since it was seen."""
    statement = _its(seen).where(leases.c.beat == seen.beat)
    taken = replace(seen, holder=holder, fence=seen.fence + 1, beat=0)
    return connection.execute(statement.values(asdict(taken))).rowcount > 0


def renew(connection: Connection, own: Row) -> bool:
    return connection.execute(_its(own).values(beat=leases.c.beat + 1)).rowcount > 0


def let_go(connection: Connection, own: Row) -> bool:
    return connection.execute(_its(own).values(holder="")).rowcount > 0


def place_of(holder: str) -> str:
    return holder.partition(":")[0]


def _its(row: Row) -> Update:
    return update(leases).where(
        leases.c.account == row.account,
        leases.c.holder == row.holder,
        leases.c.fence == row.fence,
    )
