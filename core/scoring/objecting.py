"""What objections were worth: every veto and every reduction against what the trade would have made.

All in R, the money at risk of the trade as the committee wanted it, after costs, to the question's
horizon: nobody knows what a person would have done with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from math import prod

from core.domain.objection import Ending, Fate, Objection, Objector, Resolution
from core.domain.opinion import Decision
from core.domain.score import Opposed
from core.ports import Clock, Scores

SPAN = timedelta(days=90)
FELT = {Ending.VETOED, Ending.PROPOSED}


class Word(StrEnum):
    """How far an objection went."""

    PASSED = "passed"
    REDUCED = "reduced"
    VETOED = "vetoed"


@dataclass(frozen=True, slots=True)
class Effect:
    """So often; `known` of them have come true and `saved` so many R (a loss avoided is positive)."""

    count: int = 0
    known: int = 0
    saved: float = 0.0

    def and_one(self, saved: float | None) -> "Effect":
        if saved is None:
            return Effect(self.count + 1, self.known, self.saved)
        return Effect(self.count + 1, self.known + 1, self.saved + saved)


@dataclass(frozen=True, slots=True)
class ReadObjections:
    """Of the last 90 days, by who objected and how far it went."""

    account: str
    clock: Clock
    scores: Scores

    async def __call__(self) -> Mapping[tuple[Objector, Word], Effect]:
        now = self.clock.now()
        return effects(await self.scores.opposed(self.account, now - SPAN, now))


def effects(opposed: Sequence[Opposed]) -> Mapping[tuple[Objector, Word], Effect]:
    found: dict[tuple[Objector, Word], Effect] = {}
    for one in opposed:
        if one.fate.ending in FELT:
            made = None if one.resolution is None else in_r(one.decision, one.resolution)
            for place, objection in enumerate(one.fate.objections):
                key = objection.by, word(objection)
                taken = _taken(one.fate, place)
                saved = None if made is None else 0.0 - taken * made
                found[key] = found.get(key, Effect()).and_one(saved)
    return found


def word(objection: Objection) -> Word:
    if not objection.scale:
        return Word.VETOED
    return Word.PASSED if objection.scale == 1 else Word.REDUCED


def in_r(decision: Decision, answer: Resolution) -> float:
    """What the wanted trade made, in units of its risk; costs count, slippage at the stop does not."""
    side = decision.best.side
    away = decision.question.distances[side]
    came = answer.target_first[side]
    cost = decision.best.break_even * (away.stop + away.target) - away.stop
    return (came * away.target - (1 - came) * away.stop - cost) / away.stop


def _taken(fate: Fate, place: int) -> float:
    """Which part of the trade this objection alone took away, given the others."""
    others = (one.scale for at, one in enumerate(fate.objections) if at != place)
    return float(prod(others, start=Decimal(1)) * (1 - fate.objections[place].scale))
