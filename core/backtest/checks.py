"""Does a decision know its future, and would it be another one with more of the past?

Both questions are put to the very columns that a backtest walks on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.backtest.edges import Decisions, Learnt, decide_columns
from core.backtest.history import Funding, SymbolHistory
from core.backtest.scenario import Scenario
from core.domain.market import CandleFrame, Floats, from_millis

Decide = Callable[[SymbolHistory, Scenario], Decisions]
TOLERANCE = 1e-9
MOVES = 0.02
MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One number of a decision that should not have changed."""

    symbol: str
    at: datetime
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How many decisions were compared, and what was found to differ."""

    compared: int
    differences: tuple[Difference, ...]

    @property
    def is_clean(self) -> bool:
        return not self.differences


def decided(history: SymbolHistory, scenario: Scenario) -> Decisions:
    return decide_columns(Learnt(history, scenario.settings.tuning), scenario)


def look_ahead(
    history: SymbolHistory,
    scenario: Scenario,
    *,
    samples: int,
    seed: int,
    decide: Decide = decided,
) -> Checked:
    """Cut the future off, and make another one up, at `samples` moments: nothing before may change.

    The candle that runs keeps its open: that is known. Every decision up to the moment is compared.
    """
    whole = decide(history, scenario)
    dice = np.random.default_rng(seed)
    found: list[Difference] = []
    compared = 0
    for place in _sample(whole, samples, dice):
        row = int(whole.rows[place])
        for other in (cut(history, 0, row + 1), another_future(history, row + 1, dice)):
            changed = decide(other, scenario)
            found += _differences(history.symbol, whole, changed, range(place + 1), 0.0)
            compared += place + 1
    return Checked(compared=compared, differences=tuple(found))


def recursion(
    history: SymbolHistory,
    scenario: Scenario,
    *,
    length: int,
    samples: int,
    seed: int,
    decide: Decide = decided,
) -> Checked:
    """Judge `samples` moments from their last `length` candles alone: what does more past change?

    Probabilities and distances may differ by TOLERANCE of themselves, verdicts and sides not.
    """
    whole = decide(history, scenario)
    found: list[Difference] = []
    compared = 0
    enough = np.flatnonzero(whole.rows + 1 >= length)
    for place in _sample(whole, samples, np.random.default_rng(seed), enough):
        row = int(whole.rows[place])
        short = decide(cut(history, row + 1 - length, row + 1), scenario)
        there = range(place, place + 1)
        found += _differences(history.symbol, whole, short, there, TOLERANCE)
        compared += 1
    return Checked(compared=compared, differences=tuple(found))


def cut(history: SymbolHistory, first: int, stop: int) -> SymbolHistory:
    """The same with the candles of these rows alone, and no funding after the last close."""
    frame = history.frame.rows(first, stop)
    ended = int(frame.time[-1]) + frame.timeframe.milliseconds
    known = history.funding.time <= ended
    funding = Funding(history.funding.time[known], history.funding.rate[known])
    return replace(history, frame=frame, tape=frame, mark=None, funding=funding)


def another_future(
    history: SymbolHistory, closed: int, dice: np.random.Generator
) -> SymbolHistory:
    """The first `closed` candles as they are, then a market that never was."""
    frame, later = history.frame, np.arange(len(history.frame)) >= closed
    drift = np.where(later, np.exp(np.cumsum(later * dice.normal(0, MOVES, len(frame)))), 1.0)
    opens = frame.open * np.where(np.arange(len(frame)) == closed, 1.0, drift)
    close = frame.close * drift
    changed = CandleFrame(
        frame.timeframe,
        frame.time,
        opens,
        np.maximum(frame.high * drift, np.maximum(opens, close)),
        np.minimum(frame.low * drift, np.minimum(opens, close)),
        close,
        frame.volume * drift,
    )
    ended = int(frame.time[closed - 1]) + frame.timeframe.milliseconds
    rate = np.where(history.funding.time > ended, -history.funding.rate, history.funding.rate)
    funding = Funding(history.funding.time, rate)
    return replace(history, frame=changed, tape=changed, mark=None, funding=funding)


def _sample(
    decisions: Decisions,
    count: int,
    dice: np.random.Generator,
    among: NDArray[np.int64] | None = None,
) -> list[int]:
    """Places, oldest first: half of them edges, because those are what money hangs on."""
    places = np.arange(len(decisions.rows)) if among is None else among
    edges = np.intersect1d(places, decisions.edges)
    wanted = [
        dice.choice(pool, min(count // 2 + 1, len(pool)), replace=False)
        for pool in (edges, places)
        if len(pool)
    ]
    return sorted({int(place) for chosen in wanted for place in chosen})[: max(count, 1)]


def _columns(decisions: Decisions) -> dict[str, Floats]:
    merged = decisions.merged
    return {
        "verdict": merged.verdict.astype(np.float64),
        "side": merged.side.astype(np.float64),
        "p_up": merged.p_up,
        "p_target_first": merged.p_target_first,
        "expected": merged.expected,
        "confidence": merged.confidence,
        "stop": decisions.stop,
    }


def _differences(
    symbol: str, before: Decisions, after: Decisions, places: range, tolerance: float
) -> Iterator[Difference]:
    """Where `after` says another thing about these places, or nothing at all; verdicts and sides
    are whole numbers, so that a tolerance does not excuse them.
    """
    chosen = slice(places.start, places.stop)
    closes = before.closes[chosen]
    there = np.searchsorted(after.closes, closes)
    known = there < len(after.closes)
    known[known] &= after.closes[there[known]] == closes[known]
    there = np.where(known, there, 0)
    changed = _columns(after)
    for name, column in _columns(before).items():
        was = column[chosen]
        now = np.where(known, changed[name][there], np.nan) if len(after.closes) else was * np.nan
        differs = ~(np.abs(now - was) <= tolerance * np.abs(was))
        for place in np.flatnonzero(differs)[:MOST]:
            at = from_millis(int(closes[place]))
            yield Difference(
                symbol=symbol, at=at, name=name, before=float(was[place]), after=float(now[place])
            )
