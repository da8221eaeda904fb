"""One process a data folder, however the one before it ended."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lock import FolderHeld, hold, place
from tests.fakes import FakeClock

HOLDER = """
import sys, time
from pathlib import Path
from bot.lock import hold
from bot.market.clock import SystemClock

with hold(Path(sys.argv[1]), SystemClock()) as place:
    print(place, flush=True)
    time.sleep(60)
"""
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def other(tmp_path):
    """Another process that holds the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process, process.stdout.readline().strip()
    process.kill()
    process.wait()
    process.stdout.close()


def test_whoever_holds_it_is_named_to_the_second(tmp_path, other):
    process, _ = other
    with pytest.raises(FolderHeld) as refusal, hold(tmp_path, FakeClock()):
        pass
    assert f"process {process.pid} on " in str(refusal.value)
    assert "stop that one first" in str(refusal.value)


def test_a_process_that_only_stands_still_still_holds_it(tmp_path, other):
    process, _ = other
    process.send_signal(signal.SIGSTOP)
    with pytest.raises(FolderHeld), hold(tmp_path, FakeClock()):
        pass


def test_a_process_that_was_killed_holds_nothing_and_the_place_is_the_same(tmp_path, other):
    process, its_place = other
    process.kill()
    process.wait()
    with hold(tmp_path, FakeClock()) as again:
        assert again == its_place


def test_in_one_process_too_it_is_held_once_and_free_afterwards(tmp_path):
    with hold(tmp_path, FakeClock()):
        said = f"process {os.getpid()} on .* since 2024-01-01"
        with pytest.raises(FolderHeld, match=said), hold(tmp_path, FakeClock()):
            pass
        with hold(tmp_path / "another", FakeClock()) as elsewhere:
            assert elsewhere
    with hold(tmp_path, FakeClock()):
        pass


def test_every_folder_is_a_place_of_its_own(tmp_path):
    with hold(tmp_path / "a", FakeClock()) as one, hold(tmp_path / "b", FakeClock()) as other:
        assert one != other
        assert ":" not in one


def test_after_the_machine_was_switched_on_again_it_is_another_place(tmp_path, monkeypatch):
    found = tmp_path.stat()
    before = place(found)
    assert place(found) == before
    boot = tmp_path / "boot"
    boot.write_text("another")
    monkeypatch.setattr("bot.lock.BOOT", boot)
    assert place(found) != before


def test_where_a_machine_does_not_tell_its_boot_no_two_starts_are_one_place(monkeypatch, tmp_path):
    monkeypatch.setattr("bot.lock.BOOT", tmp_path / "nothing")
    assert place(tmp_path.stat()) != place(tmp_path.stat())


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderHeld, match="cannot be opened"), hold(tmp_path / "file", FakeClock()):
        pass


def test_nobody_else_may_read_the_lock(tmp_path):
    with hold(tmp_path / "new", FakeClock()):
        assert (tmp_path / "new" / "desk.lock").stat().st_mode & 0o077 == 0
