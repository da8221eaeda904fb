"""Bybit's markets, candles and prices over HTTP."""

from collections.abc import Callable

from tests.venues.answers import Refused
from tests.venues.book import Side
from tests.venues.bybit.words import (
    INTERVALS,
    QUOTE,
    asked,
    enveloped,
    error,
    limit,
    name_of,
    wanted,
)
from tests.venues.news import Query
from tests.venues.series import OPEN, TIME, VOLUME, Rows
from tests.venues.spans import last_of, number
from tests.venues.text import bare, places, plain
from tests.venues.venue import Venue
from tests.venues.world import Market


def instruments(venue: Venue, query: Query) -> object:
    """Announced listings (PreLaunch) there are none."""
    shown = [] if query.get("status") else asked(venue, query)
    category = query.get("category", "")
    rows = [listing(market) for market in shown]
    return enveloped(venue, {"category": category, "list": rows, "nextPageCursor": ""})


def listing(market: Market) -> dict[str, object]:
    tick, step = bare(market.tick), bare(market.step)
    return {
        "symbol": name_of(market.base),
        "contractType": "LinearPerpetual",
        "status": "Trading",
        "baseCoin": market.base,
        "quoteCoin": QUOTE,
        "launchTime": str(market.onboarded),
        "deliveryTime": str(market.delisted or 0),
        "deliveryFeeRate": "",
        "priceScale": str(places(market.tick)),
        "leverageFilter": {"minLeverage": "1", "maxLeverage": "100.00", "leverageStep": "0.01"},
        "priceFilter": {"minPrice": tick, "maxPrice": "1999999.80", "tickSize": tick},
        "lotSizeFilter": {
            "maxOrderQty": "1190.000",
            "minOrderQty": step,
            "qtyStep": step,
            "postOnlyMaxOrderQty": "1190.000",
            "maxMktOrderQty": "500.000",
            "minNotionalValue": bare(market.min_notional),
        },
        "unifiedMarginTrade": True,
        "fundingInterval": market.funding_hours * 60,
        "settleCoin": QUOTE,
        "copyTrading": "both",
        "upperFundingRate": "0.005",
        "lowerFundingRate": "-0.005",
        "isPreListing": False,
        "preListingInfo": None,
        "symbolType": "",
    }


def span(venue: Venue, query: Query, market: Market) -> Rows:
    if query.get("interval") not in INTERVALS:
        raise Refused(error(10001, "params error: The interval is invalid"))
    edges = number(query.get("start")), number(query.get("end"))
    width, count = INTERVALS[query["interval"]], limit(query, 200, 1000)
    return last_of(venue, market.base, width, count, *edges)[::-1]


def klines(venue: Venue, query: Query) -> object:
    """Newest first."""
    market = wanted(venue, query)
    price, size = places(market.tick), places(market.step)
    rows = [kline(row, price, size) for row in span(venue, query, market).tolist()]
    return enveloped(venue, {"symbol": query["symbol"], "category": "linear", "list": rows})


def kline(row: list[float], price: int, size: int) -> list[str]:
    time, *prices, volume = row
    value = volume * (prices[1] + prices[2] + prices[3]) / 3
    texts = [f"{p:.{price}f}" for p in prices]
    return [f"{time:.0f}", *texts, f"{volume:.{size}f}", f"{value:.4f}"]


def priced_klines(premium: Callable[[Market], float]) -> Callable[[Venue, Query], object]:
    """Candles of the mark or the index price."""

    def answer(venue: Venue, query: Query) -> object:
        market = wanted(venue, query)
        rows = span(venue, query, market)
        rows[:, OPEN:VOLUME] *= 1 + premium(market)
        shown = [[f"{r[TIME]:.0f}", *(plain(p, 8) for p in r[OPEN:VOLUME])] for r in rows]
        return enveloped(venue, {"symbol": query["symbol"], "category": "linear", "list": shown})

    return answer


def tickers(venue: Venue, query: Query) -> object:
    rows = [ticker(venue, market) for market in asked(venue, query)]
    return enveloped(venue, {"category": query.get("category", ""), "list": rows})


def ticker(venue: Venue, market: Market) -> dict[str, object]:
    day, digits, base = venue.day(market.base), places(market.tick), market.base
    (bid, ask), interest = venue.spread(base), market.open_interest(venue.now)
    size = plain(market.step * 10, places(market.step))
    return {
        "symbol": name_of(base),
        "lastPrice": plain(day["last"], digits),
        "indexPrice": plain(venue.index(base), 8),
        "markPrice": plain(venue.mark(base), 8),
        "prevPrice24h": plain(day["open"], digits),
        "price24hPcnt": plain(day["last"] / day["open"] - 1, 6),
        "highPrice24h": plain(day["high"], digits),
        "lowPrice24h": plain(day["low"], digits),
        "prevPrice1h": plain(day["open"], digits),
        "openInterest": plain(interest, places(market.step)),
        "openInterestValue": plain(interest * venue.mark(base), 2),
        "turnover24h": plain(day["value"], 4),
        "volume24h": plain(day["volume"], places(market.step)),
        "fundingRate": plain(market.next_rate, 8),
        "nextFundingTime": str(market.next_funding(venue.now)),
        "predictedDeliveryPrice": "",
        "basisRate": "",
        "deliveryFeeRate": "",
        "deliveryTime": str(market.delisted or 0),
        "ask1Size": size,
        "bid1Price": plain(bid, digits),
        "ask1Price": plain(ask, digits),
        "bid1Size": size,
        "basis": "",
        "fundingIntervalHour": str(market.funding_hours),
    }


def order_book(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    book, count = venue.book(market.base), limit(query, 25, 500)
    sides = {
        "b": written(book.bids, market)[:count],
        "a": written(book.asks, market)[:count],
    }
    clocks = {"ts": venue.told, "u": book.id, "seq": book.id, "cts": venue.told}
    return enveloped(venue, {"s": name_of(market.base), **sides, **clocks})


def written(side: Side, market: Market) -> list[list[str]]:
    price, size = places(market.tick), places(market.step)
    return [[plain(p, price), plain(a, size) if a else "0"] for p, a in side.items()]


def recent_trades(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    price, size, factor = places(market.tick), places(market.step), venue.factor(market.base)
    rows = [
        {
            "execId": str(t.id),
            "symbol": name_of(market.base),
            "price": plain(t.price * factor, price),
            "size": plain(t.amount, size),
            "side": "Buy" if t.buyer_took else "Sell",
            "time": str(t.time),
            "isBlockTrade": False,
            "isRPITrade": False,
        }
        for t in list(market.trades)[-limit(query, 500, 1000) :][::-1]
    ]
    return enveloped(venue, {"category": "linear", "list": rows})
