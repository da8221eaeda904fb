"""The engines that a backtest is measured with, and one run of one of them in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter
from typing import Any, TextIO

from tests.benchmarks.bots import ROOT, as_installed

ENVIRONMENTS = Path(os.environ.get("BENCH_ENVS") or ROOT / ".bench-envs").absolute()
HERE = "tests.benchmarks"
OURS = Path(sys.executable)

Report = tuple[float, dict[str, Any]]


def python_of(environment: str) -> Path:
    return ENVIRONMENTS / environment / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Engine:
    """A module that runs a case, `files` one that first writes what it reads, and whose Python."""

    name: str
    module: str
    python: Path = OURS
    files: str = ""

    @property
    def installed(self) -> bool:
        return self.python.exists()

    def environment(self, folder: Path) -> dict[str, str]:
        """As if installed: our modules compiled in the folder, a peer's beside themselves."""
        ours = as_installed(str(folder / "compiled"))
        if self.python != OURS:
            del ours["PYTHONPYCACHEPREFIX"]
        return ours


DESK = Engine("desk", f"{HERE}.backtest_desk")
REFERENCE = Engine("reference", f"{HERE}.backtest_reference")
PEERS = (
    Engine("vectorbt (Rust)", f"{HERE}.peers.run_vectorbt", python_of("vectorbt")),
    Engine("backtesting.py", f"{HERE}.peers.run_backtesting", python_of("backtesting")),
    Engine(
        "freqtrade",
        f"{HERE}.peers.run_freqtrade",
        python_of("freqtrade"),
        f"{HERE}.peers.freqtrade_files",
    ),
)


class EngineFailed(Exception):
    """An engine that is installed did not do its work; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds of the whole process up to its first result, and of the warm engine alone."""

    wall: float
    seconds: float
    first: float
    candles: int
    trades: int
    peak_mb: float
    note: str = ""

    @property
    def speed(self) -> float:
        """Candles a second of the warm engine."""
        return self.candles / self.seconds


def measured(engine: Engine, case: str, folder: Path) -> Outcome:
    """One run; if it reads files of its own kind, these are written before the clock starts.

    Raises EngineFailed.
    """
    if engine.files:
        _reports(engine, engine.files, case, folder)
    reports = _reports(engine, engine.module, case, folder)
    if not reports:
        raise EngineFailed(f"{engine.name}: no result")
    first = reports[0][1]
    warm = [figures["seconds"] for _, figures in reports[1:]]
    return Outcome(
        wall=reports[0][0],
        seconds=median(warm or [first["seconds"]]),
        first=first["seconds"],
        candles=first["candles"],
        trades=first["trades"],
        peak_mb=first["peak_mb"],
        note=first.get("note", ""),
    )


def _reports(engine: Engine, module: str, case: str, folder: Path) -> list[Report]:
    """Each line that the process wrote, with the seconds since its start."""
    command = [str(engine.python), "-m", module, case, str(folder)]
    with TemporaryFile("w+") as errors:
        began = perf_counter()
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=engine.environment(folder),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process:
            lines = [(perf_counter() - began, line) for line in process.stdout or ()]
        if process.returncode:
            raise EngineFailed(f"{engine.name}: {_end_of(errors)}")
    return [(seconds, json.loads(line)) for seconds, line in lines]


def _end_of(errors: TextIO) -> str:
    errors.seek(0)
    return "".join(errors.readlines()[-3:]).strip() or "it said nothing"
