"""News and moods: what somebody has published, as facts that nobody has to believe."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from core.domain.people import Language

LONGEST_TITLE = 160
LONGEST_URL = 500


class Tier(IntEnum):
    """How near a source is to what it speaks of; the smaller the better."""

    PRIMARY = 1
    NEWSROOM = 2
    CROWD = 3


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who speaks. Without a language each title is read by its letters; one that writes about
    everything is `general`, and heard only about coins; `zone` is meant where it names none.
    """

    name: str
    tier: Tier
    language: Language | None = None
    general: bool = False
    zone: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Item:
    """As it came, and not to be trusted: a naive time is in the publisher's own zone."""

    title: str
    url: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class NewsFact:
    """A headline: evidence from a stranger, never an instruction.

    `coins` are the tickers it speaks of. `time` is when it was published; where nobody said so
    (not `dated`) it is `seen_at`, when the desk first saw it. The id comes from the title.
    """

    id: str
    time: datetime
    seen_at: datetime
    source: str
    tier: Tier
    language: Language
    title: str
    coins: tuple[str, ...]
    url: str
    dated: bool = True

    def __post_init__(self) -> None:
        if not 0 < len(self.title) <= LONGEST_TITLE or not self.title.isprintable():
            raise ValueError(f"a title is one clean line, was {self.title!r}")
        if len(self.url) > LONGEST_URL:
            raise ValueError("an address this long is none")
        if self.time > self.seen_at:
            raise ValueError(f"nothing is seen before its time, was {self.time}")


class MoodClass(StrEnum):
    """The index's own words."""

    EXTREME_FEAR = "extreme_fear"
    FEAR = "fear"
    NEUTRAL = "neutral"
    GREED = "greed"
    EXTREME_GREED = "extreme_greed"


@dataclass(frozen=True, slots=True)
class Mood:
    """The fear and greed index of a day: 0 is fear, 100 greed."""

    time: datetime
    value: int
    kind: MoodClass

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 100:
            raise ValueError(f"a mood lies in 0..100, was {self.value}")


@dataclass(frozen=True, slots=True)
class Round:
    """One round of questions to all sources: how many were asked and answered, and when the
    next one is. Before the first nobody has been asked.
    """

    next_at: datetime
    last_at: datetime | None = None
    asked: int = 0
    answered: int = 0
