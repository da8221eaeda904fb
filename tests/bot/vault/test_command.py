"""`python -m bot keys`: an owner at a console, and what is left for whoever looks on."""

import io
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.errors import Stop, WrongQuestion
from bot.settings import DATABASE_FILE, Settings
from bot.vault.command import main
from bot.vault.errors import KeyFileRefused, Tampered, VaultChanged, VaultLocked, WrongKey
from bot.vault.key_file import coming
from bot.words import load_words
from tests.bot.vault.locks import QUICK

OPENAI, BINANCE, SECRET = "sk-proj-riddle-0000a1b2", "b" * 60 + "c3d4", "the-secret-riddle"
WORDS = load_words()
PHRASE, OTHER = "correct horse battery", "staple horse battery"


class Console:
    """Types and reads; keeps all that was ever shown."""

    def __init__(self, monkeypatch, capsys, home):
        self.monkeypatch, self.capsys, self.home = monkeypatch, capsys, home
        self.shown = ""
        self.key = home / ".config" / "nightdesk" / "master.key"
        self.ledger = home / "desk" / "data" / DATABASE_FILE

    def does(self, words, *typed):
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{t}\n" for t in typed)))
        try:
            assert main([*words.split(), "--language", "en"], QUICK) == 0
        except Stop as stop:
            self.shown += str(stop)
            raise
        finally:
            said = self.capsys.readouterr()
            self.shown += said.out + said.err
        return said.out

    def refuses(self, words, *typed, error=WrongQuestion, match=None):
        with pytest.raises(error, match=match):
            self.does(words, *typed)


@pytest.fixture
def console(monkeypatch, capsys, tmp_path):
    home = tmp_path / "home"
    (home / "desk").mkdir(parents=True)
    monkeypatch.chdir(home / "desk")
    for name in (*Settings.model_fields, "credentials_directory"):
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr("bot.vault.command.load_words", lambda: WORDS)
    console = Console(monkeypatch, capsys, home)
    yield console
    for riddle in (OPENAI, BINANCE, SECRET, PHRASE, OTHER):
        assert riddle not in console.shown


def test_from_nothing_to_a_key_of_a_provider_and_one_of_a_venue(console):
    assert str(console.key) in console.does("init")
    assert "The vault is empty" in console.does("list")
    assert "desk openai sk-…a1b2" in console.does("add openai", OPENAI)
    assert "never to withdraw" in console.does("add binance --account second", BINANCE, SECRET)
    assert console.does("list").splitlines() == ["desk openai sk-…a1b2", "second binance …c3d4"]
    said = console.does("check")
    assert "all 3 fields" in said
    assert str(console.key) in said


def test_the_key_file_is_closed_and_lies_outside_of_the_ledgers_folder(console):
    console.does("init")
    assert console.key.stat().st_mode & 0o777 == 0o400
    assert not console.key.is_relative_to(console.ledger.parent)


def test_nothing_of_a_key_lies_in_the_ledgers_folder(console):
    console.does("init")
    console.does("add okx", BINANCE, SECRET, PHRASE)
    written = b"".join(path.read_bytes() for path in console.ledger.parent.iterdir())
    for riddle in (BINANCE, SECRET, PHRASE, console.key.read_text().strip()):
        assert riddle.encode() not in written


def test_a_forgotten_key_is_gone_and_needs_no_key_to_be(console):
    console.does("init")
    console.does("add openai", OPENAI)
    console.key.unlink()
    assert "Delete the key at openai" in console.does("remove openai")
    console.refuses("remove openai", match="no key of desk at openai")


def test_without_a_vault_it_is_said_how_to_make_one(console):
    for words in ("list", "check", "add openai", "rotate", "rotate --data"):
        console.refuses(words, OPENAI, error=VaultLocked, match="keys init")


def test_a_second_vault_is_refused(console):
    console.does("init")
    console.refuses("init", error=VaultLocked, match="there is a vault already")


def test_a_key_on_the_command_line_is_refused_and_not_repeated(console):
    console.does("init")
    for words in (f"add openai {OPENAI}", f"add openai --key={OPENAI}", f"add {OPENAI}", OPENAI):
        console.refuses(words)


def test_nothing_typed_keeps_nothing(console):
    console.does("init")
    console.does("add openai", OPENAI)
    for typed in ((), ("",), ("two words",)):
        console.refuses("add openai", *typed)
    console.refuses("add binance", BINANCE)
    assert console.does("list").splitlines() == ["desk openai sk-…a1b2"]


def test_a_key_file_of_another_desk_is_not_taken_without_being_asked(console):
    console.does("init")
    kept = console.key.read_text()
    console.refuses("init --ledger elsewhere", error=KeyFileRefused, match="--existing")
    console.does("init --existing --ledger elsewhere")
    assert console.key.read_text() == kept
    console.does("check --ledger elsewhere")


