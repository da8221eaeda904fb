"""A search of 500 trials over one year of hourly candles of three symbols, on all cores.

`trials_per_second` is over the whole command, from its start to its answer.
"""

import json
import os
import subprocess
import sys
from time import perf_counter
from typing import Any

from tests.benchmarks.bots import ROOT

TRIALS = 500
WORDS = ("--days", "365", "--trials", str(TRIALS), "--no-map", "--json")


def run() -> list[dict[str, Any]]:
    began = perf_counter()
    command = [sys.executable, "-m", "bot", "optimize", *WORDS]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    wall = perf_counter() - began
    record = json.loads(answer.stdout.splitlines()[-1])
    return [
        {
            "benchmark": "search",
            "case": f"{TRIALS} trials, 1 year of 1h, 3 symbols",
            "cores": os.cpu_count(),
            "wall_s": wall,
            "trials_per_second": TRIALS / wall,
            "different_sets": record["luck"]["tries"],
        }
    ]
