"""`uv run --group mutation -m tests.mutation core/risk`: how many small changes do the tests notice?

mutmut changes one thing in one function of the package, and the tests that reach the function have to
fail; pyproject.toml names them. `--sample 300 --seed 1` tries as many of the changes, drawn by lot;
without it all of them are tried, which takes hours. What a decorator stands over, as over a property,
is left as it is. Nobody else may edit the checkout meanwhile: `mutants/` holds a copy of it, and what
is in there of an earlier run is thrown away.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
MUTANTS = ROOT / "mutants"
PACKAGES = ("core/execution", "core/risk")
GOAL = 0.85
KILLED, SURVIVED, UNREACHED = "killed", "survived", "reached by no test"
ENDINGS = {0: SURVIVED, 1: KILLED, 3: KILLED, 5: UNREACHED, 33: UNREACHED}
TIMED_OUT = "killed by the clock"
COUNTED = (KILLED, TIMED_OUT, SURVIVED, UNREACHED)


def main(words: Sequence[str]) -> int:
    """1 when a package scores less than it has to."""
    asked = _asked(words)
    scores = [_tried(package, asked) for package in asked.packages]
    return int(min(scores) < asked.goal)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("packages", nargs="*", default=PACKAGES, metavar="PACKAGE")
    parser.add_argument("--sample", type=int, help="so many of each package; all if not said")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--goal", type=float, default=GOAL)
    return parser.parse_args(words)


def _tried(package: str, asked: argparse.Namespace) -> float:
    every = _possible(package)
    drawn = every if asked.sample is None else _drawn(every, asked.sample, asked.seed)
    if not drawn:
        raise SystemExit(f"{package}: there is nothing to change")
    shutil.rmtree(MUTANTS, ignore_errors=True)
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(asked.jobs), *drawn]
    with (ROOT / "mutation.log").open("w") as log:
        subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=True)
    return _told(package, len(every), _endings(package, drawn))


def _drawn(every: Sequence[str], count: int, seed: int) -> list[str]:
    return sorted(random.Random(seed).sample(every, min(count, len(every))))


def _possible(package: str) -> list[str]:
    """The names of all mutants, as mutmut will call them."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    found = []
    for file in sorted((ROOT / package).rglob("*.py")):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        made = mutate_file_contents(str(file), file.read_text(encoding="utf-8"))
        found += [f"{module}.{name}" for name in made.mutant_names]
    return found


def _endings(package: str, drawn: Iterable[str]) -> dict[str, str]:
    """What became of each mutant."""
    codes = {}
    for file in (MUTANTS / package).rglob("*.meta"):
        codes |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return {name: ENDINGS.get(codes[name], TIMED_OUT) for name in drawn}


def _told(package: str, possible: int, endings: dict[str, str]) -> float:
    """The share that the tests noticed."""
    counts = Counter(endings.values())
    score = (counts[KILLED] + counts[TIMED_OUT]) / len(endings)
    tried = ", ".join(f"{counts[ending]} {ending}" for ending in COUNTED if counts[ending])
    print(f"{package}: {score:.1%} of {len(endings)} changes noticed, of {possible}: {tried}")
    for name, ending in sorted(endings.items()):
        if ending in {SURVIVED, UNREACHED}:
            print(f"  {ending}: {name}")
    return score


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
