"""How many independent outcomes a record is worth: coins move together, and closes overlap.

Everything asked within one horizon belongs to one bucket. S symbols in a bucket, correlated by
RHO, count S / (1 + (S - 1) RHO); asking them again before the horizon has passed adds nothing.
"""

import numpy as np

from core.domain.market import Floats
from core.domain.score import Record, Whole

RHO = 0.7


def buckets(record: Record) -> Whole:
    """Which rows belong together: a number for each stretch of one horizon, in order of its end."""
    kinds, kind = np.unique(record.horizon, return_inverse=True)
    keys = complete_at(record) * max(len(kinds), 1) + kind
    numbers: Whole = np.unique(keys, return_inverse=True)[1].astype(np.int64)
    return numbers


def complete_at(record: Record) -> Whole:
    """When the last outcome that the row's bucket can hold is known, in milliseconds."""
    ends: Whole = (record.as_of // record.horizon + 2) * record.horizon
    return ends


def effective(symbols: Floats | float) -> Floats | float:
    """What so many symbols of one bucket are worth."""
    return symbols / (1 + (symbols - 1) * RHO)


def worth(bucket: Whole, symbol: Whole) -> Floats:
    """Each row's part of an independent outcome; a bucket's rows sum up to what it is worth."""
    if not len(bucket):
        return np.zeros(0)
    rows, coins = np.bincount(bucket), int(np.max(symbol)) + 1
    pairs = np.unique(bucket * coins + symbol)
    distinct = np.bincount(pairs // coins, minlength=len(rows)).astype(np.float64)
    parts: Floats = (effective(distinct) / np.maximum(rows, 1))[bucket]
    return parts
