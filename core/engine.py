"""The first half of the desk's story: what the committee makes of the market.

    FormDecisions   snapshots -> questions -> views -> decisions      once for the market
    ProposeTrades   decisions -> plan or refusal -> proposal          for each account (proposing.py)

Only what is behind the ports differs between live, paper, demo and backtest. Nothing in here can
ask which one it runs in.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.committee.alone import ALONE
from core.committee.burden import burden_of
from core.committee.consensus import Case, decide_all
from core.committee.merging import Rules
from core.committee.question import question
from core.domain.market import Timeframe
from core.domain.opinion import Decision, Question, View
from core.domain.snapshot import MarketSnapshot
from core.domain.tuning import STANDARD, Tuning
from core.indicators import indicators
from core.ports import (
    Analyst,
    Duty,
    Ledger,
    MarketData,
    Sights,
    Trusts,
)
from core.quality import assess
from core.rules import RULES

NewId = Callable[[], str]


class Nowhere:
    """A record can be looked at again without anybody's help."""

    async def keep(self, snapshots: Sequence[MarketSnapshot]) -> None:
        return


NOWHERE = Nowhere()


@dataclass(frozen=True, slots=True)
class FormDecisions:
    """Ask every analyst the same question about every symbol, and merge what they say.

    `analysts` are always asked, `models` says who else is.
    """

    market: MarketData
    analysts: tuple[Analyst, ...]
    ledger: Ledger
    rules: Rules
    slippage: Decimal
    new_id: NewId
    sights: Sights = NOWHERE
    models: Duty = ALONE
    belief: Trusts = ALONE

    async def __call__(
        self,
        symbols: Sequence[str],
        timeframe: Timeframe,
        tuning: Tuning = STANDARD,
        *,
        wanted: bool = False,
    ) -> tuple[Decision, ...]:
        """`wanted`: a person asks, not the clock."""
        seen = await self.market.snapshots(symbols, timeframe)
        snapshots = [one for one in seen if _can_be_judged(one)]
        if not snapshots:
            return ()
        questions = _asked(snapshots, tuning)
        models = await self.models.on_duty(snapshots, questions, wanted=wanted)
        decisions = await self._decided((*self._rules(tuning), *models), snapshots, questions)
        await self.ledger.commit(*decisions)
        await self.sights.keep(snapshots)
        return decisions

    def _rules(self, tuning: Tuning) -> tuple[Analyst, ...]:
        """Everybody but the rules that this tuning leaves silent."""
        return tuple(a for a in self.analysts if a.name not in RULES or a.name in tuning.voices)

    async def _decided(
        self,
        asked: Sequence[Analyst],
        snapshots: Sequence[MarketSnapshot],
        questions: Sequence[Question],
    ) -> tuple[Decision, ...]:
        rules, answers = await asyncio.gather(
            self._how([analyst.name for analyst in asked], questions[0]),
            asyncio.gather(*(analyst.views(snapshots, questions) for analyst in asked)),
        )
        return decide_all(
            [
                self._case(snapshot, about, views)
                for snapshot, about, *views in zip(snapshots, questions, *answers, strict=True)
            ],
            rules,
        )

    async def _how(self, names: Sequence[str], asked: Question) -> Rules:
        """How the answers are merged."""
        trusts = await self.belief.trusts(names, asked.as_of)
        return replace(self.rules.tuned(asked.tuning), trusts=trusts, main=self.models.main)

    def _case(self, snapshot: MarketSnapshot, asked: Question, views: Sequence[View]) -> Case:
        burden = burden_of(snapshot, asked, self.slippage)
        return Case(self.new_id(), asked, views, burden, snapshot.hash)


def _asked(snapshots: Sequence[MarketSnapshot], tuning: Tuning) -> list[Question]:
    """A live market takes moments to look at; all that is asked at one look is as of its end."""
    now = max(snapshot.as_of for snapshot in snapshots)
    return [replace(question(s, indicators(s.frame), tuning), as_of=now) for s in snapshots]


def _can_be_judged(snapshot: MarketSnapshot) -> bool:
    """A broken symbol must not silence others, and in a hole of the data nobody enters."""
    own = assess(snapshot.frame, snapshot.as_of).grade
    return own.admits and snapshot.quality.grade.admits
