"""What each voice lost in each bucket of time: the mean Brier score of what was believed of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.market import Floats, Millis
from core.domain.score import Record, Whole
from core.scoring.effective import buckets, complete_at
from core.scoring.ensemble import merged

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Losses:
    """`table` has a row for each bucket and a column for each voice, NaN before a voice joined;
    `ended` is when each bucket's last outcome was due, in milliseconds.
    """

    table: Floats
    ended: Millis


def losses(record: Record, voices: Sequence[str], until: int) -> Losses:
    """Of the buckets that were complete by then, the last LONGEST of them."""
    record = record.rows(complete_at(record) <= until)
    if not len(record):
        return Losses(np.empty((0, len(voices))), np.zeros(0, np.int64))
    bucket = buckets(record)
    ended = np.zeros(int(np.max(bucket)) + 1, np.int64)
    ended[bucket] = complete_at(record)
    table = _table(record, bucket, voices)[-LONGEST:]
    return Losses(table, ended[-LONGEST:])


def _table(record: Record, bucket: Whole, voices: Sequence[str]) -> Floats:
    """Where a voice was silent, the ensemble's loss stands in for its own."""
    _, first, decision = np.unique(record.decision, return_index=True, return_inverse=True)
    together, own = _lost(merged(record)), _lost(record)
    count = np.bincount(bucket[first]).astype(np.float64)
    base = np.bincount(bucket[first], together) / count
    table = np.full((len(count), len(voices)), np.nan)
    for place, voice in enumerate(voices):
        rows = record.of(voice)
        if np.any(rows):
            more = (own - together[decision])[rows]
            start = int(np.min(bucket[rows]))
            table[start:, place] = (base + np.bincount(bucket[rows], more, len(count)) / count)[
                start:
            ]
    return table


def _lost(record: Record) -> Floats:
    """The three events count alike."""
    lost: Floats = np.mean((record.believed - record.outcome) ** 2, axis=1)
    return lost
