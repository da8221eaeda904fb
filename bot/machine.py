"""What the machine itself knows: time that really passed, jumps of its clock, room on its disk."""

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from core.ports import Clock

logger = logging.getLogger(__name__)

# The one of Linux counts sleep too, and so does macOS's monotonic one.
ALWAYS_ON: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

Seconds = Callable[[], float]


def elapsed() -> float:
    """Seconds since some moment that never changes, also while the machine slept."""
    return time.clock_gettime(ALWAYS_ON)


@dataclass(slots=True)
class ClockProbe:
    """How far the wall clock has moved beside the time in which this machine was awake.

    Everybody who asks needs a probe of his own: an answer is given once.
    """

    wall: Clock
    awake: Seconds = time.monotonic
    _before: tuple[datetime, float] | None = None

    def jumped(self) -> timedelta:
        now = self.wall.now(), self.awake()
        then, self._before = self._before or now, now
        return (now[0] - then[0]) - timedelta(seconds=now[1] - then[1])


@dataclass(frozen=True, slots=True)
class DiskProbe:
    """Room for the ledger in its folder."""

    folder: Path

    def free(self) -> int | None:
        try:
            return shutil.disk_usage(self.folder).free
        except OSError as error:
            logger.warning("nobody can say how full the disk is: %s", error)
            return None
