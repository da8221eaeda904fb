"""What the crowd does on Binance: funding, open interest, long and short."""

from collections.abc import Callable

from tests.venues.answers import Refused
from tests.venues.binance.words import PERIODS, limit, missing, name_of, wanted
from tests.venues.news import Query
from tests.venues.spans import moments, number
from tests.venues.text import places, plain
from tests.venues.venue import Venue
from tests.venues.world import Market


def funding_rate(venue: Venue, query: Query) -> object:
    """Without times the last ones, oldest first; all symbols together without one."""
    count = limit(query, 100, 1000)
    asked = [wanted(venue, query)] if query.get("symbol") else venue.listed()
    stamps = [stamp for market in asked for stamp in stamps_of(venue, market, query)]
    stamps.sort(key=lambda stamp: stamp["fundingTime"])
    return stamps[:count] if query.get("startTime") else stamps[-count:]


def stamps_of(venue: Venue, market: Market, query: Query) -> list[dict[str, object]]:
    start, end = int(query.get("startTime") or 0), int(query.get("endTime") or venue.now)
    return [
        {
            "symbol": name_of(market.base),
            "fundingTime": time,
            "fundingRate": plain(rate, 8),
            "markPrice": plain(market.mark(time) * venue.factor(market.base), 8),
            "rateType": "Regular",
        }
        for time, rate in venue.funding(market.base)
        if start <= time <= end
    ]


def funding_info(venue: Venue, query: Query) -> object:
    """As on the real venue: only symbols whose interval or caps were adjusted."""
    return [
        {
            "symbol": name_of(market.base),
            "adjustedFundingRateCap": "0.02000000",
            "adjustedFundingRateFloor": "-0.02000000",
            "fundingIntervalHours": market.funding_hours,
            "disclaimer": False,
            "updateTime": 1_754_000_000_000,
        }
        for market in venue.listed()
    ]


def open_interest(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    interest = plain(market.open_interest(venue.now), places(market.step))
    return {"symbol": name_of(market.base), "openInterest": interest, "time": venue.told}


def history(
    make: Callable[[Venue, Market, int], dict[str, object]],
) -> Callable[[Venue, Query], object]:
    """One row a period, oldest first."""

    def answer(venue: Venue, query: Query) -> object:
        market = wanted(venue, query)
        if query.get("period") not in PERIODS:
            raise Refused(missing("period"))
        width, count = PERIODS[query["period"]], limit(query, 30, 500)
        edges = number(query.get("startTime")), number(query.get("endTime"))
        return [make(venue, market, time) for time in moments(venue, width, count, *edges)]

    return answer


def interest_then(venue: Venue, market: Market, time: int) -> dict[str, object]:
    interest = market.open_interest(time)
    value = interest * market.price(time) * venue.factor(market.base)
    return {
        "symbol": name_of(market.base),
        "sumOpenInterest": plain(interest, 8),
        "sumOpenInterestValue": plain(value, 8),
        "CMCCirculatingSupply": "0.00000000",
        "timestamp": time,
    }


def ratio_then(venue: Venue, market: Market, time: int) -> dict[str, object]:
    share = market.long_share(time)
    return {
        "symbol": name_of(market.base),
        "longAccount": plain(share, 4),
        "longShortRatio": plain(share / (1 - share), 4),
        "shortAccount": plain(1 - share, 4),
        "timestamp": time,
    }


def takers_then(venue: Venue, market: Market, time: int) -> dict[str, object]:
    share = market.long_share(time)
    ratio, bought, sold = plain(share / (1 - share), 4), plain(share, 4), plain(1 - share, 4)
    return {"buySellRatio": ratio, "sellVol": sold, "buyVol": bought, "timestamp": time}


def basis(venue: Venue, query: Query) -> object:
    return history(basis_then)(venue, {**query, "symbol": query.get("pair", "")})


def basis_then(venue: Venue, market: Market, time: int) -> dict[str, object]:
    price = market.price(time) * venue.factor(market.base)
    index = market.index(time) * venue.factor(market.base)
    return {
        "indexPrice": plain(index, 8),
        "contractType": market.contract_type,
        "basisRate": plain((price - index) / index, 4),
        "futuresPrice": plain(price, places(market.tick)),
        "annualizedBasisRate": "",
        "basis": plain(price - index, 8),
        "pair": name_of(market.base),
        "timestamp": time,
    }
