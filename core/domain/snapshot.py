"""All that somebody may know about a market at one moment, as one value with a name."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from core.domain.derivatives import Derivatives
from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, FundingRate, Origin, Timeframe
from core.domain.news import Mood, NewsFact
from core.domain.quality import FLAWLESS, Quality


@dataclass(frozen=True, slots=True)
class MarketSnapshot:
    """All that an analyst may know about a symbol: candles that had closed by `as_of`.

    `longer` holds other timeframes of the same `source`, which is empty for a record; `news` are
    headlines, newest first, and evidence only. `hash` names the whole content; `as_of` and the
    grade are not part of it, the facts behind them are.
    """

    instrument: Instrument
    as_of: datetime
    frame: CandleFrame
    origin: Origin
    funding: FundingRate | None = None
    next_funding: datetime | None = None
    longer: Mapping[Timeframe, CandleFrame] = field(default_factory=dict)
    derivatives: Derivatives | None = None
    news: tuple[NewsFact, ...] = ()
    mood: Mood | None = None
    quality: Quality = FLAWLESS
    source: str = ""
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        if any(frame.closed_by(self.as_of) != len(frame) for frame in self.frames):
            raise ValueError("a snapshot shows closed candles only")
        object.__setattr__(self, "hash", self._digest())

    @property
    def symbol(self) -> str:
        return self.instrument.symbol

    @property
    def frames(self) -> tuple[CandleFrame, ...]:
        """The one that decides first, then the longer ones."""
        return (self.frame, *self.longer.values())

    def _digest(self) -> str:
        digest = hashlib.sha256("|".join(self._words()).encode())
        for frame in self.frames:
            for column in frame.columns:
                digest.update(np.ascontiguousarray(column).tobytes())
        return digest.hexdigest()[:16]

    def _words(self) -> Iterator[str]:
        yield from (self.symbol, *(str(frame.timeframe) for frame in self.frames))
        if self.funding:
            yield f"{self.funding.time} {self.funding.rate}"
        if self.source:
            yield self.source
        if self.derivatives:
            yield from self.derivatives.words()
        yield from (fact.id for fact in self.news)
        if self.mood:
            yield str(self.mood.value)
