"""What the machine itself knows."""

from datetime import timedelta

from bot.machine import ClockProbe, DiskProbe, elapsed
from tests.fakes import FakeClock


def probe():
    clock, awake = FakeClock(), [100.0]
    return ClockProbe(clock, lambda: awake[0]), clock, awake


def test_a_clock_that_keeps_step_has_not_jumped():
    probed, clock, awake = probe()
    assert probed.jumped() == timedelta()
    clock.advance(seconds=5)
    awake[0] += 5
    assert probed.jumped() == timedelta()


def test_a_jump_is_told_once_and_with_its_direction():
    probed, clock, awake = probe()
    probed.jumped()
    clock.advance(seconds=3605)
    awake[0] += 5
    assert probed.jumped() == timedelta(hours=1)
    clock.advance(seconds=-10)
    awake[0] += 5
    assert probed.jumped() == timedelta(seconds=-15)
    assert probed.jumped() == timedelta()


def test_a_folder_has_room_and_one_that_is_gone_has_no_answer(tmp_path):
    assert DiskProbe(tmp_path).free() > 0
    assert DiskProbe(tmp_path / "gone").free() is None


def test_time_passes_forwards():
    first = elapsed()
    assert elapsed() >= first
