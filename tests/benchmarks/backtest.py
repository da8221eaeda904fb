"""Candles a second through the whole desk, beside vectorbt, backtesting.py and freqtrade.

Case `a` is a year of 1m candles of one symbol, `b` a year of 5m candles of ten, each with an
account of its own: one strategy, a fixed size, the same trades for all (vectorbt and freqtrade
differ by a few). Case `c` is the desk as it trades, ten symbols on one account with every limit;
`1e5` to `1e7` show whether cost grows with the candles or faster. `reference` is the arithmetic
alone, in numpy.

`engine_s` is indicators to trades, the median of warm runs, `wall_s` the whole process from its
start to its first result, `peak_mb` the most memory held by then; all are medians of interleaved
rounds. `…_over_desk` is how many times more an engine needs than the desk, `desk_over_engine` how
many times more candles a second the desk does, each paired within a round. An engine is measured
if `uv run -m tests.benchmarks.peers` has made its environment; with all three this takes seven
minutes or so.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.backtest_engines import (
    DESK,
    HERE,
    PEERS,
    REFERENCE,
    Engine,
    EngineFailed,
    Outcome,
    measured,
)
from tests.benchmarks.bots import ROOT

ROUNDS = 3
COMPARED = ("a", "b")
SHARED = "c"
GROWING = ("1e5", "1e6", "1e7")
OURS = (DESK, REFERENCE)

Row = dict[str, Any]
Round = dict[Engine, Outcome]


def run() -> list[Row]:
    """Raises EngineFailed if the desk or the reference does; a peer that fails is noted."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder)
        for engine in OURS:
            measured(engine, GROWING[0], folder)  # compiles its modules
        rows = [row for case in COMPARED for row in race(case, (*OURS, *PEERS), folder)]
        return [*rows, *race(SHARED, [DESK], folder), *growth(folder)]


def generate(folder: Path) -> None:
    """In a process of its own, as ten million candles take 1.5 GB to make."""
    cases = [*COMPARED, SHARED, *GROWING]
    command = [sys.executable, "-m", f"{HERE}.backtest_data", str(folder), *cases]
    subprocess.run(command, cwd=ROOT, check=True)


def race(case: str, engines: Iterable[Engine], folder: Path) -> list[Row]:
    """By turns, so that whatever disturbs the one disturbs the others."""
    engines = list(engines)
    rounds = [one_round(case, engines, folder) for _ in range(ROUNDS)]
    return [row(case, engine, rounds) for engine in engines]


def one_round(case: str, engines: Iterable[Engine], folder: Path) -> Round:
    turns = {engine: turn(engine, case, folder) for engine in engines if engine.installed}
    return {engine: outcome for engine, outcome in turns.items() if outcome}


def turn(engine: Engine, case: str, folder: Path) -> Outcome | None:
    """None if a peer failed; what it said is on standard error."""
    try:
        return measured(engine, case, folder)
    except EngineFailed as failure:
        if engine in OURS:
            raise
        print(failure, file=sys.stderr)
        return None


def row(case: str, engine: Engine, rounds: list[Round]) -> Row:
    name = {"benchmark": "backtest", "case": case, "engine": engine.name}
    pairs = [(one[engine], one[DESK]) for one in rounds if engine in one]
    if not pairs:
        return {**name, "note": "failed" if engine.installed else "not installed"}
    ratios = {
        "desk_over_engine": median(desk.speed / own.speed for own, desk in pairs),
        "wall_over_desk": median(own.wall / desk.wall for own, desk in pairs),
        "peak_over_desk": median(own.peak_mb / desk.peak_mb for own, desk in pairs),
    }
    outcomes = [own for own, _ in pairs]
    return {
        **name,
        **figures(outcomes),
        **(ratios if engine != DESK else {}),
        "note": outcomes[-1].note,
    }


def figures(outcomes: list[Outcome]) -> Row:
    return {
        "candles_per_second": round(median(one.speed for one in outcomes)),
        "trades": outcomes[-1].trades,
        "peak_mb": median(one.peak_mb for one in outcomes),
        "engine_s": median(one.seconds for one in outcomes),
        "first_s": median(one.first for one in outcomes),
        "wall_s": median(one.wall for one in outcomes),
    }


def growth(folder: Path) -> list[Row]:
    """What a candle costs beside what it cost in the smallest of the same round."""
    rounds = [{case: measured(DESK, case, folder) for case in GROWING} for _ in range(ROUNDS)]
    return [
        {
            **row(case, DESK, [{DESK: sizes[case]} for sizes in rounds]),
            "candle_over_1e5": median(sizes["1e5"].speed / sizes[case].speed for sizes in rounds),
        }
        for case in GROWING
    ]
