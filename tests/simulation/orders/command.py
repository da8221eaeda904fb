"""`orders --seeds 10000`: life after life; `--seed S` tells one of them; `--variants` breaks the desk.

1 when an invariant was violated, when a fault never struck in a hundred seeds or more, or when a
broken desk was not found out. `--grid` does every accident at every moment over HTTP, `--kill N` kills
a real process.
"""

import argparse
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.orders.broken import DESKS, Broken
from tests.simulation.orders.grid import command as grid
from tests.simulation.orders.kill import command as kill
from tests.simulation.orders.life import run
from tests.simulation.orders.weather import Fault
from tests.simulation.orders.world import Verdict

CHUNK, SHOWN, MANY = 5, 25, 100
PATIENCE = 500


def main(words: Sequence[str]) -> int:
    asked = _asked(words)
    logging.disable(logging.CRITICAL)
    if asked.kill:
        return kill.main(asked)
    if asked.grid or asked.only:
        return grid.main(asked)
    if asked.seed is not None:
        return _one(asked.seed)
    if asked.variants:
        return _variants(asked)
    return _many(asked)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation orders", description=__doc__)
    parser.add_argument("--seeds", type=int, default=500, help="how many lives")
    parser.add_argument(
        "--first", type=int, default=0, help="the first seed; one seed is one life"
    )
    parser.add_argument("--seed", type=int, help="tell this life, line by line")
    parser.add_argument("--variants", action="store_true", help="desks with one thing missing")
    parser.add_argument("--grid", action="store_true", help="every accident at every moment")
    parser.add_argument("--only", default="", help="these cells: FAULT/PROFILE/OPERATION/PHASE")
    parser.add_argument("--kill", type=int, default=0, help="a real process, so many times")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(words)


def _one(seed: int) -> int:
    verdict = run(seed)
    print("\n".join(verdict.log))
    print(f"{verdict.trades} trades, {verdict.deaths} deaths, {verdict.steps} steps")
    print("\n".join(verdict.broken) or "nothing is broken")
    return int(bool(verdict.broken))


def _slim(seed: int) -> Verdict:
    """Without its log, which nobody reads here."""
    verdict = run(seed)
    verdict.log = []
    return verdict


def _many(asked: argparse.Namespace) -> int:
    began = time.monotonic()
    seeds = range(asked.first, asked.first + asked.seeds)
    with ProcessPoolExecutor(asked.jobs) as pool:
        verdicts = list(pool.map(_slim, seeds, chunksize=CHUNK))
    took = time.monotonic() - began
    print(f"{len(verdicts)} lives in {took:.0f} s, {len(verdicts) / took:.0f} a second")
    print("\n".join(report(verdicts)))
    missed = never(verdicts) if len(verdicts) >= MANY else []
    print("\n".join(f"NEVER STRUCK: {fault}" for fault in missed))
    return int(bool(missed) or any(verdict.broken for verdict in verdicts))


def never(verdicts: Sequence[Verdict]) -> list[Fault]:
    struck = set().union(*(verdict.struck for verdict in verdicts))
    return [fault for fault in Fault if fault not in struck]


def report(verdicts: Sequence[Verdict]) -> Iterator[str]:
    yield from _broken(verdicts)
    for what in ("trades", "deaths", "steps"):
        yield f"{what:8} {sum(getattr(verdict, what) for verdict in verdicts):,}"
    yield "observed to have happened (times, lives):"
    for fault in Fault:
        times = [verdict.struck[fault] for verdict in verdicts]
        yield f"  {sum(times):8,} {sum(map(bool, times)):6,}  {fault}"
    checked = sum((verdict.checked for verdict in verdicts), Counter())
    yield "checked: " + ", ".join(f"{law} {n:,}" for law, n in sorted(checked.items()))
    yield naked(sorted(second for verdict in verdicts for second in verdict.naked))


def _broken(verdicts: Sequence[Verdict]) -> Iterator[str]:
    broken = [verdict for verdict in verdicts if verdict.broken]
    laws = Counter(law for v in broken for law in {words.split()[0] for words in v.broken})
    yield f"violations in {len(broken)} lives: {dict(laws)}"
    for verdict in broken[:SHOWN]:
        yield f"  seed {verdict.seed}: {'; '.join(verdict.broken[:3])}"


def naked(seconds: Sequence[float]) -> str:
    if not seconds:
        return "naked: never"
    middle, late = (seconds[int(len(seconds) * share)] for share in (0.5, 0.99))
    return f"naked, {len(seconds)} times: p50 {middle:.2f} s, p99 {late:.2f} s, max {seconds[-1]:.2f} s"


def _variants(asked: argparse.Namespace) -> int:
    """Each must be found out by the law that it breaks, where the whole desk is not."""
    with ProcessPoolExecutor(asked.jobs) as pool:
        found = dict(zip(DESKS, pool.map(_caught, DESKS), strict=True))
    for name, (seed, how) in found.items():
        told = f"seed {seed}: {how}" if how else f"NOT FOUND in {PATIENCE} seeds"
        print(f"{name:45} {told}")
    return int(any(not how for _, how in found.values()))


def _caught(name: str) -> tuple[int, str]:
    logging.disable(logging.CRITICAL)
    return caught(DESKS[name], range(PATIENCE))


def caught(broken: Broken, seeds: Sequence[int]) -> tuple[int, str]:
    """The first seed in which this desk breaks its law, and the desk as it should be does not."""
    for seed in seeds:
        found = [words for words in broken.run(seed).broken if _fits(words, broken)]
        if found and not any(_fits(words, broken) for words in run(seed).broken):
            return seed, found[0]
    return -1, ""


def _fits(words: str, broken: Broken) -> bool:
    return words.split(maxsplit=1)[0] in broken.law.split()
