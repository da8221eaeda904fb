"""Walk-forward: search on the past, be judged on what came next, move on, and again."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.search.replays import Replays
from core.backtest.folds import Fold, Span
from core.backtest.legs import Leg
from core.backtest.objectives import measure
from core.backtest.run import Run
from core.backtest.space import Space
from core.backtest.summary import summarise
from core.backtest.tried import Tried
from core.domain.tuning import Tuning

Seek = Callable[[int, Span], tuple[Tried | None, bool]]


def walk(
    replays: Replays, folds: Sequence[Fold], space: Space, base: Tuning, seek: Seek
) -> Iterator[tuple[Leg, Run, float]]:
    """Each test begins with the money and, where nothing better is found, the set of the last.

    `seek` answers the best of a search on a span, and whether to go on after it. Each leg comes
    with its run and the seconds that the test took.
    """
    equity, tuning = replays.scenario.equity, base
    for number, fold in enumerate(folds):
        best, goes_on = seek(number, fold.train)
        if not goes_on:
            return
        if best:
            tuning = space.tuning(best.point, base)
        asked = replace(replays.over(tuning, fold.test.start, fold.test.end), equity=equity)
        began = time.perf_counter()
        run = replays.run(asked)
        seconds = time.perf_counter() - began
        equity = run.closing
        judged = measure(summarise(run, replays.histories))
        yield Leg(fold, tuning, best.metrics if best else None, judged), run, seconds
