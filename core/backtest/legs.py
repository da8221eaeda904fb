"""A walk forward: what each leg learnt on its past and was worth on what came next, and all as one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

import numpy as np

from core.backtest.folds import Fold, Span
from core.backtest.objectives import Metrics
from core.backtest.run import Curve, Run
from core.backtest.space import Choice, Dimension, Space, Value
from core.backtest.summary import annualised
from core.domain.tuning import Tuning

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leg:
    """One fold. `learnt` is what the best set brought on `train`, None where nothing feasible was
    found and the desk kept the set it had; `judged` is what the set brought on `test`.
    """

    fold: Fold
    tuning: Tuning
    learnt: Metrics | None
    judged: Metrics


def chained(runs: Sequence[Run]) -> Run:
    """The runs as one: money goes on where the last left it. Ids of trades carry their leg."""
    first, last = runs[0], runs[-1]
    trades = (
        replace(trade, id=f"{leg}-{trade.id}")
        for leg, run in enumerate(runs, start=1)
        for trade in run.trades
    )
    refusals = sum((Counter(run.refusals) for run in runs), Counter())
    return Run(
        scenario=replace(first.scenario, end=last.scenario.end),
        trades=tuple(trades),
        curve=_joined([run.curve for run in runs]),
        closing=last.closing,
        looks=sum(run.looks for run in runs),
        edges=sum(run.edges for run in runs),
        refusals=refusals,
        candles=sum(run.candles for run in runs),
    )


def _joined(curves: Sequence[Curve]) -> Curve:
    """A leg that begins where the last ended does not say that moment again."""
    kept = [curves[0]]
    for curve in curves[1:]:
        skip = int(curve.time[0] <= kept[-1].time[-1])
        kept.append(Curve(curve.time[skip:], curve.equity[skip:]))
    return Curve(
        np.concatenate([curve.time for curve in kept]),
        np.concatenate([curve.equity for curve in kept]),
    )


def efficiency(legs: Sequence[Leg]) -> float | None:
    """The yearly return on the tests in parts of that on the trains; None where trains lost.

    Pardo (2008), "The Evaluation and Optimization of Trading Strategies", chapter 11.
    """
    searched = [leg for leg in legs if leg.learnt]
    learnt = _yearly((leg.learnt, leg.fold.train) for leg in searched)
    judged = _yearly((leg.judged, leg.fold.test) for leg in searched)
    return judged / learnt if learnt is not None and judged is not None and learnt > 0 else None


def _yearly(parts: Iterable[tuple[Metrics | None, Span]]) -> float | None:
    """What all parts together come to in a year, one after the other."""
    growth, days = 1.0, 0.0
    for metrics, span in parts:
        growth *= 1 + ((metrics or {}).get("return") or 0.0)
        days += (span.end - span.start) / DAY
    return annualised(growth - 1, days)


def steadiness(legs: Sequence[Leg], space: Space) -> Mapping[str, float | None]:
    """For each dimension, from 1 where every leg chose the same to 0 where each crossed the range.

    None with fewer than two legs that found something.
    """
    points = [space.point(leg.tuning) for leg in legs if leg.learnt]
    return {
        each.name: _steady(each, [point[each.name] for point in points])
        for each in space.dimensions
    }


def _steady(dimension: Dimension, values: Sequence[Value]) -> float | None:
    if len(values) < 2:
        return None
    pairs = list(pairwise(values))
    if isinstance(dimension, Choice) or dimension.high == dimension.low:
        return sum(one == other for one, other in pairs) / len(pairs)
    jumps = [abs(float(one) - float(other)) for one, other in pairs]
    return 1 - sum(jumps) / len(jumps) / (dimension.high - dimension.low)
