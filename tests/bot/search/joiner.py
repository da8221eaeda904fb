"""A machine that joins a study: `python -m tests.bot.search.joiner URL TRIALS SECONDS JOBS`."""

import os
import sys
from dataclasses import dataclass

from bot.search.farm import farm
from bot.search.hunt import Hunt
from bot.search.study import open_study
from bot.search.terms import Place, Search
from core.backtest.space import Space
from core.backtest.spoken import dimension
from tests.bot.search.hills import YEAR, Hill

SPACE = Space((dimension("horizon=12..96:12"), dimension("stop_in_atr=1..4:0.5")))
STUDY = "hill"
HEARTBEAT = 1


@dataclass(frozen=True)
class Announced:
    """A hill that is climbed by somebody who says so."""

    hill: Hill

    def __call__(self, job):
        os.write(sys.stdout.fileno(), b"begins\n")  # in one piece, whoever else writes
        yield from self.hill(job)


def join(url, trials, seconds, jobs=1):
    study = open_study(Search(space=SPACE, trials=trials), Place(STUDY, url, HEARTBEAT), {})
    workers = farm(Announced(Hill(seconds)), jobs)
    try:
        return Hunt(study, workers, YEAR)(lambda *_: None)
    finally:
        workers.close()
        study.close()


if __name__ == "__main__":
    address, number, pause, hands = sys.argv[1:]
    join(address, int(number), float(pause), int(hands))
