"""A finished backtest as it is kept, shown and compared: what was asked, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.backtest.figures import Figures
from core.domain.market import Origin, Timeframe
from core.domain.people import Approval, Limits, Profile
from core.domain.proposal import Rule
from core.domain.tuning import Tuning


class Kind(StrEnum):
    BACKTEST = "backtest"
    OPTIMIZE = "optimize"
    WALKFORWARD = "walkforward"


class ModelUse(StrEnum):
    """Rules alone, models' recorded answers (a miss abstains), or answers asked for and recorded."""

    RULES = "rules"
    REPLAY = "replay"
    RECORD = "record"


class Banner(StrEnum):
    """Could any voice have known the outcome? An unknown knowledge cut-off counts as yes."""

    CLEAN = "clean"
    MIXED = "mixed"
    CONTAMINATED = "contaminated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody wanted to know. `source` says in words where the candles come from."""

    kind: Kind
    symbols: tuple[str, ...]
    timeframe: Timeframe
    start: datetime
    end: datetime
    equity: Decimal
    profile: Profile
    limits: Limits
    approval: Approval
    tuning: Tuning
    two_targets: bool
    slippage: Decimal
    spread: Decimal = Decimal(0)
    models: ModelUse
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """Something the run is compared with: its name (a key of the locales) and total return."""

    name: str
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """What chance alone explains.

    `tries` parameter sets were looked at, `deflated` is the probability that the best one's Sharpe
    ratio is above what that many tries bring by luck (Bailey and Lopez de Prado). `beats_random`
    is the share of random entries with the same holding times that did worse. The drawdowns are
    quantiles over shuffled orders of the trades. `late_median` and `late_worst` are quantiles of
    the total return when every entry comes up to `late` candles late. None where there were too
    few trades, or where it was not asked.
    """

    tries: int = 1
    deflated: float | None = None
    beats_random: float | None = None
    random_median: float | None = None
    drawdown_median: float | None = None
    drawdown_worst: float | None = None
    late: int = 0
    late_median: float | None = None
    late_worst: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`curve` and `hold` are thinned to a few hundred points at `times` (ms). `proposed` is a
    parameter set that a search found and that somebody may adopt for paper; `seconds` is engine
    time. `looks` are closes looked at, `edges` decisions with one, `refusals` how often each rule
    said no to one.
    """

    id: str
    at: datetime
    question: Question
    banner: Banner
    figures: Figures
    times: tuple[int, ...]
    curve: tuple[float, ...]
    hold: tuple[float, ...]
    arms: tuple[Arm, ...] = ()
    luck: Luck = Luck()
    proposed: Tuning | None = None
    candles: int = 0
    seconds: float = 0.0
    looks: int = 0
    edges: int = 0
    refusals: Mapping[Rule, int] = field(default_factory=dict)
