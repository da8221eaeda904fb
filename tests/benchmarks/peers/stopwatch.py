"""How an engine tells what it did: a line of JSON for each run, written as soon as the run ends.

The reader takes the time of the first line for the whole process, and the seconds of the later
ones for the warm engine.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter


def repeat(runs: int, candles: int, once: Callable[[], int]) -> None:
    """Time `once`, which answers how many trades it made, as often as asked."""
    for _ in range(runs):
        began = perf_counter()
        trades = once()
        say(seconds=perf_counter() - began, candles=candles, trades=trades)


def say(**figures: object) -> None:
    print(json.dumps({**figures, "peak_mb": peak_megabytes()}), flush=True)


def peak_megabytes() -> float:
    """The most this process held. Linux lets `ru_maxrss` begin with what the parent held."""
    status = Path("/proc/self/status")
    if not status.exists():
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024
