"""What people type behind /alert, read in any order, and told back in one."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from core.alerts.gauges import GAUGES, Feed, Unit
from core.alerts.setting import Wish
from core.domain.alert import Way
from core.domain.market import Timeframe
from core.errors import BadArgument
from core.owner import Choices
from handlers.arguments import is_coin, length, shown, symbol

T = TypeVar("T")
USAGE = "usage.alert"
NUMBER = re.compile(
    r"([-+]?)\$?((?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,12})?|\.\d{1,12})([km]?)(%?)"
)
SIGNS = re.compile(r"\s*(>=|=>|<=|=<|[≥≧⩾≤≦⩽><])\s*")
ABOVE = frozenset(">≥≧⩾")
TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
NAMES = {word: name for name, gauge in GAUGES.items() for word in (name, *gauge.words)}
WAYS = {
    **dict.fromkeys((">", "above", "over", "up", "이상", "초과", "위", "상향"), Way.ABOVE),
    **dict.fromkeys(("<", "below", "under", "down", "이하", "미만", "아래", "하향"), Way.BELOW),
}
CROSS = frozenset({"cross", "crosses", "crossing", "돌파", "교차", "크로스"})
IDLE = frozenset({"when", "if", "at", "is", "the", "to", "에", "도달"})
LANGUAGE = CROSS | IDLE | WAYS.keys() | NAMES.keys()
MINUS = "\N{MINUS SIGN}"


@dataclass
class Said:
    """The words, sorted by what they are."""

    symbols: list[str] = field(default_factory=list)
    frames: list[Timeframe] = field(default_factory=list)
    gauges: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    levels: list[Decimal] = field(default_factory=list)
    percent: bool = False
    crossing: bool = False


def read(text: str, choices: Choices, usual: Timeframe) -> Wish:
    """`BTC > 70000`, `BTC rsi < 30`, `ETH 4h macd cross up`, `SOL change > 5%`, `BTC 70000`.

    Raises BadArgument with the word that cannot be read, UnknownSymbol.
    """
    said = Said()
    words = _words(text)
    coin = _namesake(words, choices)
    for place, word in enumerate(words):
        if place == coin:
            said.symbols.append(symbol(word, choices.symbols))
        else:
            _sort(said, word, choices)
    if not said.symbols:
        raise BadArgument(USAGE, text=shown(text))
    gauge = (said.gauges or ["change" if said.percent else "price"])[0]
    return Wish(
        symbol=said.symbols[0],
        gauge=gauge,
        way=said.ways[0] if said.ways else None,
        level=_level(said, gauge, text),
        timeframe=_frame(said, gauge, usual),
        crossing=said.crossing or GAUGES[gauge].unit is Unit.CROSSING,
    )


def _words(text: str) -> list[str]:
    """Whatever keyboard or page it comes from: ７００００, −5% and ≧ are 70000, -5% and >."""
    plain = unicodedata.normalize("NFKC", text).replace(MINUS, "-")
    return SIGNS.sub(lambda sign: f" {_plain(sign[1])} ", plain).split()


def _namesake(words: list[str], choices: Choices) -> int | None:
    """Where a coin stands that is called like a word of the language, if there is no other."""
    if any(_is_strange(word) for word in words):
        return None
    return next((place for place, word in enumerate(words) if is_coin(word, choices)), None)


def _is_strange(word: str) -> bool:
    """It may name a symbol, as it means nothing else here."""
    known = word.lower() in LANGUAGE or length(word) in set(Timeframe)
    is_number = NUMBER.fullmatch(word.lower()) is not None
    return not known and not is_number and any(sign.isalnum() for sign in word)


def _plain(sign: str) -> str:
    return ">" if set(sign) & ABOVE else "<"


def _sort(said: Said, word: str, choices: Choices) -> None:
    small = word.lower()
    if small in CROSS or small in IDLE:
        said.crossing = said.crossing or small in CROSS
    elif small in WAYS:
        _one(said.ways, WAYS[small], word)
    elif small in NAMES:
        _one(said.gauges, NAMES[small], word)
    elif length(word) in set(Timeframe):
        _one(said.frames, Timeframe(length(word)), word)
        if said.frames[0] not in choices.timeframes:
            raise BadArgument("usage.alert_timeframe", text=shown(word))
    elif found := NUMBER.fullmatch(small):
        _one(said.levels, _number(found), word)
        said.percent = bool(found[4])
    elif said.symbols or not any(sign.isalnum() for sign in word):
        raise BadArgument(USAGE, text=shown(word))
    else:
        said.symbols.append(symbol(word, choices.symbols))


def _one(kept: list[T], value: T, word: str) -> None:
    """Of each kind there is one word."""
    if kept:
        raise BadArgument(USAGE, text=shown(word))
    kept.append(value)


def _number(found: re.Match[str]) -> Decimal:
    sign, digits, times, _ = found.groups()
    value = Decimal(digits.replace(",", "")) * TIMES[times]
    return -value if sign == "-" else value


def _level(said: Said, gauge: str, text: str) -> Decimal:
    """A crossing of two lines needs a way and no number; everything else needs its number."""
    measured = GAUGES[gauge]
    if measured.unit is Unit.CROSSING:
        if not said.ways or any(said.levels):
            raise BadArgument("usage.alert_cross", text=shown(text))
        return Decimal(0)
    if not said.levels:
        raise BadArgument(USAGE, text=shown(text))
    level = said.levels[0]
    strange = said.percent and measured.unit is not Unit.PERCENT
    if strange or not measured.low <= level <= measured.high:
        raise BadArgument("usage.alert_level", text=shown(text))
    return level


def _frame(said: Said, gauge: str, usual: Timeframe) -> Timeframe:
    """Prices are looked at all the time, so a timeframe would promise something else."""
    if said.frames and GAUGES[gauge].feed is not Feed.CANDLES:
        raise BadArgument("usage.alert_price", text=said.frames[0].value)
    return (said.frames or [usual])[0]


def told(wish: Wish) -> str:
    """The words that ask for the same again."""
    return " ".join(_told(wish))


def _told(wish: Wish) -> Iterator[str]:
    measured = GAUGES[wish.gauge]
    yield wish.symbol
    if measured.feed is Feed.CANDLES:
        yield wish.timeframe.value
    yield wish.gauge
    if wish.crossing:
        yield "cross"
    if wish.way is not None:
        yield wish.way.value
    if measured.unit is not Unit.CROSSING:
        yield f"{wish.level:f}" + ("%" if measured.unit is Unit.PERCENT else "")
