"""How long a search takes on this machine."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.nightly
def test_500_trials_on_a_year_of_hours_of_three_symbols_take_a_minute_at_most():
    words = ("optimize", "--days", "365", "--trials", "500", "--no-map", "--jobs", "2", "--json")
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=ROOT, check=True, capture_output=True
    )
    assert time.perf_counter() - began <= 60
