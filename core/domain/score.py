"""What came of what was forecast: a row for each opinion, and many of them as columns."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.domain.market import Floats, Millis
from core.domain.objection import Fate, Resolution
from core.domain.opinion import Decision

Whole = NDArray[np.int64]
Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One voice's answer to one question, and the market's.

    `as_of` is the close whose price was asked about. The threes are: higher at the horizon, target first for a long, target first for a short.
    `chance` is what a price without drift would give. `believed` is what the desk made of what was
    `stated`, and `weight` the voice's part, both as of the decision. `known_at` is when the desk
    learned the outcome.
    """

    decision: str
    voice: str
    symbol: str
    as_of: datetime
    ends_at: datetime
    known_at: datetime
    stated: Three
    chance: Three
    outcome: Three
    believed: Three
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Scored answers as columns, in the order of their times, which are milliseconds.

    `voice`, `symbol` and `decision` number what each row is of; the first two index the names. The
    probabilities have the shape (rows, 3).
    """

    voices: tuple[str, ...]
    symbols: tuple[str, ...]
    voice: Whole
    symbol: Whole
    decision: Whole
    as_of: Millis
    horizon: Millis
    stated: Floats
    chance: Floats
    outcome: Floats
    believed: Floats
    weight: Floats

    def __len__(self) -> int:
        return len(self.voice)

    def of(self, voice: str) -> NDArray[np.bool_]:
        """Which rows are this voice's."""
        place = self.voices.index(voice) if voice in self.voices else -1
        rows: NDArray[np.bool_] = self.voice == place
        return rows

    def rows(self, chosen: NDArray[np.bool_]) -> Self:
        return self.at(np.flatnonzero(chosen))

    def at(self, places: Whole) -> Self:
        columns = [one.name for one in fields(self) if one.name not in {"voices", "symbols"}]
        return replace(self, **{name: getattr(self, name)[places] for name in columns})


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many decisions wait for their outcome, when the next is due, and how many have none."""

    count: int
    next_at: datetime | None
    given_up: int


@dataclass(frozen=True, slots=True)
class Opposed:
    """A decision that somebody spoke against, and what the market said; None: not yet."""

    fate: Fate
    decision: Decision
    resolution: Resolution | None
