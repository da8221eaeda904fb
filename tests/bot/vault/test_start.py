"""A desk starts with the keys of its vault, or without them and a word about why."""

import io
import sys
from dataclasses import replace

import pytest

from bot.settings import Settings, load_settings
from bot.vault.finding import same_everywhere
from bot.vault.kept import Kept
from bot.vault.key_file import fresh_words, make_key_file
from bot.vault.lock import Kind, first_key, lock_with
from bot.vault.start import kept_for, keys_of_settings, provider_keys, stored_keys
from bot.vault.vault import SqlVault, found
from core.domain.secret import Credential, Secret
from tests.bot.storage.places import OnSqlite
from tests.bot.vault.locks import QUICK
from tests.core.memory_vault import MemoryVault
from tests.core.vault_contract import BINANCE, OPENAI

PHRASE = Secret("correct horse battery")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def plain(keys):
    return {name: key.get_secret_value() for name, key in keys.items()}


async def test_only_keys_of_the_desk_itself_are_for_models():
    vault = MemoryVault()
    for one in (OPENAI, BINANCE, Credential("desk", "odd", {"secret": Secret("s")})):
        await vault.put(one)
    assert plain(await provider_keys(vault)) == {"openai": OPENAI.fields["key"].reveal()}


class TestStart(OnSqlite):
    @pytest.fixture(autouse=True)
    def bare(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        for name in (*Settings.model_fields, "credentials_directory"):
            monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.setenv("KEY_FILE", str(tmp_path / "keys" / "master.key"))
        monkeypatch.setattr(sys, "stdin", None)

    @pytest.fixture
    def words(self):
        return fresh_words()

    async def furnish(self, database, words, kind=Kind.FILE):
        data = first_key()
        await found(database, lock_with(words, kind, data, QUICK))
        await SqlVault(database, data).put(OPENAI)
        if kind is Kind.FILE:
            make_key_file(load_settings().key_file, words)

    async def test_without_a_vault_there_is_nothing_and_nothing_to_say(self, database, caplog):
        assert await stored_keys(database, load_settings()) == {}
        assert caplog.text == ""

    async def test_with_its_key_file_it_opens_by_itself(self, database, words):
        await self.furnish(database, words)
        assert plain(await stored_keys(database, load_settings())) == {
            "openai": OPENAI.fields["key"].reveal()
        }

    async def test_a_key_file_that_is_gone_is_a_warning(self, database, words, caplog):
        await self.furnish(database, words)
        load_settings().key_file.unlink()
        assert await stored_keys(database, load_settings()) == {}
        assert "not used: the key of the vault is not there" in caplog.text
        assert words.reveal() not in caplog.text

    async def test_a_passphrase_is_asked_for_where_somebody_is_there(
        self, database, monkeypatch, caplog
    ):
        await self.furnish(database, same_everywhere(PHRASE), Kind.TYPED)
        assert await stored_keys(database, load_settings()) == {}
        assert "nobody is here to type it" in caplog.text
        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr("bot.vault.terminal.getpass", lambda _: PHRASE.reveal())
        assert "openai" in await stored_keys(database, load_settings())
        monkeypatch.setattr("bot.vault.terminal.getpass", lambda _: "wrong horse battery")
        assert await stored_keys(database, load_settings()) == {}
        assert "does not open this vault" in caplog.text

    async def test_nobody_is_asked_while_the_environment_has_every_key(
        self, database, monkeypatch, caplog
    ):
        await self.furnish(database, PHRASE, Kind.TYPED)
        for name in ("OPENAI", "ANTHROPIC", "PERPLEXITY"):
            monkeypatch.setenv(f"{name}_API_KEY", "sk-environment")
        assert await stored_keys(database, load_settings()) == {}
        monkeypatch.setenv("MODEL_PROFILE", "rules")
        assert await stored_keys(database, load_settings()) == {}
        assert caplog.text == ""

    async def test_accounts_have_their_keys_from_it_too(
        self, database, words, monkeypatch, caplog
    ):
        monkeypatch.setenv("ACCOUNTS", "paper, main=binance:demo, bybit-2=bybit:demo")
        monkeypatch.setenv("MODEL_PROFILE", "rules")
        data = first_key()
        await found(database, lock_with(words, Kind.FILE, data, QUICK))
        mine = Credential("bybit-2", "bybit", {"key": Secret("k"), "secret": Secret("s")})
        others = replace(mine, venue="binance"), replace(mine, account="main")
        for kept in (mine, *others):
            await SqlVault(database, data).put(kept)
        make_key_file(load_settings().key_file, words)
        assert await kept_for(database, load_settings()) == Kept({}, {"bybit-2": mine})
        load_settings().key_file.unlink()
        assert await kept_for(database, load_settings()) == Kept()
        assert "not used: the key of the vault is not there" in caplog.text

    async def test_a_tool_beside_the_desk_has_them_too(self, database, words, url, monkeypatch):
        await self.furnish(database, words)
        monkeypatch.setenv("DATABASE_URL", url)
        assert "openai" in await keys_of_settings(load_settings())

    async def test_a_tool_makes_no_ledger_for_it(self, tmp_path):
        assert await keys_of_settings(load_settings()) == {}
        assert not (tmp_path / "data").exists()
