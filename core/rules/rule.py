"""One rule in columns: its setup at every candle, and the probabilities that it gives there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.committee.question import stop_distances
from core.domain.market import CandleFrame, Floats
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.indicators import LONGEST, Indicators, indicators
from core.rules.outcomes import Outcomes, outcomes
from core.rules.precedents import precedents
from core.rules.setups import Setups

ENOUGH_PRECEDENTS = 4.0
CONVICTION = 0.6

Setup = Callable[[CandleFrame, Indicators, Tuning], Setups]


class Study:
    """What all rules compute from a frame, once, and only what they ask for."""

    def __init__(self, frame: CandleFrame, columns: Indicators, tuning: Tuning) -> None:
        self.frame, self.columns, self.tuning = frame, columns, tuning

    @cached_property
    def outcomes(self) -> Outcomes:
        tuning = self.tuning
        stop = stop_distances(self.frame, self.columns, tuning)
        return outcomes(self.frame, stop, tuning.target_in_stops, tuning.horizon)


def study(frame: CandleFrame, tuning: Tuning) -> Study:
    return Study(frame, indicators(frame), tuning)


@dataclass(frozen=True, slots=True)
class ForecastColumns:
    """A rule's answers at every candle; NaN where it abstains."""

    setups: Setups
    p_up: Floats
    p_target_first: dict[Side, Floats]
    effective_n: Floats


Answers = Callable[[Setups, Study], ForecastColumns]


def from_precedents(setups: Setups, learnt: Study) -> ForecastColumns:
    """What followed the same setup in the past. Live reads the last row, a backtest all of them."""
    tuning, resolved = learnt.tuning, learnt.outcomes
    up = precedents(setups, resolved.up, tuning.horizon)
    speaks = (setups != 0) & (up.effective_n >= ENOUGH_PRECEDENTS)
    fair = 1 / (1 + tuning.target_in_stops)
    answers = {
        side: precedents(setups, resolved.target_first[side], tuning.horizon) for side in Side
    }
    return ForecastColumns(
        setups=setups,
        p_up=np.where(speaks, up.probability(0.5, tuning.prior), np.nan),
        p_target_first={
            side: np.where(speaks, known.probability(fair, tuning.prior), np.nan)
            for side, known in answers.items()
        },
        effective_n=up.effective_n,
    )


def by_conviction(setups: Setups, _learnt: Study) -> ForecastColumns:
    """Believe the signal, whatever followed it: for comparing engines, not for earning."""
    nobody = np.full(len(setups), np.nan)

    def stated(side: Side) -> Floats:
        believed = np.where(setups == side.sign, CONVICTION, 1 - CONVICTION)
        return np.where(setups != 0, believed, nobody)

    return ForecastColumns(
        setups=setups,
        p_up=stated(Side.BUY),
        p_target_first={side: stated(side) for side in Side},
        effective_n=np.zeros(len(setups)),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A setup with a name, and how it comes to its probabilities."""

    name: str
    setup: Setup
    answers: Answers = from_precedents

    def setups(self, learnt: Study) -> Setups:
        return self.setup(learnt.frame, learnt.columns, learnt.tuning)

    def columns(self, learnt: Study) -> ForecastColumns:
        return self.answers(self.setups(learnt), learnt)


def shortest_history(tuning: Tuning) -> int:
    """Rows below which a rule does not speak: a fixed distance needs no resolved outcomes."""
    return LONGEST + (0 if tuning.fixed_stop else 2 * tuning.horizon)
