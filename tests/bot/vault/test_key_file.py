"""A key file is its owner's own, closed to others, and changed by one process at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.vault.errors import KeyFileRefused
from bot.vault.key_file import (
    alone,
    arrive,
    coming,
    fresh_words,
    make_key_file,
    must_lie_outside,
    read_key_file,
)
from tests.bot.vault.locks import WORDS

FRESH = fresh_words()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "nightdesk" / "master.key"


def test_what_was_made_is_read_by_its_owner_alone(path):
    make_key_file(path, FRESH)
    assert read_key_file(path) == FRESH
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_every_key_is_another_one():
    assert len({fresh_words() for _ in range(100)}) == 100


def test_a_key_is_never_written_over(path):
    make_key_file(path, FRESH)
    with pytest.raises(KeyFileRefused, match="is there already"):
        make_key_file(path, fresh_words())
    assert read_key_file(path) == FRESH


def test_where_there_is_none_there_is_none(path):
    assert read_key_file(path) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o700, 0o660, 0o000 | 0o2400])
def test_a_file_that_is_open_to_others_is_refused(path, mode):
    make_key_file(path, FRESH)
    path.chmod(mode)
    with pytest.raises(KeyFileRefused, match="chmod 400"):
        read_key_file(path)
    assert read_key_file(path, guarded=True) == FRESH


def test_a_file_that_its_owner_may_write_is_read(path):
    make_key_file(path, FRESH)
    path.chmod(0o600)
    assert read_key_file(path) == FRESH


def test_somebody_elses_file_is_refused(path, monkeypatch):
    make_key_file(path, FRESH)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(KeyFileRefused, match="another user"):
        read_key_file(path)


def test_links_pipes_and_folders_are_refused(path):
    make_key_file(path, FRESH)
    link, pipe = path.with_name("link"), path.with_name("pipe")
    link.symlink_to(path)
    os.mkfifo(pipe, 0o400)
    for wrong in (link, pipe, path.parent):
        with pytest.raises(KeyFileRefused):
            read_key_file(wrong)


@pytest.mark.parametrize("text", ["", "short", "한" * 40, "x" * 5_000])
def test_what_is_no_key_is_refused(path, text):
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    path.chmod(0o400)
    with pytest.raises(KeyFileRefused, match="is no key") as refused:
        read_key_file(path)
    assert not text or text not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyFileRefused):
        make_key_file(tmp_path / "file" / "key", FRESH)
    with pytest.raises(KeyFileRefused), alone(tmp_path / "file" / "key"):
        pass


def test_the_next_key_takes_the_place_of_the_key_once(path):
    make_key_file(path, WORDS)
    make_key_file(coming(path), FRESH)
    arrive(path)
    arrive(path)
    assert read_key_file(path) == FRESH
    assert not coming(path).exists()


def test_a_key_in_the_folder_of_the_ledger_is_refused(tmp_path):
    must_lie_outside(tmp_path / "config" / "key", tmp_path / "data")
    with pytest.raises(KeyFileRefused, match="lies in DATA_DIR"):
        must_lie_outside(tmp_path / "data" / ".." / "data" / "key", tmp_path / "data")


HOLDER = """
import sys
from pathlib import Path
from bot.vault.key_file import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_processes_do_not_change_it_at_once(path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    with holder:
        holder.stdout.readline()
        with pytest.raises(KeyFileRefused, match="another process"), alone(path):
            pass
        holder.kill()
    with alone(path):
        pass
