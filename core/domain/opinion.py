"""What is asked, what the analysts answer, and what the desk makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.market import EPOCH
from core.domain.trading import Side
from core.domain.tuning import STANDARD, Tuning

SIDES = frozenset(Side)


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

    @property
    def began_at(self) -> datetime:
        """When the candle closed whose price is asked about; somebody looked a little later."""
        return self.as_of - (self.as_of - EPOCH) % (self.horizon / self.tuning.horizon)

    @property
    def ends_at(self) -> datetime:
        return self.began_at + self.horizon


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number behind an opinion: a key of the locales and its value."""

    code: str
    value: float


class Doubt(StrEnum):
    """What a model may remark about the desk's distances. It changes nothing."""

    STOP_TOO_NEAR = "stop_too_near"
    STOP_TOO_FAR = "stop_too_far"
    TARGET_TOO_NEAR = "target_too_near"
    TARGET_TOO_FAR = "target_too_far"


class InvalidationKind(StrEnum):
    """What would prove a forecast wrong before its time."""

    PRICE_ABOVE = "price_above"
    PRICE_BELOW = "price_below"
    FUNDING_ABOVE = "funding_above"
    FUNDING_BELOW = "funding_below"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Invalidation:
    """`level` is basis points from the price asked about, basis points of funding, or candles."""

    kind: InvalidationKind
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One voice's forecast of the desk's question; probabilities in 0..1.

    `effective_n` is how many independent past outcomes the forecast rests on, where that is known.
    `rationale` is a model's own words, to be shown and never read by the desk. `counter` speaks
    against the forecast.
    """

    analyst: str
    symbol: str
    p_up: float
    p_target_first: Mapping[Side, float]
    evidence: tuple[Evidence, ...] = ()
    rationale: str = ""
    effective_n: float | None = None
    counter: tuple[Evidence, ...] = ()
    invalidation: Invalidation | None = None
    doubts: tuple[Doubt, ...] = ()

    def __post_init__(self) -> None:
        for p in (self.p_up, *self.p_target_first.values()):
            if not 0 <= p <= 1:
                raise ValueError(f"a probability must lie in 0..1, was {p}")
        if self.p_target_first.keys() != SIDES:
            raise ValueError("an opinion answers for both sides")


class Silence(StrEnum):
    """Why a voice abstains."""

    NO_SETUP = "no_setup"
    SHORT_HISTORY = "short_history"
    FEW_PRECEDENTS = "few_precedents"
    BROKEN_DATA = "broken_data"
    NO_ANSWER = "no_answer"
    NO_EDGE = "no_edge"
    CONFLICT = "conflict"
    DATA_GAP = "data_gap"
    OUT_OF_SCOPE = "out_of_scope"
    INCONSISTENT = "inconsistent"
    INVALID = "invalid"
    LEFT_OUT = "left_out"
    QUIET = "quiet"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Abstention:
    """No view. A silent voice must not count as a neutral one.

    `failure` is the code of what kept a model from answering; `note` what the model said instead.
    """

    analyst: str
    symbol: str
    reason: Silence
    failure: str = ""
    note: str = ""


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
class Trust:
    """How far one voice was believed: its part of the whole, and its calibrations in log-odds
    around chance (shift, slope) for `p_up` and for the target.
    """

    weight: float = 1.0
    up: tuple[float, float] = (0.0, 1.0)
    target: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The desk's own answer about a symbol, and the views behind it.

    `best` is the side worth more; only with verdict EDGE may it become a trade. `confidence` in
    0..1 is what disagreement has left of the size. `trusts` says how the voices were merged, with
    weight 0 for those who were late; a voice without one counted 1, as stated. `costs` are a round
    trip's, as a fraction of notional. `late` came when the decision had been made: it is scored,
    and has changed nothing.
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
    trusts: Mapping[str, Trust] = field(default_factory=dict)
    costs: Mapping[Side, float] = field(default_factory=dict)
    late: tuple[Opinion, ...] = ()

    @property
    def side(self) -> Side | None:
        return self.best.side if self.verdict is Verdict.EDGE else None