def test_a_key_file_in_the_ledgers_folder_is_refused(console, monkeypatch):
    monkeypatch.setenv("KEY_FILE", "data/master.key")
    console.refuses("init", error=KeyFileRefused, match="lies in DATA_DIR")
    assert not Path("data/master.key").exists()


def test_a_key_file_that_others_can_read_is_refused(console):
    console.does("init")
    console.key.chmod(0o644)
    console.refuses("check", error=KeyFileRefused, match="chmod 400")


def test_another_key_is_a_sentence(console):
    console.does("init")
    console.key.unlink()
    console.refuses("list", error=VaultLocked, match="KEY_FILE")
    console.key.write_text("x" * 43)
    console.key.chmod(0o400)
    console.refuses("list", error=WrongKey)


def test_a_new_master_key_keeps_everything_and_the_old_file_opens_nothing(console):
    console.does("init")
    console.does("add openai", OPENAI)
    old = console.key.read_text()
    assert "opens it no longer" in console.does("rotate")
    assert "sk-…a1b2" in console.does("list")
    console.key.chmod(0o600)
    console.key.write_text(old)
    console.refuses("list", error=WrongKey)


def test_a_new_data_key_keeps_everything(console):
    console.does("init")
    console.does("add openai", OPENAI)
    before = console.key.read_text()
    console.does("rotate --data")
    assert "all 1 fields" in console.does("check")
    assert console.key.read_text() == before


@pytest.mark.parametrize("moment", ["make_key_file", "relock", "arrive"])
def test_a_rotation_that_breaks_off_can_be_opened_and_done_again(console, monkeypatch, moment):
    console.does("init")
    console.does("add openai", OPENAI)

    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"bot.vault.rotating.{moment}", dies)
        with pytest.raises(KeyboardInterrupt):
            console.does("rotate")
    assert coming(console.key).exists() == (moment != "make_key_file")
    assert "sk-…a1b2" in console.does("list")
    console.does("rotate")
    assert "sk-…a1b2" in console.does("list")
    assert not coming(console.key).exists()


def test_a_rotation_writes_over_no_other_key(console, monkeypatch):
    console.does("init --passphrase", PHRASE, PHRASE)
    console.does("init --ledger elsewhere")
    kept = console.key.read_text()
    console.refuses("rotate --file", PHRASE, error=KeyFileRefused, match="another key")
    assert console.key.read_text() == kept

    async def other(_):
        return None

    monkeypatch.setattr("bot.vault.rotating.lock_of", other)
    console.refuses("rotate --ledger elsewhere", error=VaultChanged)


def test_a_vault_with_a_passphrase_asks_for_it_and_warns(console):
    assert "after every start" in console.does("init --passphrase", PHRASE, PHRASE)
    assert not console.key.exists()
    console.does("add openai", PHRASE, OPENAI)
    assert "sk-…a1b2" in console.does("list", PHRASE)
    assert "after every start" in console.does("check", PHRASE)
    console.refuses("list", OTHER, error=WrongKey)


def test_a_passphrase_is_long_and_typed_twice_alike(console):
    console.refuses("init --passphrase", "short", "short", match="12 letters")
    console.refuses("init --passphrase", PHRASE, OTHER, match="not the same")
    console.refuses("list", error=VaultLocked, match="keys init")


def test_a_passphrase_can_be_changed_and_become_a_file_and_back(console):
    console.does("init --passphrase", PHRASE, PHRASE)
    console.does("add openai", PHRASE, OPENAI)
    console.does("rotate", PHRASE, OTHER, OTHER)
    console.refuses("list", PHRASE, error=WrongKey)
    console.does("rotate --file", OTHER)
    assert "sk-…a1b2" in console.does("list")
    console.does("rotate --passphrase", PHRASE, PHRASE)
    assert "sk-…a1b2" in console.does("list", PHRASE)


def test_a_credential_of_systemd_opens_the_vault(console, monkeypatch):
    folder = console.home / "credentials"
    folder.mkdir()
    (folder / "nightdesk-key").write_text("s" * 43)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    assert "nightdesk-key" in console.does("init")
    assert not console.key.exists()
    console.does("add openai", OPENAI)
    console.does("rotate")
    assert console.key.exists()
    assert "sk-…a1b2" in console.does("list")


def test_what_was_damaged_is_a_sentence(console):
    console.does("init")
    console.does("add openai", OPENAI)
    with sqlite3.connect(console.ledger) as plain:
        plain.execute("UPDATE secrets SET venue = 'anthropic'")
    plain.close()
    for words in ("list", "check", "rotate --data"):
        console.refuses(words, error=Tampered, match="damaged")
