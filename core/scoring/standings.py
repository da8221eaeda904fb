"""What every voice is worth so far: its weight and where that is going, its marks, and its price."""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import combinations

import numpy as np

from core.domain.market import to_millis
from core.domain.model import Call, PromptKind
from core.domain.score import Record, Waiting
from core.domain.tuning import VOICES
from core.ports import Clock, Purse, Scores
from core.scoring.believing import MEMORY, counted_at
from core.scoring.effective import buckets, worth
from core.scoring.ensemble import merged
from core.scoring.hedging import hedge
from core.scoring.losses import losses
from core.scoring.marks import Interval, brier, hits, skill

LATELY = timedelta(days=7)
PAID_WITHIN = timedelta(days=30)
HEARD_WITHIN = timedelta(days=30)
FORECASTS = {PromptKind.MARKET, PromptKind.INDICATORS}
COIN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How good forecasts of "higher at the horizon" were, as they were believed; `skill` is what
    they saved of a coin's Brier score. NaN where nothing came true yet.
    """

    brier: float
    skill: float
    hits: Interval
    forecasts: int
    effective: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceStanding:
    """`moved` is how far the weight went in the last days, `spoken` how many of its opinions were
    scored; `cost` is US dollars in 30 days.
    """

    voice: str
    weight: float
    moved: float
    marks: Marks
    spoken: int
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Standings:
    """Every voice, the weightiest first, and what they come to together; `apart`: could luck alone
    not explain the difference between some two of them?
    """

    voices: tuple[VoiceStanding, ...]
    together: Marks
    apart: bool
    waiting: Waiting

    @property
    def is_empty(self) -> bool:
        return not self.together.forecasts


def rules_alone() -> Sequence[str]:
    return VOICES


@dataclass(frozen=True, slots=True)
class ReadStandings:
    """`seats` are shown also before anything came true; others once they were heard lately."""

    clock: Clock
    scores: Scores
    purse: Purse
    seats: Callable[[], Sequence[str]] = rules_alone

    async def __call__(self) -> Standings:
        now = self.clock.now()
        until = counted_at(now)
        record = await self.scores.record(until - MEMORY, until)
        facts = _Facts(
            until=until,
            spoken=await self.scores.spoken(until - MEMORY, until),
            paid=_paid(await self.purse.calls(now - PAID_WITHIN, now)),
            waiting=await self.scores.waiting(),
        )
        voices = heard(record, self.seats(), until)
        return await asyncio.to_thread(_counted, record, voices, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the record itself does not say."""

    until: datetime
    spoken: Mapping[str, int]
    paid: Mapping[str, Decimal]
    waiting: Waiting


def _paid(calls: Sequence[Call]) -> Mapping[str, Decimal]:
    """What each model's forecasts cost."""
    paid: dict[str, Decimal] = {}
    for call in calls:
        if call.kind in FORECASTS:
            paid[call.model] = paid.get(call.model, Decimal(0)) + call.cost
    return paid


def _counted(record: Record, voices: Sequence[str], facts: _Facts) -> Standings:
    standings = _standings(record, voices, facts)
    together = marks_of(merged(record)) if len(record) else NO_MARKS
    return Standings(standings, together, tell_apart(standings), facts.waiting)


def heard(record: Record, seats: Sequence[str], until: datetime) -> tuple[str, ...]:
    """Those on the committee, and everybody who spoke lately."""
    recent = record.as_of >= to_millis(until - HEARD_WITHIN)
    spoken = {record.voices[place] for place in np.unique(record.voice[recent])}
    return (*seats, *sorted(spoken - set(seats)))


def _standings(record: Record, voices: Sequence[str], facts: _Facts) -> tuple[VoiceStanding, ...]:
    """The weightiest first; among equals as they came."""
    if not voices:
        return ()
    lost = losses(record, voices, to_millis(facts.until))
    course = hedge(lost.table, np.full(len(voices), 1 / len(voices)))
    then = course[int(np.searchsorted(lost.ended, to_millis(facts.until - LATELY), side="right"))]
    before = then * np.sum(course[-1][then > 0])
    standings = [
        VoiceStanding(
            voice=voice,
            weight=float(course[-1, place]),
            moved=float(course[-1, place] - before[place]) if before[place] else 0.0,
            marks=marks_of(record.rows(record.of(voice))),
            spoken=facts.spoken.get(voice, 0),
            cost=facts.paid.get(voice, Decimal(0)),
        )
        for place, voice in enumerate(voices)
    ]
    return tuple(sorted(standings, key=lambda one: -round(one.weight, 6)))


def marks_of(record: Record) -> Marks:
    """Of one voice's rows."""
    believed, outcome = record.believed[:, 0], record.outcome[:, 0]
    part = worth(buckets(record), record.symbol)
    scored = brier(believed, outcome, part)
    coin = brier(np.full(len(outcome), COIN), outcome, part)
    return Marks(
        brier=scored,
        skill=skill(scored, coin),
        hits=hits(believed, outcome, part),
        forecasts=len(record),
        effective=float(np.sum(part)),
    )


NO_MARKS = Marks(
    brier=math.nan,
    skill=math.nan,
    hits=Interval(math.nan, 0.0, 1.0, 0.0),
    forecasts=0,
    effective=0.0,
)


def tell_apart(standings: Sequence[VoiceStanding]) -> bool:
    """Do the intervals of some two voices not overlap?"""
    known = [one.marks.hits for one in standings if one.marks.hits.n]
    return any(not one.overlaps(other) for one, other in combinations(known, 2))
