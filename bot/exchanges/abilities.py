"""What a venue can tell: read from ccxt, corrected where ccxt promises more than the venue keeps."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.exchanges.venues import Venue


class Ability(StrEnum):
    """ccxt's name of the call behind each."""

    TIME = "fetchTime"
    MARK_CANDLES = "fetchMarkOHLCV"
    TICKERS = "fetchTickers"
    MARK_PRICES = "fetchMarkPrices"
    MARK_PRICE = "fetchMarkPrice"
    FUNDING = "fetchFundingRate"
    FUNDING_HISTORY = "fetchFundingRateHistory"
    OPEN_INTEREST = "fetchOpenInterest"
    OPEN_INTEREST_HISTORY = "fetchOpenInterestHistory"
    LONG_SHORT = "fetchLongShortRatioHistory"
    TIERS = "fetchMarketLeverageTiers"
    STREAM_CANDLES = "watchOHLCV"
    STREAM_MANY_CANDLES = "watchOHLCVForSymbols"
    STREAM_MARKS = "watchMarkPrices"
    STREAM_TICKERS = "watchTickers"
    STREAM_BOOK_TOP = "watchBidsAsks"
    STREAM_LIQUIDATIONS = "watchLiquidationsForSymbols"


ABSENT = frozenset({None, False})

# Against what `has` says: tiers of Binance want a key; Upbit streams one-second candles only.
CORRECTIONS: Mapping[str, Mapping[Ability, bool]] = {
    "binance": {Ability.TIERS: False},
    "okx": {Ability.MARK_PRICE: True},
    "upbit": {Ability.STREAM_CANDLES: False},
}


def abilities(client: Any, venue: Venue) -> frozenset[Ability]:
    """Everything this venue can be asked without a key."""
    said = {ability: client.has.get(ability.value) not in ABSENT for ability in Ability}
    said |= CORRECTIONS.get(venue.name, {})
    if not venue.has_funding:
        said |= dict.fromkeys((Ability.FUNDING, Ability.FUNDING_HISTORY), False)
    return frozenset(ability for ability, can in said.items() if can)
