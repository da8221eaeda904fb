"""How a lock and sealed credentials lie in the database."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select, update

from bot.storage.tables import locks, secrets
from bot.vault.errors import Tampered, VaultChanged, VaultLocked
from bot.vault.lock import DataKey, Kind, Lock
from bot.vault.stretching import stretch_of
from core.domain.secret import Credential, Secret

ID = "desk"
LOCK = select(locks).where(locks.c.id == ID)
EVERYTHING = select(secrets).order_by(secrets.c.account, secrets.c.venue, secrets.c.field)


def read_lock(connection: Connection) -> Lock | None:
    return _lock(connection, LOCK)


def add_lock(connection: Connection, lock: Lock) -> None:
    """Raises VaultLocked where there is a vault already: all that is in it would be lost."""
    if _lock(connection, LOCK):
        raise VaultLocked("there is a vault already; `keys rotate` gives it another key")
    connection.execute(insert(locks), _lock_row(lock) | {"id": ID})


def replace_lock(connection: Connection, old: Lock, new: Lock) -> None:
    """Raises VaultChanged where the old one is there no longer."""
    if _lock(connection, LOCK.with_for_update()) != old:
        raise VaultChanged
    connection.execute(update(locks).where(locks.c.id == ID).values(_lock_row(new)))


def hold(connection: Connection) -> None:
    """Until this transaction ends nobody else changes the lock, nor what is behind it."""
    connection.execute(LOCK.with_for_update()).all()


def must_fit(connection: Connection, data: DataKey, *, writes: bool) -> None:
    """Two keys must never be in use at once. Raises VaultChanged."""
    found = _lock(connection, LOCK.with_for_update() if writes else LOCK)
    if found is None or found.generation != data.generation:
        raise VaultChanged


def insert_sealed(connection: Connection, credential: Credential, data: DataKey) -> None:
    connection.execute(insert(secrets), list(_sealed(credential, data)))


def delete_sealed(connection: Connection, account: str, venue: str) -> bool:
    mine = (secrets.c.account == account) & (secrets.c.venue == venue)
    return connection.execute(delete(secrets).where(mine)).rowcount > 0


def read_sealed(
    connection: Connection, data: DataKey, asked: Select[Any] = EVERYTHING
) -> tuple[Credential, ...]:
    """Raises Tampered."""
    rows = connection.execute(asked).mappings().all()
    places = groupby(rows, lambda row: (row["account"], row["venue"]))
    return tuple(_credential(*place, tuple(mine), data) for place, mine in places)


def of(account: str, venue: str) -> Select[Any]:
    return EVERYTHING.where(secrets.c.account == account, secrets.c.venue == venue)


def label(account: str, venue: str, field: str, generation: int) -> str:
    return f"{account}|{venue}|{field}|{generation}"


def _sealed(credential: Credential, data: DataKey) -> Iterator[dict[str, object]]:
    for field, secret in credential.fields.items():
        place = label(credential.account, credential.venue, field, data.generation)
        plain = secret.reveal().encode("utf-8", "surrogatepass")
        yield {
            "account": credential.account,
            "venue": credential.venue,
            "field": field,
            "generation": data.generation,
            "sealed": data.key.seal(plain, place),
        }


def _credential(account: str, venue: str, rows: Sequence[RowMapping], data: DataKey) -> Credential:
    return Credential(account, venue, {row["field"]: _opened(row, data) for row in rows})


def _opened(row: RowMapping, data: DataKey) -> Secret:
    place = label(row["account"], row["venue"], row["field"], row["generation"])
    if row["generation"] != data.generation:
        raise Tampered(place)
    return Secret(data.key.unseal(row["sealed"], place).decode("utf-8", "surrogatepass"))


def _lock(connection: Connection, asked: Select[Any]) -> Lock | None:
    row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        return None
    if row["kind"] not in tuple(Kind):
        raise Tampered("the lock")
    return Lock(
        kind=Kind(row["kind"]),
        generation=row["generation"],
        stretch=stretch_of(row["memory"], row["passes"], row["lanes"]),
        salt=row["salt"],
        proof=row["proof"],
        wrapped=row["wrapped"],
    )


def _lock_row(lock: Lock) -> dict[str, object]:
    return {
        "kind": lock.kind.value,
        "generation": lock.generation,
        "memory": lock.stretch.memory,
        "passes": lock.stretch.passes,
        "lanes": lock.stretch.lanes,
        "salt": lock.salt,
        "proof": lock.proof,
        "wrapped": lock.wrapped,
    }
