"""OKX's funding, open interest, ratios and position tiers."""

from tests.venues.news import Query
from tests.venues.okx.words import asked, contracts, limit, listed, name_of, wanted, width_of
from tests.venues.spans import moments, number
from tests.venues.text import bare, plain
from tests.venues.venue import Venue
from tests.venues.world import HOUR, Market


def funding_rate(venue: Venue, query: Query) -> object:
    everyone = query.get("instId") == "ANY"
    shown = venue.listed() if everyone else [wanted(venue, query)]
    return listed([funding_now(venue, market) for market in shown])


def funding_now(venue: Venue, market: Market) -> dict[str, object]:
    due, stamps = market.next_funding(venue.now), venue.funding(market.base)
    return {
        "formulaType": "withRate",
        "fundingRate": plain(market.next_rate, 10),
        "fundingTime": str(due),
        "impactValue": "20000",
        "instId": name_of(market.base),
        "instType": "SWAP",
        "interestRate": "0.0001",
        "maxFundingRate": "0.00375",
        "method": "current_period",
        "minFundingRate": "-0.00375",
        "nextFundingRate": "",
        "nextFundingTime": str(due + market.funding_hours * HOUR),
        "premium": "0.0001",
        "prevFundingTime": str(due - market.funding_hours * HOUR),
        "settFundingRate": plain(stamps[-1][1] if stamps else 0, 10),
        "settState": "settled",
        "ts": str(venue.told),
    }


def funding_history(venue: Venue, query: Query) -> object:
    """Newer than `before`, older than `after`; newest first."""
    market = wanted(venue, query)
    after, before = number(query.get("after")) or venue.now + 1, number(query.get("before")) or 0
    stamps = [s for s in venue.funding(market.base) if before < s[0] < after]
    rows = [
        {
            "formulaType": "withRate",
            "fundingRate": plain(rate, 10),
            "fundingTime": str(time),
            "instId": name_of(market.base),
            "instType": "SWAP",
            "method": "current_period",
            "realizedRate": plain(rate, 10),
        }
        for time, rate in stamps[-limit(query, 400, 400) :][::-1]
    ]
    return listed(rows)


def open_interest(venue: Venue, query: Query) -> object:
    return listed([interest_now(venue, market) for market in asked(venue, query)])


def interest_now(venue: Venue, market: Market) -> dict[str, object]:
    coins = market.open_interest(venue.now)
    return {
        "instId": name_of(market.base),
        "instType": "SWAP",
        "oi": contracts(market, coins),
        "oiCcy": plain(coins, 4),
        "oiUsd": plain(coins * venue.price(market.base), 4),
        "ts": str(venue.told),
    }


def times(venue: Venue, query: Query) -> range:
    """Newest first."""
    begin, end = number(query.get("begin")), number(query.get("end"))
    width, count = width_of(query, "period", "5m"), limit(query, 100, 100)
    start = None if begin is None else begin + 1
    return moments(venue, width, count, start, None if end is None else end - 1)[::-1]


def interest_history(venue: Venue, query: Query) -> object:
    market, factor = wanted(venue, query), venue.factor(wanted(venue, query).base)
    rows = []
    for time in times(venue, query):
        coins = market.open_interest(time)
        value = plain(coins * market.price(time) * factor, 4)
        rows.append([str(time), contracts(market, coins), plain(coins, 4), value])
    return listed(rows)


def long_short_ratio(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    shares = [(time, market.long_share(time)) for time in times(venue, query)]
    return listed([[str(time), plain(share / (1 - share), 4)] for time, share in shares])


def position_tiers(venue: Venue, query: Query) -> object:
    """Limits count contracts here, not dollars."""
    base = str(query.get("instFamily", "")).removesuffix("-USDT")
    market = wanted(venue, {"instId": name_of(base)})
    price = venue.price(base)
    rows = [
        {
            "baseMaxLoan": "",
            "imr": plain(1 / tier.leverage, 4),
            "instFamily": query["instFamily"],
            "instId": "",
            "maxLever": str(tier.leverage),
            "maxSz": contracts(market, tier.cap / price),
            "minSz": contracts(market, tier.floor / price),
            "mmr": bare(tier.maintenance),
            "optMgnFactor": "0",
            "quoteMaxLoan": "",
            "tier": str(place),
            "uly": query["instFamily"],
        }
        for place, tier in enumerate(market.tiers, start=1)
    ]
    return listed(rows)
