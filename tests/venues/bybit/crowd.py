"""Bybit's funding, open interest, ratios and risk limits."""

from tests.venues.answers import Refused
from tests.venues.bybit.words import PERIODS, asked, enveloped, error, limit, name_of, wanted
from tests.venues.news import Query
from tests.venues.spans import moments, number
from tests.venues.text import bare, places, plain
from tests.venues.venue import Venue


def funding_history(venue: Venue, query: Query) -> object:
    """The newest first; a start without an end is refused, as on the real venue."""
    market = wanted(venue, query)
    start, end = number(query.get("startTime")), number(query.get("endTime"))
    if start is not None and end is None:
        raise Refused(error(10001, "params error: endTime is required with startTime"))
    stop = venue.now if end is None else end
    stamps = [s for s in venue.funding(market.base) if (start or 0) <= s[0] <= stop]
    rows = [
        {
            "symbol": name_of(market.base),
            "fundingRate": plain(rate, 8),
            "fundingRateTimestamp": str(time),
        }
        for time, rate in stamps[-limit(query, 200, 200) :][::-1]
    ]
    return enveloped(venue, {"category": "linear", "list": rows})


def times(venue: Venue, query: Query, key: str, usual: int, most: int) -> range:
    """The newest first."""
    if query.get(key) not in PERIODS:
        raise Refused(error(10001, f"params error: {key} invalid"))
    edges = number(query.get("startTime")), number(query.get("endTime"))
    return moments(venue, PERIODS[query[key]], limit(query, usual, most), *edges)[::-1]


def open_interest(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    size = places(market.step)
    rows = [
        {"openInterest": plain(market.open_interest(time), size + 5), "timestamp": str(time)}
        for time in times(venue, query, "intervalTime", 50, 200)
    ]
    head = {"symbol": query["symbol"], "category": "linear"}
    return enveloped(venue, {**head, "list": rows, "nextPageCursor": ""})


def account_ratio(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    rows = [
        {
            "symbol": name_of(market.base),
            "buyRatio": plain(market.long_share(time), 4),
            "sellRatio": plain(1 - market.long_share(time), 4),
            "timestamp": str(time),
        }
        for time in times(venue, query | {"period": longer(query)}, "period", 50, 500)
    ]
    return enveloped(venue, {"list": rows, "nextPageCursor": ""})


def longer(query: Query) -> str:
    """ccxt says 5m where Bybit documents 5min; both are understood."""
    period = str(query.get("period", ""))
    return period + "in" if period.endswith("m") else period


def risk_limit(venue: Venue, query: Query) -> object:
    rows = [
        {
            "id": number_,
            "symbol": name_of(market.base),
            "riskLimitValue": str(tier.cap),
            "maintenanceMargin": bare(tier.maintenance),
            "initialMargin": plain(1 / tier.leverage, 4),
            "isLowestRisk": int(number_ == 1),
            "maxLeverage": f"{tier.leverage}.00",
            "mmDeduction": "",
        }
        for market in asked(venue, query)
        for number_, tier in enumerate(market.tiers, start=1)
    ]
    return enveloped(venue, {"category": "linear", "list": rows, "nextPageCursor": ""})
