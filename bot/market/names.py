"""Which symbol and timeframe does a file's name speak of?"""

import re
from collections.abc import Iterator
from itertools import pairwise

from core.domain.market import Timeframe

QUOTES = ("FDUSD", "USDT", "USDC", "BUSD", "USD", "BTC", "ETH", "KRW")
SPOT = "KRW"  # nobody offers perpetuals in won


def symbol_in(name: str) -> str | None:
    """`BTCUSDT_1h.csv.gz`, `BTC_USDT-1h.csv` and `BTCUSDT-1h-2024-01.zip` are BTC/USDT:USDT."""
    words = [word for word in re.split(r"[^A-Z0-9]+", name.upper()) if word]
    return next(_symbols(words), None)


def _symbols(words: list[str]) -> Iterator[str]:
    for word, after in pairwise([*words, ""]):
        if after in QUOTES:
            yield _pair(word, after)
        quote = next((quote for quote in QUOTES if word.endswith(quote)), word)
        if base := word.removesuffix(quote):
            yield _pair(base, quote)


def _pair(base: str, quote: str) -> str:
    return f"{base}/{quote}" if quote == SPOT else f"{base}/{quote}:{quote}"


def timeframe_in(name: str) -> Timeframe | None:
    """Case matters: `1m` is a minute, `1M` a month."""
    words = re.split(r"[^A-Za-z0-9]+", name)
    return next((timeframe for timeframe in Timeframe if timeframe.value in words), None)
