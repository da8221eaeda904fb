"""What people type behind /long, /short, /limit, /sl and /tp, read in any order.

BTC 200 3x sl 2% tp 4%        BTC 61,000 long 200 sl 60000
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Never

from core.domain.trade_wish import Level, TradeWish
from core.domain.trading import Side
from core.errors import BadArgument, UnknownSymbol
from handlers.arguments import named, nearest, shown

NUMBER = re.compile(r"\$?((?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,12})?|\.\d{1,12})([km]?)")
PERCENT = re.compile(r"(\d{1,2}(?:\.\d{1,6})?|\.\d{1,6})%")
TIMES = re.compile(r"(\d{1,3})(?:x|배)|x(\d{1,3})")
FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}
SIDES = {
    **dict.fromkeys(("long", "buy", "롱", "매수"), Side.BUY),
    **dict.fromkeys(("short", "sell", "숏", "매도"), Side.SELL),
}
STOPS = frozenset({"sl", "stop", "손절"})
TARGETS = frozenset({"tp", "target", "익절"})
LIMITS = frozenset({"@", "at", "limit", "지정가"})
USAGES = {Side.BUY: "usage.long", Side.SELL: "usage.short"}
MONEY = frozenset({"usdt", "usd", "$"})


@dataclass
class Said:
    """The words, sorted by what they are; nothing may be said twice."""

    usage: str
    known: tuple[str, ...]
    symbol: str | None = None
    side: Side | None = None
    leverage: int | None = None
    levels: dict[str, Level] = field(default_factory=dict)
    numbers: list[Decimal] = field(default_factory=list)

    def once(self, name: str, value: object, word: str) -> None:
        if getattr(self, name) is not None:
            raise BadArgument(self.usage, text=shown(word))
        setattr(self, name, value)

    def level(self, name: str, word: str) -> None:
        if name in self.levels:
            raise BadArgument(self.usage, text=shown(word))
        self.levels[name] = level(word, self.usage)


def wish(text: str, known: tuple[str, ...], side: Side) -> TradeWish:
    """`/long` and `/short`: a symbol, and perhaps size, leverage, stop, target and a limit.

    Raises BadArgument with the word that cannot be read.
    """
    said = _sorted(text, Said(USAGES[side], known, side=side))
    return _wish(said, side, text, said.numbers)


def limit_wish(text: str, known: tuple[str, ...]) -> TradeWish:
    """`/limit`: the first number is the price, a second one the size. Raises BadArgument."""
    said = _sorted(text, Said("usage.limit", known))
    prices = [] if "limit" in said.levels else said.numbers[:1]
    for price in prices:
        said.levels["limit"] = Level(price=price)
    if said.side is None or "limit" not in said.levels:
        raise BadArgument("usage.limit", text=shown(text))
    return _wish(said, said.side, text, said.numbers[len(prices) :])


def symbol_and_level(text: str, usage: str) -> tuple[str, Level]:
    """`/sl BTC 61000`, `/tp BTC 3%`: whose level, and where. Raises BadArgument."""
    words = _words(text)
    if len(words) != 2:
        raise BadArgument(usage, text=shown(text))
    return words[0], level(words[1], usage)


def level(word: str, usage: str) -> Level:
    """A price, or a distance in percent. Raises BadArgument."""
    if away := PERCENT.fullmatch(word):
        distance = Decimal(away[1]) / 100
        if distance > 0:
            return Level(away=distance)
    price = number(word)
    if not price:
        raise BadArgument(usage, text=shown(word))
    return Level(price=price)


def number(word: str) -> Decimal | None:
    """61,000 or 61k; None where it is no number."""
    found = NUMBER.fullmatch(word)
    return Decimal(found[1].replace(",", "")) * FACTORS[found[2]] if found else None


def _wish(said: Said, side: Side, text: str, sizes: list[Decimal]) -> TradeWish:
    limit = said.levels.get("limit")
    priced = limit is None or limit.price is not None
    if said.symbol is None or len(sizes) > 1 or not all(sizes) or not priced:
        raise BadArgument(said.usage, text=shown(text))
    return TradeWish(
        symbol=said.symbol,
        side=side,
        notional=sizes[0] if sizes else None,
        leverage=said.leverage,
        stop=said.levels.get("stop"),
        target=said.levels.get("target"),
        limit=limit.price if limit else None,
    )


def _sorted(text: str, said: Said) -> Said:
    words = iter(_words(text))
    for word in words:
        _sort(word, words, said)
    return said


def _sort(word: str, rest: Iterator[str], said: Said) -> None:
    """A coin may be called anything, even a number: it is looked for first, and once."""
    coin = named(word, said.known) if said.symbol is None else None
    if coin:
        said.symbol = coin
    elif (kind := _kind(word)) is not None:
        said.level(kind, next(rest, ""))
    elif word in SIDES:
        said.once("side", SIDES[word], word)
    elif found := TIMES.fullmatch(word):
        said.once("leverage", max(int(found[1] or found[2]), 1), word)
    elif word not in MONEY:
        _size(word, said)


def _size(word: str, said: Said) -> None:
    size = number(word.removesuffix("usdt").removesuffix("usd"))
    if size is None:
        _unknown(word, said)
    said.numbers.append(size)


def _unknown(word: str, said: Said) -> Never:
    """Before the coin is named, a word that says nothing was meant to be one."""
    if said.symbol is None:
        raise UnknownSymbol(symbol=shown(word), known=nearest(word, said.known))
    raise BadArgument(said.usage, text=shown(word))


def _kind(word: str) -> str | None:
    if word in STOPS:
        return "stop"
    if word in TARGETS:
        return "target"
    return "limit" if word in LIMITS else None


def _words(text: str) -> list[str]:
    """Whatever keyboard it comes from; sl=2% and @61000 are read as two words."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[=:](?=[\d$.])|(?<=@)", " ", plain).split()
