"""One rule as an analyst: its setup now, and the probabilities its precedents give."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.committee.question import HORIZON, TARGET_IN_STOPS, stop_distances
from core.domain.market import CandleFrame, Floats, MarketSnapshot
from core.domain.opinion import Abstention, Evidence, Opinion, Question, Silence, View
from core.domain.trading import Side
from core.indicators import LONGEST, Indicators, indicators
from core.rules.outcomes import Outcomes, outcomes
from core.rules.precedents import precedents
from core.rules.setups import Setups

Setup = Callable[[CandleFrame, Indicators], Setups]

ENOUGH_PRECEDENTS = 4.0
SHORTEST_HISTORY = LONGEST + 2 * HORIZON


@dataclass(frozen=True, slots=True)
class Study:
    """What all rules compute from a frame, once."""

    columns: Indicators
    outcomes: Outcomes


def study(frame: CandleFrame) -> Study:
    columns = indicators(frame)
    stop = stop_distances(frame, columns)
    return Study(columns, outcomes(frame, stop, TARGET_IN_STOPS, HORIZON))


@dataclass(frozen=True, slots=True)
class Studies:
    """The studies of the last snapshots, by their hash."""

    kept: OrderedDict[str, Study] = field(default_factory=OrderedDict)
    most: int = 32

    def of(self, snapshot: MarketSnapshot) -> Study:
        if snapshot.hash not in self.kept:
            self.kept[snapshot.hash] = study(snapshot.frame)
            if len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return self.kept[snapshot.hash]


@dataclass(frozen=True, slots=True)
class ForecastColumns:
    """A rule's answers at every candle; NaN where it abstains."""

    setups: Setups
    p_up: Floats
    p_target_first: dict[Side, Floats]
    effective_n: Floats


def forecast_columns(setups: Setups, resolved: Outcomes) -> ForecastColumns:
    """Live reads the last row of this; a backtest reads them all."""
    up = precedents(setups, resolved.up, HORIZON)
    speaks = (setups != 0) & (up.effective_n >= ENOUGH_PRECEDENTS)
    fair = 1 / (1 + TARGET_IN_STOPS)
    answers = {
        side: precedents(setups, resolved.target_first[side], HORIZON).probability(fair)
        for side in Side
    }
    return ForecastColumns(
        setups=setups,
        p_up=np.where(speaks, up.probability(0.5), np.nan),
        p_target_first={side: np.where(speaks, p, np.nan) for side, p in answers.items()},
        effective_n=up.effective_n,
    )


@dataclass(frozen=True, slots=True)
class RuleAnalyst:
    """Answers from precedents, or abstains: no setup, too short a history, too few precedents."""

    name: str
    setup: Setup
    studies: Studies

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        views = []
        for snapshot, asked in zip(snapshots, questions, strict=True):
            views.append(self._view(snapshot, asked))
            await asyncio.sleep(0)
        return tuple(views)

    def _view(self, snapshot: MarketSnapshot, asked: Question) -> View:
        if len(snapshot.frame) < SHORTEST_HISTORY:
            return Abstention(self.name, asked.symbol, Silence.SHORT_HISTORY)
        learnt = self.studies.of(snapshot)
        setups = self.setup(snapshot.frame, learnt.columns)
        if setups[-1] == 0:
            return Abstention(self.name, asked.symbol, Silence.NO_SETUP)
        answers = forecast_columns(setups, learnt.outcomes)
        if np.isnan(answers.p_up[-1]):
            return Abstention(self.name, asked.symbol, Silence.FEW_PRECEDENTS)
        return Opinion(
            analyst=self.name,
            symbol=asked.symbol,
            p_up=float(answers.p_up[-1]),
            p_target_first={s: float(p[-1]) for s, p in answers.p_target_first.items()},
            evidence=_evidence(snapshot.frame, learnt.columns, int(setups[-1])),
            effective_n=float(answers.effective_n[-1]),
        )


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
