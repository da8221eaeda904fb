"""Candles as blocks that never change once they are full, so that many pictures share them."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.domain.market import CandleFrame, Timeframe

ROWS = 240
COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Block:
    """The candles of one stretch of time; `raw` are their columns, one after the other."""

    digest: str
    raw: bytes

    @property
    def packed(self) -> bytes:
        return zlib.compress(self.raw, 6)


def cut(frame: CandleFrame) -> Iterator[Block]:
    """Cuts lie at fixed times, whatever the frame begins or ends with."""
    if not len(frame):
        return
    place = frame.time // (frame.timeframe.milliseconds * ROWS)
    edges = [0, *(np.flatnonzero(np.diff(place)) + 1).tolist(), len(frame)]
    for start, stop in pairwise(edges):
        raw = b"".join(column[start:stop].tobytes() for column in frame.columns)
        yield Block(hashlib.sha256(raw).hexdigest()[:32], raw)


def joined(timeframe: Timeframe, packed: Sequence[bytes]) -> CandleFrame:
    """The frame that was cut into these."""
    times, cells = [np.empty(0, np.int64)], [np.empty((COLUMNS - 1, 0))]
    for block in packed:
        raw = zlib.decompress(block)
        rows = len(raw) // (8 * COLUMNS)
        times.append(np.frombuffer(raw, np.int64, rows))
        floats = np.frombuffer(raw, np.float64, offset=8 * rows)
        cells.append(floats.reshape(COLUMNS - 1, rows))
    columns = np.concatenate(cells, axis=1)
    return CandleFrame(timeframe, np.concatenate(times), *(c.copy() for c in columns))
