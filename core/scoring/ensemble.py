"""What all voices of a decision came to together, as one more voice."""

from dataclasses import replace

import numpy as np

from core.domain.market import Floats
from core.domain.score import Record, Whole

TOGETHER = ""


def merged(record: Record) -> Record:
    """A row for each decision, believed as its voices were on average, by the weights of the time.

    Where no voice had any weight, each counts the same.
    """
    _, first, decision = np.unique(record.decision, return_index=True, return_inverse=True)
    weight = _weights(record, decision)
    total = np.bincount(decision, weight)

    def mean(columns: Floats) -> Floats:
        summed = [np.bincount(decision, weight * column) for column in columns.T]
        return np.stack(summed, axis=1) / total[:, None]

    rows = record.at(first)
    return replace(
        rows,
        voices=(TOGETHER,),
        voice=np.zeros(len(rows), np.int64),
        stated=mean(record.stated),
        believed=mean(record.believed),
        weight=np.ones(len(rows)),
    )


def _weights(record: Record, decision: Whole) -> Floats:
    heavy = np.bincount(decision, record.weight)[decision] > 0
    weights: Floats = np.where(heavy, record.weight, 1.0)
    return weights
