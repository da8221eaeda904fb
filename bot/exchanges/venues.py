"""The venues the desk knows, a row each: what ccxt calls them, and where ccxt is not the whole truth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.errors import WrongSetting

Path = tuple[str | int, ...]


class Kind(StrEnum):
    """What is traded there."""

    PERPETUAL = "perpetual"
    SPOT = "spot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """`page` is the most candles of one answer. In a streamed candle, `opened` and `final` are the
    paths to its open time and to the word that it has closed, where the venue says `final_says`;
    an empty path where it does not say. `counts_contracts`: its candles tell volume in contracts,
    not in coins; `interest_in_contracts` and `tiers_in_contracts` likewise for open interest and
    the floors of leverage tiers. `backwards`: it tells candles up to a moment, not from one on. A
    ticker as the venue wrote it has mark and index behind `mark_in`
    and `index_in`. `streams_all`: its prices are streamed for all symbols at once, too. `options` go
    to ccxt as they are.
    """

    name: str
    title: str
    ccxt: str
    page: int
    quotes: tuple[str, ...] = ("USDT", "USDC")
    kind: Kind = Kind.PERPETUAL
    opened: Path = ()
    final: Path = ()
    final_says: object = True
    counts_contracts: bool = False
    interest_in_contracts: bool = False
    tiers_in_contracts: bool = False
    backwards: bool = False
    mark_in: str = "markPrice"
    index_in: str = "indexPrice"
    streams_all: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_funding(self) -> bool:
        return self.kind is Kind.PERPETUAL


SWAPS = {"defaultType": "swap", "defaultSubType": "linear"}
KRW = ("KRW",)

VENUES = {
    venue.name: venue
    for venue in (
        Venue(
            name="binance",
            title="Binance",
            ccxt="binanceusdm",
            page=1000,
            opened=("k", "t"),
            final=("k", "x"),
            streams_all=True,
        ),
        Venue(
            name="bybit",
            title="Bybit",
            ccxt="bybit",
            page=1000,
            opened=("data", 0, "start"),
            final=("data", 0, "confirm"),
            options=SWAPS | {"fetchMarkets": {"types": ["linear"]}},
        ),
        Venue(
            name="okx",
            title="OKX",
            ccxt="okx",
            page=100,
            opened=("data", 0, 0),
            final=("data", 0, 8),
            final_says="1",
            interest_in_contracts=True,
            tiers_in_contracts=True,
            options=SWAPS | {"fetchMarkets": {"types": ["swap"]}},
        ),
        Venue(
            name="bitget",
            title="Bitget",
            ccxt="bitget",
            page=200,
            opened=("data", -1, 0),
            options=SWAPS | {"fetchMarkets": {"types": ["swap"]}},
        ),
        Venue(
            name="gate",
            title="Gate",
            ccxt="gate",
            page=1000,
            opened=("result", 0, "t"),
            final=("result", 0, "w"),
            counts_contracts=True,
            interest_in_contracts=True,
            options=SWAPS
            | {
                "fetchMarkets": {"types": ["swap"]},
                "swap": {"fetchMarkets": {"settlementCurrencies": ["usdt"]}},
            },
        ),
        Venue(
            name="hyperliquid",
            title="Hyperliquid",
            ccxt="hyperliquid",
            page=5000,
            quotes=("USDC",),
            opened=("data", "t"),
            mark_in="markPx",
            index_in="oraclePx",
            streams_all=True,
            options=SWAPS | {"fetchMarkets": {"types": ["swap"]}},
        ),
        Venue(name="upbit", title="Upbit", ccxt="upbit", page=200, quotes=KRW, kind=Kind.SPOT),
        Venue(
            name="bithumb",
            title="Bithumb",
            ccxt="bithumb",
            page=200,
            quotes=KRW,
            kind=Kind.SPOT,
            backwards=True,
        ),
    )
}


def venue_named(name: str) -> Venue:
    """Raises WrongSetting, which names the venues there are."""
    try:
        return VENUES[name.strip().lower()]
    except KeyError:
        known = ", ".join(VENUES)
        raise WrongSetting(f"VENUE: {name} is not known here; there is {known}") from None
