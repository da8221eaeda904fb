"""Which symbol and timeframe does a file's name speak of?"""

import re
from collections.abc import Iterator
from itertools import pairwise

from core.domain.market import Timeframe

QUOTES = ("FDUSD", "USDT", "USDC", "BUSD", "USD", "BTC", "ETH", "KRW")
SPOT = "KRW"  # nobody offers perpetuals in won
VENUES = frozenset(
    [
        "BINANCE",
        "BINGX",
        "BITFINEX",
        "BITGET",
        "BITHUMB",
        "BITMEX",
        "BITSTAMP",
        "BYBIT",
        "COINBASE",
        "COINONE",
        "DERIBIT",
        "GATEIO",
        "HUOBI",
        "HYPERLIQUID",
        "KORBIT",
        "KRAKEN",
        "KUCOIN",
        "MEXC",
        "OKEX",
        "OKX",
        "POLONIEX",
        "UPBIT",
    ]
)
WON_FIRST = re.compile(r"KRW[-_](?!\d+[SMHDW](?![A-Z0-9]))([A-Z0-9]{2,})")
EXPIRY = re.compile(r"[A-Z]USDT?[-_](\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)")
INDEX = re.compile(r"(?:INDEX_?PRICE|PREMIUM_?INDEX)")


def symbol_in(name: str) -> str | None:
    """`BTCUSDT_1h.csv.gz`, `BTC_USDT-1h.csv` and `BTCUSDT-1h-2024-01.zip` are BTC/USDT:USDT."""
    words = [word for word in re.split(r"[^A-Z0-9]+", name.upper()) if word not in {"", *VENUES}]
    won_first = WON_FIRST.search(name.upper()) if words[:1] == [SPOT] else None
    return _pair(won_first[1], SPOT) if won_first else next(_symbols(words), None)


def fault_in(name: str) -> str | None:
    """What a file tells, if that is no candle of a perpetual or of its mark price."""
    if INDEX.search(name.upper()):
        return "an index is neither traded nor a mark price; leave the file out"
    if ends := EXPIRY.search(name.upper()):
        return f"a contract that ends ({ends[1]}) is not the perpetual; leave the file out"
    return None


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
