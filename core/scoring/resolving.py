"""Looks up what became of every question whose horizon has passed, and scores each opinion on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from core.committee.calibration import Calibration
from core.domain.objection import Resolution
from core.domain.opinion import Decision, Opinion, Trust
from core.domain.score import Scored, Three
from core.domain.trading import Side
from core.errors import NoMarketData, UnknownSymbol
from core.ports import Clock, Scores, Tape
from core.scoring.fitting import prior_of
from core.scoring.outcome import Walk, resolution

AT_ONCE = 20
AGAIN_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=1)
STRIDE = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class ResolveOutcomes:
    """A few at a time, each in one transaction, so that it may stop anywhere and go on later.

    Where minutes are missing it asks again, for a day; after that nobody can tell, and nothing is
    guessed. `asked` says since when, and lives as long as the process: a desk that wakes up before
    its line does has not asked for a day.
    """

    clock: Clock
    tape: Tape
    scores: Scores
    asked: dict[str, datetime] = field(default_factory=dict)

    async def __call__(self) -> int:
        """How many were resolved."""
        due = await self.scores.due(self.clock.now(), AT_ONCE)
        return sum([await self._resolve(decision) for decision in due])

    async def _resolve(self, decision: Decision) -> bool:
        """Put off first: a symbol that breaks the reading must not hold up the others."""
        now = self.clock.now()
        await self.scores.put_off(decision.id, now + AGAIN_AFTER)
        walk = await self._walk(decision)
        if walk is None:
            if now - self.asked.setdefault(decision.id, now) >= GIVEN_UP_AFTER:
                self.asked.pop(decision.id)
                await self.scores.put_off(decision.id, None)
            return False
        self.asked.pop(decision.id, None)
        answer = resolution(decision, walk, now)
        await self.scores.resolve([answer], list(scored(decision, answer)))
        return True

    async def _walk(self, decision: Decision) -> Walk | None:
        """To the horizon in strides, since months of minutes at once would hold up the desk."""
        asked = decision.question
        stride = max(STRIDE, asked.horizon / asked.tuning.horizon)
        walk: Walk | None = Walk.of(asked)
        while walk is not None and not walk.is_over:
            until = min(walk.seen + stride, asked.ends_at)
            try:
                bars = await self.tape.bars(decision.symbol, walk.seen, until)
            except (UnknownSymbol, NoMarketData):
                return None
            walk = walk.after(bars)
        return walk


def scored(decision: Decision, answer: Resolution) -> Iterator[Scored]:
    """One for each opinion, also one that came too late to count; who abstained is not scored."""
    asked = decision.question
    chance = (0.5, asked.distances[Side.BUY].fair, asked.distances[Side.SELL].fair)
    for view in (*decision.views, *decision.late):
        if isinstance(view, Opinion):
            stated = (view.p_up, view.p_target_first[Side.BUY], view.p_target_first[Side.SELL])
            trust = decision.trusts.get(view.analyst) or _at_first(view.analyst)
            had_a_say = view in decision.views
            yield Scored(
                decision=decision.id,
                voice=view.analyst,
                symbol=decision.symbol,
                as_of=asked.began_at,
                ends_at=asked.ends_at,
                known_at=answer.at,
                stated=stated,
                chance=chance,
                outcome=(answer.up, answer.target_first[Side.BUY], answer.target_first[Side.SELL]),
                believed=_believed(stated, chance, trust),
                weight=trust.weight if had_a_say else 0.0,
            )


def _believed(stated: Three, chance: Three, trust: Trust) -> Three:
    up, target = Calibration(*trust.up), Calibration(*trust.target)
    said = [np.array(p) for p in stated]
    return (
        float(up(said[0], chance[0])),
        float(target(said[1], chance[1])),
        float(target(said[2], chance[2])),
    )


def _at_first(voice: str) -> Trust:
    """For decisions that were made before trust was written down."""
    prior = prior_of(voice)
    start = (prior.shift, prior.slope)
    return Trust(up=start, target=start)
