"""What is announced beforehand and moves markets: a rate decision, a price index, an unlock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class EventKind(StrEnum):
    """What everybody knows by name; `title` says what the others are."""

    FOMC = "fomc"
    CPI = "cpi"
    PPI = "ppi"
    PCE = "pce"
    JOBS = "jobs"
    GDP = "gdp"
    OTHER = "other"


class Importance(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(StrEnum):
    """Who says so. Only what a person has added in the chat can be deleted there."""

    SHIPPED = "shipped"
    FILE = "file"
    FEED = "feed"
    PERSON = "person"


NOT_AT_ALL = (timedelta(0), timedelta(0))
REST = {Importance.HIGH: (timedelta(minutes=30), timedelta(minutes=60))}


def rest_of(importance: Importance, *, whole_day: bool) -> tuple[timedelta, timedelta]:
    """How long before and after it nobody enters, unless somebody says otherwise. What has a day
    and no time is told, and forbids nothing.
    """
    return NOT_AT_ALL if whole_day else REST.get(importance, NOT_AT_ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One announcement. `at` is its moment, or the beginning of its day.

    From `before` it to `after` it nobody enters; both 0 forbid nothing. Muted, it is only told.
    Lengths are counted in UTC: on a clock that is set forward or back an hour is not an hour.
    """

    id: str
    kind: EventKind
    title: str
    at: datetime
    importance: Importance
    source: Source
    before: timedelta
    after: timedelta
    whole_day: bool = False
    muted: bool = False

    def __post_init__(self) -> None:
        for length in (self.before, self.after):
            if not timedelta(0) <= length <= DAY:
                raise ValueError(f"entries rest up to a day around an event, was {length}")

    @property
    def starts(self) -> datetime:
        return self.at.astimezone(UTC) - self.before

    @property
    def ends(self) -> datetime:
        return self.at.astimezone(UTC) + self.after

    @property
    def forbids(self) -> bool:
        return not self.muted and self.ends > self.starts

    @property
    def over(self) -> datetime:
        """From when on nobody needs to hear of it."""
        return max(self.ends, self.at.astimezone(UTC) + DAY) if self.whole_day else self.ends

    def covers(self, moment: datetime) -> bool:
        """Does it forbid to enter at this moment?"""
        return self.forbids and self.starts <= moment < self.ends


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line of a person's file that could not be read (0: the whole file), and why: a code."""

    line: int
    why: str
    text: str = ""


KNOWN = {
    EventKind.FOMC: ("fomc", "연준", "금리 결정", "rate decision"),
    EventKind.CPI: ("cpi", "소비자물가", "consumer price"),
    EventKind.PPI: ("ppi", "생산자물가", "producer price"),
    EventKind.PCE: ("pce", "personal income"),
    EventKind.JOBS: ("nfp", "payroll", "고용", "employment situation", "jobs report"),
    EventKind.GDP: ("gdp", "국내총생산"),
}


def kind_of(title: str) -> EventKind:
    """What kind of event has such a name."""
    small = title.lower()
    named = (kind for kind, words in KNOWN.items() if any(word in small for word in words))
    return next(named, EventKind.OTHER)
