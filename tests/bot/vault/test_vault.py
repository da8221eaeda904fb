"""The vault in a database: keeps its promises, notices what was moved, and changes its keys."""

import asyncio
import logging
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.tables import locks, secrets
from bot.vault.errors import Tampered, VaultChanged, VaultError, VaultLocked, WrongKey
from bot.vault.lock import DataKey, Kind, first_key, lock_with, next_key, unlock
from bot.vault.sealing import Key
from bot.vault.vault import SqlVault, found, lock_of, relock, reseal
from core.domain.secret import Credential, Secret
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.bot.vault.locks import OTHERS, QUICK, WORDS
from tests.core.vault_contract import BINANCE, OPENAI, VaultContract

ROOT = Path(__file__).parents[3]
UPBIT = Credential("main", "upbit", {"key": Secret("upbit-key"), "secret": Secret("upbit-secret")})
ALL = (OPENAI, BINANCE, UPBIT)
FIELDS = sum(len(one.fields) for one in ALL)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="|"), min_size=1, max_size=64)


async def rows(database):
    asked = select(secrets).order_by(secrets.c.account, secrets.c.venue, secrets.c.field)
    return await database.read(lambda c: c.execute(asked).mappings().all())


async def change(database, statement):
    await database.run(lambda c: c.execute(statement))


async def filled(vault):
    for one in ALL:
        await vault.put(one)


class OnFile(VaultContract):
    async def test_no_letter_of_a_secret_lies_in_the_database(self, vault, database):
        await filled(vault)
        for row in await rows(database):
            for one in ALL:
                for secret in one.fields.values():
                    assert secret.reveal().encode() not in bytes(row["sealed"])

    async def test_there_is_no_second_vault_over_the_first(self, vault, database, lock):
        with pytest.raises(VaultLocked, match="there is a vault already"):
            await found(database, lock_with(OTHERS, Kind.FILE, first_key(), QUICK))
        assert await lock_of(database) == lock

    @pytest.mark.parametrize("column", ["account", "venue", "field"])
    async def test_a_row_that_was_moved_is_noticed(self, vault, database, column):
        await vault.put(OPENAI)
        await change(database, update(secrets).values({column: "moved"}))
        with pytest.raises(Tampered):
            await vault.list()

    async def test_rows_that_were_exchanged_are_noticed(self, vault, database):
        await filled(vault)
        one, *_, other = await rows(database)
        for here, there in ((one, other), (other, one)):
            mine = (secrets.c.venue == here["venue"]) & (secrets.c.field == here["field"])
            await change(database, update(secrets).where(mine).values(sealed=there["sealed"]))
        for row in (one, other):
            with pytest.raises(Tampered, match=row["venue"]):
                await vault.get(row["account"], row["venue"])

    async def test_a_row_of_an_earlier_key_is_noticed(self, vault, database):
        await vault.put(OPENAI)
        await change(database, update(secrets).values(generation=2))
        with pytest.raises(Tampered):
            await vault.get("desk", "openai")

    @pytest.mark.parametrize("wrong", [{"kind": "riddle"}, {"memory": 2**30}])
    async def test_a_lock_that_nobody_wrote_is_noticed(self, vault, database, wrong):
        await change(database, update(locks).values(**wrong))
        with pytest.raises(Tampered, match="the lock"):
            await lock_of(database)

    async def test_a_new_master_key_opens_everything_and_the_old_one_nothing(
        self, vault, database, lock, data
    ):
        await filled(vault)
        await relock(database, lock, lock_with(OTHERS, Kind.FILE, data, QUICK))
        hangs = await lock_of(database)
        with pytest.raises(WrongKey):
            unlock(hangs, WORDS)
        assert await SqlVault(database, unlock(hangs, OTHERS)).list() == ALL

    async def test_a_new_data_key_opens_everything_and_the_old_one_nothing(
        self, vault, database, lock, data
    ):
        await filled(vault)
        before, after = await rows(database), next_key(data)
        await reseal(database, lock, lock_with(WORDS, Kind.FILE, after, QUICK), (data, after))
        opened = unlock(await lock_of(database), WORDS)
        assert opened == after
        assert await SqlVault(database, opened).list() == ALL
        for old, new in zip(before, await rows(database), strict=True):
            assert (old["generation"], new["generation"]) == (1, 2)
            with pytest.raises(Tampered):
                data.key.unseal(new["sealed"], "main|binance|key|2")
        for stale in (vault.put(OPENAI), vault.get("desk", "openai"), vault.list()):
            with pytest.raises(VaultChanged, match="start this again"):
                await stale

    async def test_of_two_who_change_the_lock_at_once_the_second_is_refused(
        self, vault, database, lock, data
    ):
        await relock(database, lock, lock_with(OTHERS, Kind.FILE, data, QUICK))
        after = next_key(data)
        with pytest.raises(VaultChanged):
            await reseal(database, lock, lock_with(WORDS, Kind.FILE, after, QUICK), (data, after))

    async def test_who_writes_while_the_data_key_changes_is_in_time_or_refused(
        self, vault, database, lock, data, url
    ):
        await filled(vault)
        other = await Database.open(url)
        beside = SqlVault(other, data)
        after = next_key(data)
        new = lock_with(WORDS, Kind.FILE, after, QUICK)
        later = [Credential(f"a{n}", "binance", {"key": Secret(f"k{n}")}) for n in range(8)]
        *said, removed, changed = await asyncio.gather(
            *(beside.put(one) for one in later),
            beside.remove("main", "upbit"),
            reseal(database, lock, new, (data, after)),
            return_exceptions=True,
        )
        await other.close()
        assert (removed, changed) == (True, None)
        assert {type(one) for one in said} <= {type(None), VaultChanged}
        kept = [one for one, word in zip(later, said, strict=True) if word is None]
        found = await SqlVault(database, unlock(await lock_of(database), WORDS)).list()
        assert set(map(repr, found)) == set(map(repr, (OPENAI, BINANCE, *kept)))
        assert all(one in found for one in kept)

    async def test_one_damaged_field_leaves_all_under_the_old_key(
        self, vault, database, lock, data
    ):
        await filled(vault)
        await change(
            database, update(secrets).where(secrets.c.venue == "upbit").values(sealed=bytes(40))
        )
        after = next_key(data)
        with pytest.raises(Tampered, match="upbit"):
            await reseal(database, lock, lock_with(WORDS, Kind.FILE, after, QUICK), (data, after))
        assert await lock_of(database) == lock
        assert await vault.get("main", "binance") == BINANCE


