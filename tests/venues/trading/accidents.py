"""What may befall a request to a trading floor, and what each accident has struck."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from tests.venues.trading.orders import Refusal


class Mishap(StrEnum):
    """The first word says whether the request was done."""

    LOST = "not done: the line breaks before it arrives"
    SWALLOWED = "not done, and told as unknown (-1007)"
    BUSY = "not done: 503 Service Unavailable"
    REJECTED = "not done: refused with a code"
    UNHEARD = "done, and the line breaks before the answer"
    MUTE = "done, and no answer comes"
    UNKNOWN = "done, and told as unknown (-1007)"
    GATEWAY = "done, and a proxy says 502"
    EMPTY = "done, and 200 with nothing"
    HOLLOW = "done, and 200 with {}"
    NULL = "done, and 200 with null"
    CUT = "done, and half of the answer"
    TORN = "done, and the line breaks within the answer"
    UNSURE = "done, and 503: unknown error"
    PAGE = "done, and 200 with a page"
    TWICE = "done twice: it arrives again; the first answer is told"
    LATE = "done later, if its window still stands; the line breaks now"
    STALE = "answered from a copy of the account, frozen when this began"
    LAGGING = "answered as the account was some time ago"


UNDONE = (Mishap.LOST, Mishap.SWALLOWED, Mishap.BUSY, Mishap.REJECTED)
READS = (Mishap.STALE, Mishap.LAGGING)
BROKEN_LINE = (Mishap.LOST, Mishap.UNHEARD, Mishap.LATE)


class Book(Protocol):
    """An account of any kind, as it can be kept for those who are shown the past."""

    def frozen(self) -> Self: ...


@dataclass(frozen=True, slots=True)
class Struck:
    """One request that an accident befell; a late one may never have been done."""

    time: int
    request: str  # POST /fapi/v1/order?symbol=…
    outcome: str  # the account's own words: 200, or a code


@dataclass(eq=False)
class Accident:
    """One thing that goes wrong, until it ends or a number of times; also a context."""

    kind: Mishap
    on: str = ""  # a part of METHOD path?parameters
    times: int | None = None
    lag: int = 0  # milliseconds, of what is late or lags
    refusal: Refusal | None = None
    copies: list[tuple[int, Book]] = field(default_factory=list)  # the past, oldest first
    struck: list[Struck] = field(default_factory=list)
    over: bool = False

    def fits(self, what: str) -> bool:
        reads = what.startswith("GET ")
        return not self.over and self.on in what and (reads or self.kind not in READS)

    def past(self, now: int) -> Book | None:
        """The account that is shown; nothing when it is the one of now."""
        old = [copy for time, copy in self.copies if time <= now - self.lag]
        return old[-1] if old else self.copies[0][1] if self.copies else None

    def hit(self, time: int, request: str, outcome: str) -> None:
        self.struck.append(Struck(time, request, outcome))

    def spend(self) -> None:
        if self.times is not None:
            self.times -= 1
            self.over = self.times <= 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over = True


@dataclass
class Accidents:
    """Everything that went or goes wrong on one floor."""

    all: list[Accident] = field(default_factory=list)

    def strike(self, what: str) -> Accident | None:
        """The first accident that this request runs into."""
        found = next((a for a in self.all if a.fits(what)), None)
        if found is not None:
            found.spend()
        return found

    def remember(self, now: int, ledger: Book) -> None:
        """Keep a copy for what lags."""
        for accident in self.all:
            if accident.kind is Mishap.LAGGING and not accident.over:
                accident.copies.append((now, ledger.frozen()))

    @property
    def counts(self) -> Counter[Mishap]:
        """How often each kind was observed to happen."""
        return Counter(a.kind for a in self.all for _ in a.struck)

    def clear(self) -> None:
        """Nothing more goes wrong; what was struck stays written."""
        for accident in self.all:
            accident.over = True
