"""Keys on file, readable by whoever has the data key; and the two ways to change what they are
sealed with.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.storage.database import Database
from bot.vault.lock import DataKey, Lock
from bot.vault.rows import (
    add_lock,
    delete_sealed,
    hold,
    insert_sealed,
    must_fit,
    of,
    read_lock,
    read_sealed,
    replace_lock,
)
from core.domain.secret import Credential


@dataclass(frozen=True, slots=True)
class SqlVault:
    """`core.ports.Vault` says what it promises. Raises VaultChanged once the data key is another."""

    database: Database
    data: DataKey

    async def put(self, credential: Credential) -> None:
        await self.database.run(_put, credential, self.data)

    async def get(self, account: str, venue: str) -> Credential | None:
        return await self.database.read(_get, account, venue, self.data)

    async def list(self) -> tuple[Credential, ...]:
        return await self.database.read(_list, self.data)

    async def remove(self, account: str, venue: str) -> bool:
        return await forget(self.database, account, venue)


async def lock_of(database: Database) -> Lock | None:
    """None where nobody has made a vault yet."""
    return await database.read(read_lock)


async def found(database: Database, lock: Lock) -> None:
    """Make the vault. Raises VaultLocked where there is one."""
    await database.run(add_lock, lock)


async def forget(database: Database, account: str, venue: str) -> bool:
    """It takes no key to forget one. False where there was none."""
    return await database.run(_forget, account, venue)


async def relock(database: Database, old: Lock, new: Lock) -> None:
    """Another master key; the fields stay as they are. Raises VaultChanged."""
    await database.run(replace_lock, old, new)


async def reseal(database: Database, old: Lock, new: Lock, keys: tuple[DataKey, DataKey]) -> None:
    """Another data key: all fields and the lock in one transaction. Raises VaultChanged, Tampered."""
    await database.run(_reseal, old, new, *keys)


def _put(connection: Connection, credential: Credential, data: DataKey) -> None:
    must_fit(connection, data, writes=True)
    delete_sealed(connection, credential.account, credential.venue)
    insert_sealed(connection, credential, data)


def _forget(connection: Connection, account: str, venue: str) -> bool:
    """Not beside a change of the data key, which would bring it back."""
    hold(connection)
    return delete_sealed(connection, account, venue)


def _get(connection: Connection, account: str, venue: str, data: DataKey) -> Credential | None:
    must_fit(connection, data, writes=False)
    return next(iter(read_sealed(connection, data, of(account, venue))), None)


def _list(connection: Connection, data: DataKey) -> tuple[Credential, ...]:
    must_fit(connection, data, writes=False)
    return read_sealed(connection, data)


def _reseal(connection: Connection, old: Lock, new: Lock, before: DataKey, after: DataKey) -> None:
    replace_lock(connection, old, new)
    for credential in read_sealed(connection, before):
        delete_sealed(connection, credential.account, credential.venue)
        insert_sealed(connection, credential, after)
