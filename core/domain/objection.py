"""Who spoke against a trade before risk saw it, and what became of every decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.trading import Side

LONGEST_NOTE = 200
SCALES = (Decimal(1), Decimal("0.5"), Decimal("0.25"), Decimal(0))


class Objector(StrEnum):
    """A second model that sees the candidate, or what strangers have published."""

    VERIFIER = "verifier"
    NEWS = "news"


class Ground(StrEnum):
    """Why a trade should be smaller or not be; each is a key of the locales."""

    STALE_DATA = "stale_data"
    EVENT_RISK = "event_risk"
    CROWDED_FUNDING = "crowded_funding"
    POOR_REWARD = "poor_reward"
    CONTRADICTS_FEATURES = "contradicts_features"
    THESIS_UNSUPPORTED = "thesis_unsupported"
    CORRELATED_EXPOSURE = "correlated_exposure"
    OTHER = "other"
    NO_ANSWER = "no_answer"
    ADVERSE_NEWS = "adverse_news"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """`scale` is one of SCALES: 1 lets the trade pass, 0 vetoes it; nothing makes it larger.

    `p_target_first` is the verifier's own forecast. `note` is a model's own words, to be shown.
    `facts` names the news behind it.
    """

    by: Objector
    scale: Decimal
    grounds: tuple[Ground, ...] = ()
    note: str = ""
    model: str = ""
    p_target_first: float | None = None
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise ValueError(f"an objection scales by one of {SCALES}, not {self.scale}")


class Ending(StrEnum):
    """What became of a decision in one account."""

    FLAT = "flat"
    VETOED = "vetoed"
    REFUSED = "refused"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A decision's way through one account; `rule` refused it, or it became proposal `proposal`."""

    account: str
    decision: str
    at: datetime
    ending: Ending
    rule: str = ""
    proposal: str = ""
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What the market answered to a decision's question.

    `up` is 1 where the price stood higher at the horizon, 0 lower, 0.5 the same; a target counts as
    core.committee.question says. The last price is `ended`.
    """

    decision: str
    symbol: str
    as_of: datetime
    at: datetime
    ended: float
    up: float
    target_first: Mapping[Side, float]
