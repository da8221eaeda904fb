"""The key is found where it lies, and what is missing or wrong is a sentence."""

import unicodedata

import pytest

from bot.vault.errors import KeyFileRefused, VaultLocked, WrongKey
from bot.vault.finding import CREDENTIAL, Places, open_lock
from bot.vault.key_file import coming, fresh_words, make_key_file, read_key_file
from bot.vault.lock import Kind, first_key, lock_with
from core.domain.secret import Secret
from tests.bot.vault.locks import QUICK

DATA = first_key()
RIGHT, WRONG = fresh_words(), fresh_words()
LOCK = lock_with(RIGHT, Kind.FILE, DATA, QUICK)


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "config" / "master.key", tmp_path / "credentials")


def given(places, words):
    """As systemd does it: readable through the folder, whatever the mode says."""
    make_key_file(places.credential, words)
    places.credential.chmod(0o440)


def test_the_key_file_opens_the_vault(places):
    make_key_file(places.key_file, RIGHT)
    opened = open_lock(LOCK, places, None)
    assert (opened.data, opened.path) == (DATA, places.key_file)


def test_a_credential_of_systemd_goes_first(places):
    given(places, RIGHT)
    make_key_file(places.key_file, WRONG)
    assert open_lock(LOCK, places, None).path == places.credentials / CREDENTIAL


def test_after_a_rotation_that_systemd_has_not_heard_of_the_key_file_opens_it(places):
    given(places, WRONG)
    make_key_file(places.key_file, RIGHT)
    assert open_lock(LOCK, places, None).path == places.key_file


def test_a_rotation_that_was_cut_off_before_the_file_was_renamed_is_finished(places):
    make_key_file(places.key_file, WRONG)
    make_key_file(coming(places.key_file), RIGHT)
    assert open_lock(LOCK, places, None).data == DATA
    assert read_key_file(places.key_file) == RIGHT
    assert not coming(places.key_file).exists()


def test_a_rotation_that_was_cut_off_before_the_vault_took_it_changes_nothing(places):
    make_key_file(places.key_file, RIGHT)
    make_key_file(coming(places.key_file), WRONG)
    assert open_lock(LOCK, places, None).path == places.key_file


def test_what_is_half_written_beside_the_key_is_not_looked_at(places):
    make_key_file(places.key_file, RIGHT)
    coming(places.key_file).touch(mode=0o400)
    assert open_lock(LOCK, places, None).path == places.key_file


def test_without_any_key_it_is_said_where_one_was_looked_for(places):
    with pytest.raises(VaultLocked, match=rf"KEY_FILE.*{CREDENTIAL}"):
        open_lock(LOCK, places, None)


def test_with_wrong_keys_alone_it_is_said(places):
    make_key_file(places.key_file, WRONG)
    with pytest.raises(WrongKey):
        open_lock(LOCK, places, None)


def test_a_key_file_that_others_can_read_opens_nothing(places):
    make_key_file(places.key_file, RIGHT)
    places.key_file.chmod(0o644)
    with pytest.raises(KeyFileRefused):
        open_lock(LOCK, places, None)


def test_a_passphrase_is_asked_for_however_the_keyboard_writes_it(places):
    typed = lock_with(Secret("열려라 참깨 열려라"), Kind.TYPED, DATA, QUICK)
    apart = Secret(unicodedata.normalize("NFD", "열려라 참깨 열려라"))
    opened = open_lock(typed, places, lambda: apart)
    assert (opened.data, opened.path) == (DATA, None)
    with pytest.raises(WrongKey):
        open_lock(typed, places, lambda: Secret("닫혀라 참깨"))


def test_nobody_at_the_console_leaves_it_shut(places):
    typed = lock_with(RIGHT, Kind.TYPED, DATA, QUICK)
    with pytest.raises(VaultLocked, match="nobody is here"):
        open_lock(typed, places, None)


def test_what_was_opened_shows_nothing(places):
    make_key_file(places.key_file, RIGHT)
    shown = repr(open_lock(LOCK, places, None))
    assert RIGHT.reveal() not in shown
    assert repr(DATA.key.raw) not in shown
