"""Bitget's USDT futures over HTTP (API v2)."""

from collections.abc import Callable

from tests.venues.answers import Refused
from tests.venues.bitget.words import (
    INTERVALS,
    PERIODS,
    PRODUCT,
    QUOTE,
    enveloped,
    error,
    limit,
    name_of,
    wanted,
)
from tests.venues.book import Side
from tests.venues.news import Query
from tests.venues.series import OPEN, VOLUME
from tests.venues.spans import last_of, moments, number
from tests.venues.text import bare, places, plain
from tests.venues.venue import Venue
from tests.venues.world import Market


def contracts(venue: Venue, query: Query) -> object:
    shown = venue.listed() if query.get("productType") == PRODUCT else []
    return enveloped(venue, [listing(market) for market in shown])


def listing(market: Market) -> dict[str, object]:
    step = bare(market.step)
    return {
        "symbol": name_of(market.base),
        "baseCoin": market.base,
        "quoteCoin": QUOTE,
        "buyLimitPriceRatio": "0.05",
        "sellLimitPriceRatio": "0.05",
        "feeRateUpRatio": "0.005",
        "makerFeeRate": "0.0002",
        "takerFeeRate": "0.0006",
        "openCostUpRatio": "0.01",
        "supportMarginCoins": [QUOTE],
        "minTradeNum": step,
        "priceEndStep": "1",
        "volumePlace": str(places(market.step)),
        "pricePlace": str(places(market.tick)),
        "sizeMultiplier": step,
        "symbolType": "perpetual",
        "minTradeUSDT": bare(market.min_notional),
        "maxSymbolOrderNum": "200",
        "maxProductOrderNum": "1000",
        "maxPositionNum": "150",
        "symbolStatus": "normal",
        "offTime": str(market.delisted or -1),
        "limitOpenTime": "-1",
        "deliveryTime": "",
        "deliveryStartTime": "",
        "launchTime": str(market.onboarded),
        "fundInterval": str(market.funding_hours),
        "minLever": "1",
        "maxLever": "125",
        "posLimit": "0.05",
        "maintainTime": "",
    }


def candles(most: int, premium: Callable[[Market], float] = lambda market: 0.0) -> object:
    """Before `endTime`, oldest first; of a range that is too long the newest part."""

    def answer(venue: Venue, query: Query) -> object:
        market = wanted(venue, query)
        if query.get("granularity") not in INTERVALS:
            raise Refused(error("40020", "Parameter granularity error"))
        width, end = INTERVALS[query["granularity"]], number(query.get("endTime"))
        edges = number(query.get("startTime")), None if end is None else end - 1
        rows = last_of(venue, market.base, width, limit(query, 100, most), *edges)
        rows[:, OPEN:VOLUME] *= 1 + premium(market)
        return enveloped(venue, [candle(market, row) for row in rows.tolist()])

    return answer


def candle(market: Market, row: list[float]) -> list[str]:
    time, *prices, volume = row
    texts = [plain(price, places(market.tick)) for price in prices]
    value = volume * (prices[1] + prices[2] + prices[3]) / 3
    return [f"{time:.0f}", *texts, plain(volume, places(market.step)), plain(value, 4)]


def tickers(venue: Venue, query: Query) -> object:
    shown = [wanted(venue, query)] if query.get("symbol") else venue.listed()
    return enveloped(venue, [ticker(venue, market) for market in shown])


