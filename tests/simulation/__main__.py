"""`uv run -m tests.simulation market --seeds 1000`: run after run, and what was broken in them.

`voices --seeds 100` lets voices of known skill earn their weights, and says what that was worth.
"""

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.market import SECONDS, Verdict, run
from tests.simulation.voices import SCENARIOS, TOLERATED, WAYS, averaged, gain
from tests.simulation.weather import Trouble

CHUNK = 5
SHOWN = 10


def main(words: Sequence[str]) -> int:
    """1 when a law was broken, or when a kind of trouble never struck."""
    asked = _asked(words)
    if asked.life == "voices":
        return _voices(range(asked.first, asked.first + asked.seeds))
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    seeds = range(asked.first, asked.first + asked.seeds)
    with ProcessPoolExecutor(asked.jobs) as pool:
        verdicts = list(pool.map(run, seeds, chunksize=CHUNK))
    _tell(verdicts, time.monotonic() - began)
    struck = set().union(*(verdict.struck for verdict in verdicts))
    return int(any(v.broken for v in verdicts) or (asked.seeds >= 100 and struck != set(Trouble)))


def _voices(seeds: range) -> int:
    """1 when earned weights lose to equal ones by more than may be."""
    print(f"{len(seeds)} seeds, Brier scores: {', '.join(WAYS)}")
    worst = 0.0
    for scenario in SCENARIOS:
        scores = averaged(scenario, seeds)
        worst = min(worst, gain(scores))
        row = "  ".join(f"{scores.brier[way]:.4f}" for way in WAYS)
        print(f"{scenario.name:22}  {row}  gain {gain(scores):+.6f}  turns {scores.turnover:.4f}")
    return int(-worst > TOLERATED)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("life", choices=["market", "voices"])
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed; one seed is one run")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(words)


def _tell(verdicts: Sequence[Verdict], seconds: float) -> None:
    broken = [verdict for verdict in verdicts if verdict.broken]
    struck = Counter(trouble for verdict in verdicts for trouble in verdict.struck)
    hours = len(verdicts) * SECONDS / 3600
    print(f"{len(verdicts)} runs, {hours:,.0f} h of market, {seconds:.0f} s")
    print(f"laws broken in {len(broken)} runs")
    for verdict in broken[:SHOWN]:
        print(f"  seed {verdict.seed}: {'; '.join(verdict.broken[:3])}")
    print(
        f"decisions {sum(v.decided for v in verdicts):,}, switches {sum(v.switches for v in verdicts):,}"
    )
    print(
        f"longest silence of a subscription that stood: {max(v.noticed for v in verdicts):.1f} s"
    )
    for trouble in Trouble:
        print(f"  {struck[trouble]:5} runs: {trouble}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
