"""News as a model has found it: typed facts with the provider's own sources, evidence and no more."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_FACT = 160
MOST_MATERIAL = 3


class TidingKind(StrEnum):
    """What has happened; each is a key of the locales."""

    HACK = "hack"
    LISTING = "listing"
    DELISTING = "delisting"
    REGULATION = "regulation"
    MACRO = "macro"
    UNLOCK = "unlock"
    OUTAGE = "outage"
    LIQUIDATION = "liquidation"
    PARTNERSHIP = "partnership"
    OTHER = "other"


class Direction(StrEnum):
    """Where it would push the price."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiding:
    """One fact about some coins (tickers).

    `materiality` goes from 0 (nothing follows) to 3, and is what its sources allow, not what was
    claimed. `domains` are the sites it was found on, `urls` the pages, both as the provider told
    them; `published` is None where nobody credible says when.
    """

    id: str
    coins: tuple[str, ...]
    event: TidingKind
    direction: Direction
    materiality: int
    published: datetime | None
    domains: tuple[str, ...]
    urls: tuple[str, ...]
    fact: str
    seen_at: datetime

    def __post_init__(self) -> None:
        if not 0 <= self.materiality <= MOST_MATERIAL:
            raise ValueError(f"materiality lies in 0..{MOST_MATERIAL}, was {self.materiality}")
        if not 0 < len(self.fact) <= LONGEST_FACT or not self.fact.isprintable():
            raise ValueError(f"a fact is one clean line, was {self.fact!r}")
        if self.published is not None and self.published > self.seen_at:
            raise ValueError(f"nothing is seen before its time, was {self.published}")
