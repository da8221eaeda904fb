"""A feed's words as the desk takes them: contracts, quotes, funding, and what a grade looks at."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.live.feed import Feed
from bot.live.prices import Seen
from core.domain.derivatives import Derivatives
from core.domain.instrument import Instrument
from core.domain.market import FundingRate, Quote, Timeframe, to_millis
from core.errors import NoMarketData
from core.quality import Surroundings

FUNDING_EVERY = timedelta(hours=8)


def with_ended(
    known: Mapping[str, Instrument], listed: Mapping[str, Instrument], now: datetime
) -> dict[str, Instrument]:
    """What is no longer listed stays known, for whoever holds it, and has ended."""
    gone = {symbol: one for symbol, one in known.items() if symbol not in listed}
    over = {s: one if one.is_over(now) else replace(one, ends=now) for s, one in gone.items()}
    return {**over, **listed}


def with_liquidations(told: Derivatives, feed: Feed, symbol: str) -> Derivatives:
    heard = feed.liquidations.within_hour(symbol, told.time)
    if heard is None:
        return told
    return replace(told, liquidated_longs=heard[0], liquidated_shorts=heard[1])


def funding_of(told: Derivatives | None) -> FundingRate | None:
    """What will be paid next is what is known now."""
    if told is None or told.funding is None or told.next_funding is None:
        return None
    return FundingRate(told.next_funding - (told.interval or FUNDING_EVERY), told.funding)


def quote_of(symbol: str, seen: Seen, is_away: bool) -> Quote:
    if seen.last is None or seen.last_at is None:
        raise NoMarketData(symbol=symbol)
    time = min(seen.last_at, seen.mark_at or seen.last_at)
    return Quote(symbol, time, seen.last, seen.mark or seen.last, is_away, seen.spread)


def surroundings(
    feed: Feed,
    contract: Instrument,
    timeframe: Timeframe,
    told: Derivatives | None,
    now: datetime,
) -> Surroundings:
    """How old, how whole and how sure what a feed knows of a contract is."""
    book, seen = feed.book(contract.symbol, timeframe), feed.seen(contract.symbol)
    return Surroundings(
        price_age=timedelta.max if seen.last is None else seen.age(now),
        skew=feed.skew,
        divergence=seen.divergence,
        missing=book.missing(to_millis(now)),
        suspect=book.suspects(feed.venue_now()),
        funding_late=now - told.next_funding if told and told.next_funding else None,
        ends_in=contract.ends - now if contract.ends else None,
    )
