"""How far each voice is believed now: its weight and its calibrations, by what has come true so far."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from core.domain.market import EPOCH, Floats, to_millis
from core.domain.opinion import Trust
from core.domain.score import Record
from core.ports import Scores
from core.scoring.effective import buckets, worth
from core.scoring.fitting import fit, prior_of
from core.scoring.hedging import hedge
from core.scoring.losses import losses

MEMORY = timedelta(days=365)
PERIOD = timedelta(hours=6)


@dataclass(slots=True)
class Believe:
    """Counted four times a day, always as of the last six hours' end: whoever asks, and after a
    restart, gets the same answer.
    """

    scores: Scores
    counted: dict[tuple[datetime, tuple[str, ...]], Mapping[str, Trust]] = field(
        default_factory=dict
    )

    async def trusts(self, voices: Sequence[str], now: datetime) -> Mapping[str, Trust]:
        until = counted_at(now)
        key = until, tuple(sorted(set(voices)))
        if key not in self.counted:
            record = await self.scores.record(until - MEMORY, until)
            trusts = await asyncio.to_thread(believed, record, key[1], until)
            recent = {known: one for known, one in self.counted.items() if known[0] == until}
            self.counted = recent | {key: trusts}
        return self.counted[key]


def counted_at(now: datetime) -> datetime:
    """What came true later than this has no say yet."""
    return now - (now - EPOCH) % PERIOD


def believed(record: Record, voices: Sequence[str], until: datetime) -> Mapping[str, Trust]:
    """A year of ten coins and eight voices takes a second: not in the desk's own thread."""
    if not voices:
        return {}
    weights = weight_course(record, voices, until)[-1]
    return {
        voice: trust_in(record, voice, float(weight))
        for voice, weight in zip(voices, weights, strict=True)
    }


def weight_course(record: Record, voices: Sequence[str], until: datetime) -> Floats:
    """The weights bucket by bucket, the last of them in force at `until`; all began as equals."""
    lost = losses(record, voices, to_millis(until)).table
    return hedge(lost, np.full(len(voices), 1 / len(voices)))


def trust_in(record: Record, voice: str, weight: float = 1.0) -> Trust:
    """One voice, calibrated on its own record; long and short are two looks at one path."""
    own = record.rows(record.of(voice))
    part, prior = worth(buckets(own), own.symbol), prior_of(voice)
    sides = own.stated[:, 1:].ravel(), own.outcome[:, 1:].ravel(), own.chance[:, 1:].ravel()
    return Trust(
        weight=weight,
        up=fit(own.stated[:, 0], own.outcome[:, 0], own.chance[:, 0], part, prior),
        target=fit(*sides, np.repeat(part / 2, 2), prior),
    )
