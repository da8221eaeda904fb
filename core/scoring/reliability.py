"""Does it rain on as many days as was said? Forecasts of like size beside what came of them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.opinion import Trust
from core.domain.score import Record, Waiting
from core.ports import Clock, Scores
from core.scoring.believing import MEMORY, trust_in
from core.scoring.effective import buckets, worth
from core.scoring.ensemble import merged
from core.scoring.marks import Bins, Interval, Murphy, binned, murphy, wilson
from core.scoring.standings import heard, rules_alone


class Event(StrEnum):
    """What was forecast: higher at the horizon, or the target before the stop, of either side."""

    UP = "up"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """`voice` is empty for all together, whose forecasts are taken as believed; a voice's as stated.

    `intervals` say where each bin's share may truly lie. `voices` are those that may be asked for.
    """

    voice: str
    event: Event
    bins: Bins
    intervals: tuple[Interval, ...]
    parts: Murphy
    forecasts: int
    effective: float
    trust: Trust
    voices: tuple[str, ...]
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class ReadReliability:
    clock: Clock
    scores: Scores
    seats: Callable[[], Sequence[str]] = rules_alone

    async def __call__(self, voice: str, event: Event) -> Reliability:
        now = self.clock.now()
        record = await self.scores.record(now - MEMORY, now)
        voices = heard(record, self.seats(), now)
        known = voices, await self.scores.waiting()
        return await asyncio.to_thread(reliability, record, voice, event, known)


def reliability(
    record: Record, voice: str, event: Event, known: tuple[tuple[str, ...], Waiting]
) -> Reliability:
    own = record.rows(record.of(voice)) if voice else merged(record)
    said = own.stated if voice else own.believed
    columns = slice(0, 1) if event is Event.UP else slice(1, 3)
    p, outcome = said[:, columns], own.outcome[:, columns]
    part = (worth(buckets(own), own.symbol) / p.shape[1]).repeat(p.shape[1])
    bins = binned(p.ravel(), outcome.ravel(), part)
    return Reliability(
        voice=voice,
        event=event,
        bins=bins,
        intervals=tuple(map(wilson, bins.outcome.tolist(), bins.weight.tolist())),
        parts=murphy(p.ravel(), outcome.ravel(), part),
        forecasts=len(own),
        effective=float(part.sum()),
        trust=trust_in(record, voice) if voice else Trust(),
        voices=known[0],
        waiting=known[1],
    )
