"""What people type behind a command, read into values; what cannot be read is said plainly."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches

from core.calendar import day_start, month_start, week_start
from core.domain.market import Timeframe
from core.domain.people import AccountSettings
from core.errors import BadArgument, NoTimeframe, UnknownSymbol
from core.owner import Choices

LONGEST_ECHO = 40
MOST_KNOWN = 8
ALIKE = 0.5
MOST_ROWS = 50
LENGTH = re.compile(r"\d{1,4}[smhdwMy]", re.ASCII)


def symbol(text: str, known: tuple[str, ...], usage: str = "usage.analyze") -> str:
    """btc, BTCUSDT, BTC/USDT or BTC/USDT:USDT. Raises UnknownSymbol, BadArgument."""
    words = text.split()
    if len(words) != 1:
        raise BadArgument(usage, text=shown(text))
    found = named(words[0], known)
    if found is None:
        raise UnknownSymbol(symbol=shown(words[0]), known=nearest(words[0], known))
    return found


def named(word: str, known: tuple[str, ...]) -> str | None:
    """The symbol that is written so, in whatever case; its whole name goes before a short one."""
    exact, wanted = word.upper(), word.upper().replace("-", "").replace("_", "")
    whole = (candidate for candidate in known if candidate.upper() == exact)
    short = (candidate for candidate in known if wanted in _spellings(candidate.upper()))
    return next(whole, None) or next(short, None)


def _spellings(candidate: str) -> set[str]:
    base, _, rest = candidate.partition("/")
    quote = rest.partition(":")[0]
    return {candidate, base, f"{base}/{quote}", f"{base}{quote}"}


def market(text: str, settings: AccountSettings, choices: Choices) -> tuple[str, Timeframe]:
    """`BTC 4h`, `BTC`, `4h` or nothing; what is left out is as the account trades.

    Raises BadArgument, UnknownSymbol, NoTimeframe.
    """
    lengths = [word for word in text.split() if _is_length(word, choices)]
    names = [word for word in text.split() if word not in lengths]
    if len(lengths) > 1 or len(names) > 1:
        raise BadArgument("usage.chart", text=shown(text))
    frame = timeframe(lengths[0], choices) if lengths else settings.timeframe
    return (symbol(names[0], choices.symbols) if names else settings.symbols[0]), frame


def _is_length(word: str, choices: Choices) -> bool:
    """A coin may be called 1INCH, or even 4H."""
    return not is_coin(word, choices) and LENGTH.fullmatch(length(word)) is not None


def is_coin(word: str, choices: Choices) -> bool:
    return word.upper() in {name.partition("/")[0].upper() for name in choices.symbols}


def length(word: str) -> str:
    """1H is an hour; but 1M is a month, and no minute."""
    return word if word.endswith("M") else word.lower()


def timeframe(word: str, choices: Choices) -> Timeframe:
    """Raises NoTimeframe."""
    for frame in choices.timeframes:
        if frame.value == length(word):
            return frame
    known = " ".join(frame.value for frame in choices.timeframes)
    raise NoTimeframe(timeframe=shown(word), known=known)


def nearest(word: str, known: tuple[str, ...]) -> str:
    """All there is, or of many those that look most like what was typed."""
    coins = [name.partition("/")[0] for name in known]
    if len(coins) <= MOST_KNOWN:
        return ", ".join(coins)
    alike = get_close_matches(word.upper().partition("/")[0], coins, MOST_KNOWN, ALIKE)
    return ", ".join([*(alike or coins[:MOST_KNOWN]), "…"])


def count(text: str, usage: str, otherwise: int) -> int:
    """A whole number of rows, 1..50."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_ROWS):
        raise BadArgument(usage, text=shown(text))
    return int(text)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; None is open. `name` is a key of the locales."""

    name: str
    start: datetime | None
    end: datetime | None


def span(text: str, now: datetime) -> Span:
    """day, week, month, all, or FROM TO as 2024-01-31, both included."""
    words = text.lower().split()
    named = {
        "day": day_start(now),
        "week": week_start(now),
        "month": month_start(now),
        "all": None,
    }
    if len(words) <= 1 and (words or ["day"])[0] in named:
        name = words[0] if words else "day"
        return Span(f"span.{name}", named[name], None)
    if len(words) != 2:
        raise BadArgument("usage.report", text=shown(text))
    first, last = (_date(word) for word in words)
    if first > last:
        raise BadArgument("usage.report_order", text=shown(text))
    return Span("span.range", first, last + timedelta(days=1))


def _date(word: str) -> datetime:
    try:
        return datetime.strptime(word, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise BadArgument("usage.report", text=shown(word)) from None


def shown(text: str) -> str:
    """As it may be repeated in an answer: short, one line, harmless."""
    line = " ".join(text.split())
    short = line if len(line) <= LONGEST_ECHO else line[:LONGEST_ECHO] + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
