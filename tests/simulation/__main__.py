"""`uv run -m tests.simulation market --seeds 1000`: run after run, and what was broken in them.

`voices --seeds 100` lets voices of known skill earn their weights, and says what that was worth.
`models` is the life in which language models and headlines mean harm; a thousand seeds are more than
100,000 of their answers. `orders` is the life of orders, and has words of its own: `orders --help`.
"""

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.simulation import market, models
from tests.simulation.models_oracle import HEADLINES
from tests.simulation.models_words import INJECTIONS
from tests.simulation.orders import command as orders
from tests.simulation.voices import SCENARIOS, TOLERATED, WAYS, averaged, gain
from tests.simulation.weather import Trouble

CHUNK = 5
SHOWN = 10
LIVES = {"market": market.run, "models": models.run}


def main(words: Sequence[str]) -> int:
    """1 when a law was broken, or when a kind of trouble never struck."""
    if words[:1] == ["orders"]:
        return orders.main(words[1:])
    asked = _asked(words)
    if asked.life == "voices":
        return _voices(range(asked.first, asked.first + asked.seeds))
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    seeds = range(asked.first, asked.first + asked.seeds)
    with ProcessPoolExecutor(asked.jobs) as pool:
        verdicts = list(pool.map(LIVES[asked.life], seeds, chunksize=CHUNK))
    tells = _market if asked.life == "market" else _models
    print(f"{len(verdicts)} runs, {time.monotonic() - began:.0f} s")
    _broken(verdicts)
    print("\n".join(tells(verdicts)))
    return int(any(v.broken for v in verdicts) or _has_missed(asked, verdicts))


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
    parser.add_argument("life", choices=sorted((*LIVES, "voices")))
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed; one seed is one run")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(words)


def _has_missed(asked: argparse.Namespace, verdicts: Sequence) -> bool:
    """Was something that must happen in many runs never tried?"""
    if asked.seeds < 100:
        return False
    if asked.life == "market":
        return set().union(*(verdict.struck for verdict in verdicts)) != set(Trouble)
    return min(sum(v.braked for v in verdicts), sum(v.trades for v in verdicts)) == 0


def _broken(verdicts: Sequence) -> None:
    broken = [verdict for verdict in verdicts if verdict.broken]
    print(f"laws broken in {len(broken)} runs")
    for verdict in broken[:SHOWN]:
        print(f"  seed {verdict.seed}: {'; '.join(verdict.broken[:3])}")


def _market(verdicts: Sequence[market.Verdict]) -> Iterator[str]:
    struck = Counter(trouble for verdict in verdicts for trouble in verdict.struck)
    yield f"{len(verdicts) * market.SECONDS / 3600:,.0f} h of market"
    decided, switches = (
        sum(getattr(v, what) for v in verdicts) for what in ("decided", "switches")
    )
    yield f"decisions {decided:,}, switches {switches:,}"
    longest = max(v.noticed for v in verdicts)
    yield f"longest silence of a subscription that stood: {longest:.1f} s"
    yield from (f"  {struck[trouble]:5} runs: {trouble}" for trouble in Trouble)


def _models(verdicts: Sequence[models.Verdict]) -> Iterator[str]:
    tricks = sum((verdict.tricks for verdict in verdicts), Counter())
    titles = set().union(*(verdict.headlines for verdict in verdicts))
    for what in ("outputs", "cycles", "cards", "trades", "braked", "screens"):
        yield f"{what:10} {sum(getattr(v, what) for v in verdicts):,}"
    texts = min(len(INJECTIONS), len(verdicts) * HEADLINES)
    yield f"{'headlines':10} {texts} texts that give orders, {len(titles)} titles of them let in"
    yield from (f"  {times:6} answers: {trick}" for trick, times in sorted(tricks.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
