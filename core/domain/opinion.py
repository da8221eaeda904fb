"""What is asked, what the analysts answer, and what the desk makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.trading import Side
from core.domain.tuning import STANDARD, Tuning


@dataclass(frozen=True, slots=True)
class Distances:
    """How far stop and target lie from the price, as fractions of it."""

    stop: float
    target: float

    def __post_init__(self) -> None:
        if not (self.stop > 0 and self.target > 0):
            raise ValueError(f"distances must be positive, were {self.stop} and {self.target}")

    @property
    def fair(self) -> float:
        """P(target first) of a price without drift: stop / (stop + target)."""
        return self.stop / (self.stop + self.target)


@dataclass(frozen=True, slots=True)
class Question:
    """What every voice is asked about a symbol. The desk alone fixes horizon and distances;
    `tuning` is what it fixed them by, and rules judge by.
    """

    symbol: str
    as_of: datetime
    price: float
    horizon: timedelta
    distances: Mapping[Side, Distances]
    tuning: Tuning = STANDARD


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number behind an opinion: a key of the locales and its value."""

    code: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One voice's forecast of the desk's question; probabilities in 0..1.

    `effective_n` is how many independent past outcomes the forecast rests on, where that is known.
    """

    analyst: str
    symbol: str
    p_up: float
    p_target_first: Mapping[Side, float]
    evidence: tuple[Evidence, ...] = ()
    rationale: str = ""
    effective_n: float | None = None

    def __post_init__(self) -> None:
        for p in (self.p_up, *self.p_target_first.values()):
            if not 0 <= p <= 1:
                raise ValueError(f"a probability must lie in 0..1, was {p}")
        if set(self.p_target_first) != set(Side):
            raise ValueError("an opinion answers for both sides")


class Silence(StrEnum):
    """Why a voice abstains."""

    NO_SETUP = "no_setup"
    SHORT_HISTORY = "short_history"
    FEW_PRECEDENTS = "few_precedents"
    BROKEN_DATA = "broken_data"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Abstention:
    """No view. A silent voice must not count as a neutral one."""

    analyst: str
    symbol: str
    reason: Silence


View = Opinion | Abstention


class Verdict(StrEnum):
    """What the committee came to."""

    EDGE = "edge"
    NO_QUORUM = "no_quorum"
    SPLIT = "split"
    COSTS = "costs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The merged answer for one side. `expected` is what a unit of notional earns after costs."""

    side: Side
    p_target_first: float
    break_even: float
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The desk's own answer about a symbol, and the views behind it.

    `best` is the side worth more; only with verdict EDGE may it become a trade. `confidence` in
    0..1 is what disagreement has left of the size.
    """

    id: str
    symbol: str
    as_of: datetime
    question: Question
    views: tuple[View, ...]
    verdict: Verdict
    p_up: float
    best: Forecast
    disagreement: float
    confidence: float
    snapshot: str

    @property
    def side(self) -> Side | None:
        return self.best.side if self.verdict is Verdict.EDGE else None
