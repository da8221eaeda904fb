"""What each voice lost in each bucket of time: the mean Brier score of what was believed of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.market import Floats, Millis
from core.domain.score import Record, Whole
from core.scoring.effective import buckets, complete_at

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
    own = np.mean((record.believed - record.outcome) ** 2, axis=1)
    _, first, decision = np.unique(record.decision, return_index=True, return_inverse=True)
    together = _together(record, decision)
    count = np.bincount(bucket[first]).astype(np.float64)
    base = np.bincount(bucket[first], together[first]) / count
    table = np.full((len(count), len(voices)), np.nan)
    for place, voice in enumerate(voices):
        rows = record.of(voice)
        if np.any(rows):
            more = np.bincount(bucket[rows], (own - together)[rows], len(count)) / count
            start = int(np.min(bucket[rows]))
            table[start:, place] = (base + more)[start:]
    return table


def _together(record: Record, decision: Whole) -> Floats:
    """Of each row, the loss of what all voices of its decision came to."""
    total = np.bincount(decision, record.weight)
    weight = np.where(total[decision] > 0, record.weight, 1.0)
    total = np.bincount(decision, weight)
    merged = np.stack(
        [np.bincount(decision, weight * column) / total for column in record.believed.T], axis=1
    )
    lost: Floats = np.mean((merged[decision] - record.outcome) ** 2, axis=1)
    return lost
