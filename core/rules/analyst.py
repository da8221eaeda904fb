"""A rule on the committee: it reads the last row of its columns, or abstains."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from core.domain.market import CandleFrame
from core.domain.opinion import Abstention, Evidence, Opinion, Question, Silence, View
from core.domain.snapshot import MarketSnapshot
from core.domain.tuning import Tuning
from core.indicators import Indicators
from core.rules import RULES
from core.rules.rule import Rule, Study, shortest_history, study


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
class RuleAnalyst:
    """Answers, or abstains: no setup, too short a history, too few precedents."""

    rule: Rule
    studies: Studies

    @property
    def name(self) -> str:
        return self.rule.name

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
        setups = self.rule.setups(learnt)
        if setups[-1] == 0:  # nothing to look for in the past, which is what takes the time
            return Abstention(self.name, asked.symbol, Silence.NO_SETUP)
        answers = self.rule.answers(setups, learnt)
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


def rule_analysts() -> tuple[RuleAnalyst, ...]:
    """Every rule there is, sharing what they have computed; a tuning says which of them speak."""
    studies = Studies()
    return tuple(RuleAnalyst(rule, studies) for rule in RULES.values())


def _evidence(frame: CandleFrame, columns: Indicators, setup: int) -> tuple[Evidence, ...]:
    """The numbers a person would look at first, without those that are unknown."""
    atr = max(columns.atr[-1], float(np.finfo(np.float64).tiny))
    told = (
        Evidence("setup", setup),
        Evidence("trend", float((columns.ema_fast[-1] - columns.ema_slow[-1]) / atr)),
        Evidence("rsi", float(columns.rsi[-1])),
        Evidence("adx", float(columns.adx[-1])),
        Evidence("atr", float(atr / frame.close[-1])),
    )
    return tuple(one for one in told if np.isfinite(one.value))
