"""`orders --grid`: cell after cell of the grid, and what was seen to happen in them.

1 when a law was broken, or when a cell was executed in which its fault did not happen.
"""

import argparse
import fnmatch
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

from tests.simulation.orders.grid.cells import PROFILES, Cell, Fault, Operation, cells
from tests.simulation.orders.grid.impossible import reason
from tests.simulation.orders.grid.rig import Result, play

CHUNK, SHOWN, FEW = 24, 60, 3


def main(asked: argparse.Namespace) -> int:
    logging.disable(logging.CRITICAL)
    wanted = possible(asked.only)
    if not wanted:
        print(f"there is no such cell: {asked.only}")
        return 1
    began = time.monotonic()
    results = _played(wanted, asked.jobs)
    took = time.monotonic() - began
    print(f"{len(results)} cells, {sum(r.strikes for r in results)} strikes in {took:.0f} s")
    print("\n".join(report(wanted, results)))
    if len(wanted) <= FEW:
        print("\n".join(line for result in results for line in result.log))
    print("\n".join(_wrong(results)) or "nothing is broken, nothing is unseen")
    return int(any(result.broken or result.unseen for result in results))


def possible(only: str = "") -> list[Cell]:
    """All cells that there can be; `only` names some: FAULT/PROFILE/OPERATION/PHASE, or less."""
    pattern = "/".join((only.split("/") if only else []) + ["*"] * 4)
    pattern = "/".join(pattern.split("/")[:4])
    return [c for c in cells() if not reason(c) and fnmatch.fnmatch(c.name, pattern)]


def sample(seed: int) -> list[Cell]:
    """Few cells in which every fault, every operation and every venue is met at least once."""
    dice = Random(seed)
    missing: set[object] = {*PROFILES, *Operation, *(f for f in Fault if f is not Fault.STREAM)}
    left, chosen = possible(), []
    dice.shuffle(left)
    while missing:
        best = max(left, key=lambda cell: len(missing & _met(cell)))
        chosen.append(best)
        missing -= _met(best)
    return chosen


def _met(cell: Cell) -> set[object]:
    return {cell.profile, cell.operation, cell.fault}


def _played(wanted: Sequence[Cell], jobs: int) -> list[Result]:
    """By venue, so that a process serves few of them."""
    parts = [list(wanted[n : n + CHUNK]) for n in range(0, len(wanted), CHUNK)]
    with ProcessPoolExecutor(min(jobs, len(parts))) as pool:
        return [result for part in pool.map(_part, parts) for result in part]


def _part(wanted: list[Cell]) -> list[Result]:
    logging.disable(logging.CRITICAL)
    shelf = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shelf if shelf.is_dir() else None) as folder:
        return play(wanted, Path(folder))


def report(wanted: Sequence[Cell], results: Sequence[Result]) -> Iterator[str]:
    """What was wanted, done and seen, by fault; and what cannot be, by reason."""
    asked = Counter(cell.fault for cell in wanted)
    done = Counter(result.cell.fault for result in results if result.strikes)
    seen = Counter(r.cell.fault for r in results if r.strikes and not r.unseen)
    struck = sum((Counter({r.cell.fault: r.strikes}) for r in results), Counter())
    yield f"{'':12}{'wanted':>8}{'executed':>10}{'observed':>10}{'strikes':>9}"
    for fault in (f for f in Fault if asked[f]):
        yield f"{fault:12}{asked[fault]:8}{done[fault]:10}{seen[fault]:10}{struck[fault]:9}"
    yield f"{'all':12}{len(wanted):8}{done.total():10}{seen.total():10}{struck.total():9}"
    why = Counter(filter(None, map(reason, cells())))
    yield f"impossible: {why.total()} of {len(cells())}"
    yield from (f"  {times:6}  {words}" for words, times in why.most_common())


def _wrong(results: Sequence[Result]) -> Iterator[str]:
    wrong = [result for result in results if result.broken or result.unseen]
    for result in wrong[:SHOWN]:
        told = [*result.broken, *(f"{name}: NOT OBSERVED" for name in result.unseen)]
        yield f"{result.cell.name}: {'; '.join(told[:3])}"
    if wrong:
        yield f"{len(wrong)} cells are wrong; --only replays them"
