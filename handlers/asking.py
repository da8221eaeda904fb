"""What people type behind /backtest, /optimize and /walkforward, read in any order, and told back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from core.backtest.record import Kind
from core.backtest.request import Request
from core.domain.market import Timeframe
from core.domain.people import AccountSettings
from core.errors import BadArgument, UnknownSymbol
from core.owner import Choices
from handlers.arguments import shown, symbol

USAGE = {
    Kind.BACKTEST: "usage.backtest",
    Kind.OPTIMIZE: "usage.optimize",
    Kind.WALKFORWARD: "usage.walkforward",
}
TRIALS = {Kind.BACKTEST: 0, Kind.OPTIMIZE: 100, Kind.WALKFORWARD: 30}
MOST_TRIALS = 2_000
USUAL_DAYS, LONGEST = 90, 36_500
DATE = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")
LENGTH = re.compile(r"(\d{1,5})([dwy])")
NUMBER = re.compile(r"\d{1,6}")
UNITS = {"d": 1, "w": 7, "y": 365}
ALL = "all"


@dataclass
class Said:
    """The words, sorted by what they are."""

    symbols: list[str] = field(default_factory=list)
    frames: list[Timeframe] = field(default_factory=list)
    lengths: list[int | None] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    trials: list[int] = field(default_factory=list)


def usual(kind: Kind, settings: AccountSettings) -> Request:
    """Without a word: the account as it trades, over the last three months."""
    return Request(
        kind=kind,
        symbols=settings.symbols,
        timeframe=settings.timeframe,
        days=USUAL_DAYS,
        trials=TRIALS[kind],
    )


def read(kind: Kind, text: str, settings: AccountSettings, choices: Choices) -> Request:
    """`BTC ETH 90d 1h`, `BTC 2024-01-01 2024-06-30 4h`, `all`; for a search also how many sets.

    Raises BadArgument with the word that cannot be read, UnknownSymbol.
    """
    said = Said()
    for word in text.replace(",", " ").split():
        if not _sorted(said, word, kind, choices):
            raise BadArgument(USAGE[kind], text=shown(word))
    request = usual(kind, settings)
    if said.lengths:
        request = replace(request, days=said.lengths[0])
    if said.dates:
        first, last = _dates(said.dates, kind)
        request = replace(request, days=None, first=first, last=last)
    return replace(
        request,
        symbols=tuple(dict.fromkeys(said.symbols)) or request.symbols,
        timeframe=(said.frames or [request.timeframe])[0],
        trials=(said.trials or [request.trials])[0],
    )


def _sorted(said: Said, word: str, kind: Kind, choices: Choices) -> bool:
    """False for what is no word here, or one too many."""
    small = word.lower()
    if small in set(Timeframe):
        said.frames.append(Timeframe(small))
        return len(said.frames) == 1 and said.frames[0] in choices.timeframes
    if DATE.fullmatch(small):
        return _date(said, small)
    if small == ALL or LENGTH.fullmatch(small):
        return _length(said, small)
    if NUMBER.fullmatch(small):
        said.trials.append(int(small))
        return kind is not Kind.BACKTEST and len(said.trials) == 1 and _possible(said.trials[0])
    said.symbols.append(_symbol(word, choices, kind))
    return True


def _possible(trials: int) -> bool:
    return 1 <= trials <= MOST_TRIALS


def _date(said: Said, word: str) -> bool:
    try:
        said.dates.append(date.fromisoformat(word))
    except ValueError:
        return False
    return len(said.dates) <= 2 and not said.lengths


def _length(said: Said, word: str) -> bool:
    days = None
    if found := LENGTH.fullmatch(word):
        days = int(found[1]) * UNITS[found[2]]
    said.lengths.append(days)
    return len(said.lengths) == 1 and not said.dates and (days is None or 0 < days <= LONGEST)


def _symbol(word: str, choices: Choices, kind: Kind) -> str:
    """What begins like a number or a sign is no coin that somebody has mistyped."""
    try:
        return symbol(word, choices.symbols)
    except UnknownSymbol:
        if word[:1].isalpha():
            raise
        raise BadArgument(USAGE[kind], text=shown(word)) from None


def _dates(dates: list[date], kind: Kind) -> tuple[date, date]:
    if len(dates) < 2:
        raise BadArgument(USAGE[kind], text=dates[0].isoformat())
    first, last = dates
    if first > last:
        raise BadArgument("usage.backtest_order", text=f"{first} {last}")
    return first, last


def told(request: Request) -> str:
    """The words that ask for the same again."""
    return " ".join(_words(request))


def _words(request: Request) -> Iterator[str]:
    for name in request.symbols:
        yield name.partition("/")[0]
    yield length(request)
    yield request.timeframe.value
    if request.trials:
        yield str(request.trials)


def trials_of(words: str) -> int:
    """How many sets these words ask for."""
    last = words.rsplit(maxsplit=1)[-1]
    return int(last) if NUMBER.fullmatch(last) else 0


def length(request: Request) -> str:
    if request.first and request.last:
        return f"{request.first} {request.last}"
    return ALL if request.days is None else f"{request.days}d"