def ticker(venue: Venue, market: Market) -> dict[str, object]:
    base, digits, day = market.base, places(market.tick), venue.day(market.base)
    (bid, ask), size = venue.spread(base), plain(market.step * 10, places(market.step))
    change = plain(day["last"] / day["open"] - 1, 5)
    return {
        "symbol": name_of(base),
        "lastPr": plain(day["last"], digits),
        "askPr": plain(ask, digits),
        "bidPr": plain(bid, digits),
        "bidSz": size,
        "askSz": size,
        "high24h": plain(day["high"], digits),
        "low24h": plain(day["low"], digits),
        "ts": str(venue.told),
        "change24h": change,
        "baseVolume": plain(day["volume"], places(market.step)),
        "quoteVolume": plain(day["value"], 4),
        "usdtVolume": plain(day["value"], 4),
        "openUtc": plain(day["open"], digits),
        "changeUtc24h": change,
        "indexPrice": plain(venue.index(base), 8),
        "fundingRate": plain(market.next_rate, 6),
        "holdingAmount": plain(market.open_interest(venue.now), places(market.step)),
        "deliveryStartTime": None,
        "deliveryTime": None,
        "deliveryStatus": "",
        "open24h": plain(day["open"], digits),
        "markPrice": plain(venue.mark(base), 8),
    }


def symbol_price(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    prices = {
        "symbol": name_of(market.base),
        "price": plain(venue.price(market.base), places(market.tick)),
        "indexPrice": plain(venue.index(market.base), 8),
        "markPrice": plain(venue.mark(market.base), 8),
        "ts": str(venue.told),
    }
    return enveloped(venue, [prices])


def fund_rate(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    told = {
        "symbol": name_of(market.base),
        "fundingRate": plain(market.next_rate, 6),
        "fundingRateInterval": str(market.funding_hours),
        "nextUpdate": str(market.next_funding(venue.now)),
        "minFundingRate": "-0.003",
        "maxFundingRate": "0.003",
    }
    return enveloped(venue, [told])


def funding_time(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    due, hours = str(market.next_funding(venue.now)), str(market.funding_hours)
    told = {"symbol": name_of(market.base), "nextFundingTime": due, "ratePeriod": hours}
    return enveloped(venue, [told])


def fund_history(venue: Venue, query: Query) -> object:
    """Pages, newest first."""
    market = wanted(venue, query)
    size, page = limit(query, 20, 100, "pageSize"), int(query.get("pageNo") or 1)
    stamps = venue.funding(market.base)[::-1][size * (page - 1) : size * page]
    name = name_of(market.base)
    rows = [
        {"symbol": name, "fundingRate": plain(rate, 8), "fundingTime": str(time)}
        for time, rate in stamps
    ]
    return enveloped(venue, rows)


def open_interest(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    size = plain(market.open_interest(venue.now), places(market.step))
    rows = [{"symbol": name_of(market.base), "size": size}]
    return enveloped(venue, {"openInterestList": rows, "ts": str(venue.told)})


def long_short(venue: Venue, query: Query) -> object:
    market, width = wanted(venue, query), PERIODS.get(query.get("period", "5m"), PERIODS["5m"])
    rows = []
    for time in moments(venue, width, 30, None, None):
        share = market.long_share(time)
        accounts = {"longAccountRatio": plain(share, 4), "shortAccountRatio": plain(1 - share, 4)}
        ratio = plain(share / (1 - share), 4)
        rows.append({**accounts, "longShortAccountRatio": ratio, "ts": str(time)})
    return enveloped(venue, rows)


def merge_depth(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    book, count = venue.book(market.base), limit(query, 100, 100)
    sides = {"asks": numbers(book.asks)[:count], "bids": numbers(book.bids)[:count]}
    more = {"precision": "scale0", "scale": bare(market.tick), "isMaxPrecision": "NO"}
    return enveloped(venue, {**sides, "ts": str(venue.told), **more})


def numbers(side: Side) -> list[list[float]]:
    return [[price, amount] for price, amount in side.items()]


def position_levers(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    rows = [
        {
            "symbol": name_of(market.base),
            "level": str(level),
            "startUnit": str(tier.floor),
            "endUnit": str(tier.cap),
            "leverage": str(tier.leverage),
            "keepMarginRate": bare(tier.maintenance),
        }
        for level, tier in enumerate(market.tiers, start=1)
    ]
    return enveloped(venue, rows)
