"""Which coins does a headline speak of? Whole words only, and no coin for an ordinary word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.news.names import COINS, FALSE_FRIENDS, ORDINARY, TOPIC

PARTICLES = "이|가|은|는|을|를|의|에|도|와|과|로|으로|만|까지|부터|에서|보다|처럼|에게|이나|이라|라|발|값|계|측"
MULTIPLIER = re.compile(r"^(?:1000000|10000|1000|1M|k)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Reader:
    """The table, made ready to be looked for."""

    latin: re.Pattern[str]
    hangul: re.Pattern[str]
    tickers: re.Pattern[str]
    marked: re.Pattern[str]
    friends: re.Pattern[str]
    topic: re.Pattern[str]
    by_name: dict[str, str]


def coins_in(title: str) -> tuple[str, ...]:
    """Tickers, sorted. One that is an ordinary word counts only as $NEAR, (NEAR) or NEAR/USDT."""
    return tuple(sorted(set(_found(READER.friends.sub(" ", title)))))


def is_about_coins(title: str) -> bool:
    """For publishers that write about everything."""
    return bool(READER.topic.search(title)) or bool(coins_in(title))


def coin_of(symbol: str) -> str:
    """BTC/USDT:USDT speaks of BTC, 1000PEPE/USDT:USDT and kPEPE/USDC:USDC of PEPE."""
    return MULTIPLIER.sub("", symbol.partition("/")[0])


def coin_named(text: str) -> str | None:
    """btc, BTCUSDT, Bitcoin or 비트코인: as a person would type it."""
    word = text.strip().casefold()
    if word in READER.by_name:
        return READER.by_name[word]
    bare = re.sub(r"[-_/:].*", "", text.strip()).upper()
    for ticker in (bare, re.sub(r"(?<=.)(?:USDT|USDC|USD|KRW)$", "", bare)):
        if ticker in COINS:
            return ticker
    return None


def _found(title: str) -> Iterator[str]:
    for pattern in (READER.latin, READER.hangul):
        yield from (READER.by_name[hit[1].casefold()] for hit in pattern.finditer(title))
    yield from (hit[1] for hit in READER.tickers.finditer(title))
    for hit in READER.marked.finditer(title):
        yield from (ticker for ticker in hit.groups() if ticker)


def _any_of(words: Iterator[str] | tuple[str, ...]) -> str:
    """The longest first, so that Bitcoin Cash is not Bitcoin."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _ready() -> Reader:
    names = {name.casefold(): ticker for ticker, known in COINS.items() for name in known}
    every, plain = _any_of(tuple(COINS)), _any_of(tuple(COINS.keys() - ORDINARY))
    west, east = (_any_of(n for n in names if n.isascii() is latin) for latin in (True, False))
    return Reader(
        latin=re.compile(rf"(?<!\w)({west})(?:['’]s)?(?![A-Za-z0-9_])", re.IGNORECASE),
        hangul=re.compile(rf"(?<![가-힣])({east})(?:{PARTICLES})?(?![가-힣])"),
        tickers=re.compile(rf"(?<![A-Za-z0-9_$])({plain})(?![A-Za-z0-9_])"),
        marked=re.compile(
            rf"\$({every})(?![A-Za-z0-9_])|\(({every})\)|(?<!\w)({every})/(?:USDT?|USDC|KRW)"
        ),
        friends=re.compile(_any_of(FALSE_FRIENDS), re.IGNORECASE),
        topic=re.compile(TOPIC, re.IGNORECASE),
        by_name=names,
    )


READER = _ready()
