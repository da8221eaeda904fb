"""Attempts whose outcome is a formula: no candles, and known where the top is."""

import os
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.search.attempt import Stage

YEAR = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Hill:
    """Best at horizon 48 with stops of 2 ATR; the wider the stop, the fewer trades, down to none."""

    seconds: float = 0.0

    def __call__(self, job):
        looks = job.borders[1:]
        for part, _ in enumerate(looks, start=1):
            time.sleep(self.seconds / len(looks))
            yield Stage(height(job.tuning, part / len(looks)), part == len(looks))


@dataclass(frozen=True)
class Deadly:
    """A hill where whoever comes first is killed; `stone` marks the place."""

    stone: Path
    often: bool = False

    def __call__(self, job):
        if self.often or not self.stone.exists():
            self.stone.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield from Hill()(job)


@dataclass(frozen=True)
class Broken:
    """An attempt that fails by itself."""

    def __call__(self, job):
        yield Stage({"sharpe": 1 / (job.tuning.quorum - job.tuning.quorum)})


def height(tuning, share=1.0):
    away = ((tuning.horizon - 48) / 48) ** 2 + (tuning.stop_in_atr - 2) ** 2
    trades = max(0.0, round(100 * share * (4 - tuning.stop_in_atr) / 3))
    return {
        "sharpe": 2 - away if trades else None,
        "return": 0.2 - away / 10,
        "drawdown": 0.02 * tuning.stop_in_atr,
        "trades": trades,
    }