class TestVaultOnPostgres(OnPostgres, OnFile):
    pass


class TestVaultOnSqlite(OnSqlite, OnFile):
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(account=NAMES, venue=NAMES, fields=st.dictionaries(NAMES, st.text(), min_size=1))
    async def test_any_text_under_any_name_comes_back(self, vault, account, venue, fields):
        try:
            kept = Credential(account, venue, {name: Secret(t) for name, t in fields.items()})
        except ValueError:
            return
        await vault.put(kept)
        assert await vault.get(account, venue) == kept

    async def test_the_file_itself_has_no_letter_of_it(self, vault, url, database):
        await filled(vault)
        files = Path(url.removeprefix("sqlite:///")).parent.glob("desk.db*")
        written = b"".join(path.read_bytes() for path in files)
        assert b"sealed" in written
        for riddle in (b"sk-proj-riddle", b"upbit-secret", b"kkkkkkkk"):
            assert riddle not in written

    async def test_no_error_and_no_log_says_a_letter_of_it(self, vault, database, data, caplog):
        caplog.set_level(logging.DEBUG)
        await filled(vault)
        said = []
        for wrong in (DataKey(1, Key.fresh()), DataKey(2, data.key)):
            try:
                await SqlVault(database, wrong).list()
            except VaultError as error:
                said.append(f"{error!r} {error} {error.__cause__!r} {error.__context__!r}")
        await database.run(lambda c: c.execute(text("DROP TABLE secrets")))
        try:
            await vault.put(BINANCE)
        except DeskStorageError as error:
            said.append(f"{error!r} {error} {error.__cause__} {error.__context__}")
        assert len(said) == 3
        shown = " ".join([*said, caplog.text, repr(vault), str(vault)])
        for one in ALL:
            for secret in one.fields.values():
                assert secret.reveal() not in shown
        assert repr(data.key.raw) not in shown


CHILD = """
import asyncio, os, signal, sys
from bot.storage.database import Database
from bot.vault.lock import Kind, lock_with, next_key, unlock
from bot.vault.sealing import Key
from bot.vault.vault import lock_of, reseal
from tests.bot.vault.locks import QUICK, WORDS

LEFT = [int(sys.argv[2])]
SEAL = Key.seal

def seal(self, plain, label):
    LEFT[0] -= 1
    if LEFT[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return SEAL(self, plain, label)

async def main():
    database = await Database.open(sys.argv[1])
    lock = await lock_of(database)
    data = unlock(lock, WORDS)
    after = next_key(data)
    new = lock_with(WORDS, Kind.FILE, after, QUICK)
    Key.seal = seal
    await reseal(database, lock, new, (data, after))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


class TestAKilledRotation(OnSqlite):
    @pytest.mark.parametrize("seals", range(FIELDS + 1))
    async def test_leaves_everything_readable_by_exactly_one_key(self, vault, url, seals):
        await filled(vault)
        await vault.database.close()
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CHILD, url, str(seals)),
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert await child.wait() == -signal.SIGKILL
        database = await Database.open(url)
        data = unlock(await lock_of(database), WORDS)
        assert data.generation == (2 if seals == FIELDS else 1)
        assert await SqlVault(database, data).list() == ALL
        assert {row["generation"] for row in await rows(database)} == {data.generation}
        await database.close()
        path = url.removeprefix("sqlite:///")
        with sqlite3.connect(path) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        plain.close()
