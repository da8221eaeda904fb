"""One rule as an analyst: its setup now, and the probabilities it gives, from precedents or by fiat."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.committee.question import stop_distances
from core.domain.market import CandleFrame, Floats, MarketSnapshot
from core.domain.opinion import Abstention, Evidence, Opinion, Question, Silence, View
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
class Studies:
    """The studies of the last snapshots, by their hash and tuning."""

    kept: OrderedDict[tuple[str, Tuning], Study] = field(default_factory=OrderedDict)
    most: int = 32

    def of(self, snapshot: MarketSnapshot, tuning: Tuning) -> Study:
        key = snapshot.hash, tuning
        if key not in self.kept:
            self.kept[key] = study(snapshot.frame, tuning)
            if len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return self.kept[key]


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
class RuleAnalyst:
    """Answers, or abstains: no setup, too short a history, too few precedents."""

    name: str
    setup: Setup
    studies: Studies
    answers: Answers = from_precedents

    def columns(self, learnt: Study) -> ForecastColumns:
        return self.answers(self.setup(learnt.frame, learnt.columns, learnt.tuning), learnt)

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        views = []
        for snapshot, asked in zip(snapshots, questions, strict=True):
            views.append(self._view(snapshot, asked))
            await asyncio.sleep(0)
        return tuple(views)

    def _view(self, snapshot: MarketSnapshot, asked: Question) -> View:
        if len(snapshot.frame) < shortest_history(asked.tuning):
            return Abstention(self.name, asked.symbol, Silence.SHORT_HISTORY)
        learnt = self.studies.of(snapshot, asked.tuning)
        answers = self.columns(learnt)
        if answers.setups[-1] == 0:
            return Abstention(self.name, asked.symbol, Silence.NO_SETUP)
        if np.isnan(answers.p_up[-1]):
            return Abstention(self.name, asked.symbol, Silence.FEW_PRECEDENTS)
        return Opinion(
            analyst=self.name,
            symbol=asked.symbol,
            p_up=float(answers.p_up[-1]),
            p_target_first={s: float(p[-1]) for s, p in answers.p_target_first.items()},
            evidence=_evidence(snapshot.frame, learnt.columns, int(answers.setups[-1])),
            effective_n=float(answers.effective_n[-1]),
        )


def shortest_history(tuning: Tuning) -> int:
    """Rows below which a rule does not speak: a fixed distance needs no resolved outcomes."""
    return LONGEST + (0 if tuning.fixed_stop else 2 * tuning.horizon)


def _evidence(frame: CandleFrame, columns: Indicators, setup: int) -> tuple[Evidence, ...]:
    """The numbers a person would look at first."""
    atr = max(columns.atr[-1], float(np.finfo(np.float64).tiny))
    return (
        Evidence("setup", setup),
        Evidence("trend", float((columns.ema_fast[-1] - columns.ema_slow[-1]) / atr)),
        Evidence("rsi", float(columns.rsi[-1])),
        Evidence("adx", float(columns.adx[-1])),
        Evidence("atr", float(atr / frame.close[-1])),
    )
