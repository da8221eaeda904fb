"""Binance's candles and prices over HTTP."""

from collections.abc import Callable

from tests.venues.answers import as_json
from tests.venues.binance.words import depth_limit, interval, limit, name_of, wanted
from tests.venues.book import Side
from tests.venues.news import Query
from tests.venues.series import TIME, VOLUME, Rows
from tests.venues.spans import first_of, number
from tests.venues.text import places, plain
from tests.venues.venue import Venue
from tests.venues.world import Market


def span(venue: Venue, query: Query, market: Market, most: int) -> Rows:
    edges = number(query.get("startTime")), number(query.get("endTime"))
    return first_of(venue, market.base, interval(query), limit(query, 500, most), *edges)


def klines(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    rows, width = span(venue, query, market, 1500), interval(query)
    price, size = places(market.tick), places(market.step)
    return as_json("[" + ",".join(kline(row, width, price, size) for row in rows.tolist()) + "]")


def kline(row: list[float], width: int, price: int, size: int) -> str:
    time, opened, high, low, close, volume = row
    value, count = volume * (high + low + close) / 3, trades_in(volume)
    return (
        f'[{time:.0f},"{opened:.{price}f}","{high:.{price}f}","{low:.{price}f}","{close:.{price}f}",'
        f'"{volume:.{size}f}",{time + width - 1:.0f},"{value:.5f}",{count},'
        f'"{volume / 2:.{size}f}","{value / 2:.5f}","0"]'
    )


def trades_in(volume: float) -> int:
    return int(volume * 10) + 1 if volume else 0


def priced_klines(
    ratio: Callable[[Venue, Market], float], key: str
) -> Callable[[Venue, Query], object]:
    """Candles of a price that stays a ratio away from the last one, without volume."""

    def answer(venue: Venue, query: Query) -> object:
        market = wanted(venue, query, key)
        rows, width = span(venue, query, market, 1500), interval(query)
        rows[:, 1:VOLUME] *= ratio(venue, market)
        return [flat(int(row[TIME]), row[1:VOLUME], width) for row in rows]

    return answer


def flat(time: int, prices: Rows, width: int) -> list[object]:
    texts = [plain(price, 8) for price in prices]
    return [time, *texts, "0", time + width - 1, "0", 60, "0", "0", "0"]


def mark_ratio(venue: Venue, market: Market) -> float:
    return 1 + market.mark_premium


def index_ratio(venue: Venue, market: Market) -> float:
    return 1 + market.index_premium


def each(make: Callable[[Venue, Market], dict[str, object]]) -> Callable[[Venue, Query], object]:
    """One object for a symbol, a list of all without one."""

    def answer(venue: Venue, query: Query) -> object:
        if "symbol" in query:
            return make(venue, wanted(venue, query))
        return [make(venue, market) for market in venue.listed()]

    return answer


def ticker_24hr(venue: Venue, market: Market) -> dict[str, object]:
    day, price = venue.day(market.base), places(market.tick)
    change = day["last"] - day["open"]
    average = day["value"] / day["volume"] if day["volume"] else day["last"]
    last_id = market.trades[-1].id if market.trades else 0
    return {
        "symbol": name_of(market.base),
        "priceChange": plain(change, price),
        "priceChangePercent": plain(100 * change / day["open"], 3),
        "weightedAvgPrice": plain(average, price),
        "lastPrice": plain(day["last"], price),
        "lastQty": plain(market.trades[-1].amount if market.trades else 0, places(market.step)),
        "openPrice": plain(day["open"], price),
        "highPrice": plain(day["high"], price),
        "lowPrice": plain(day["low"], price),
        "volume": plain(day["volume"], places(market.step)),
        "quoteVolume": plain(day["value"], 2),
        "openTime": venue.told - 86_400_000,
        "closeTime": venue.told,
        "firstId": 1,
        "lastId": last_id,
        "count": max(last_id, 1),
    }


def ticker_price(venue: Venue, market: Market) -> dict[str, object]:
    price = plain(venue.price(market.base), places(market.tick))
    return {"symbol": name_of(market.base), "price": price, "time": venue.told}


def book_ticker(venue: Venue, market: Market) -> dict[str, object]:
    (bid, ask), size = venue.spread(market.base), plain(market.step * 10, places(market.step))
    digits = places(market.tick)
    return {
        "symbol": name_of(market.base),
        "bidPrice": plain(bid, digits),
        "bidQty": size,
        "askPrice": plain(ask, digits),
        "askQty": size,
        "time": venue.told,
        "lastUpdateId": venue.book(market.base).id,
    }


def premium_index(venue: Venue, market: Market) -> dict[str, object]:
    return {
        "symbol": name_of(market.base),
        "markPrice": plain(venue.mark(market.base), 8),
        "indexPrice": plain(venue.index(market.base), 8),
        "estimatedSettlePrice": plain(venue.index(market.base), 8),
        "lastFundingRate": plain(market.next_rate, 8),
        "interestRate": "0.00010000",
        "nextFundingTime": market.next_funding(venue.now),
        "time": venue.told,
    }


def depth(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    book, count = venue.book(market.base), depth_limit(query)
    return {
        "lastUpdateId": book.id,
        "E": venue.told,
        "T": venue.told,
        "bids": written(book.bids, market)[:count],
        "asks": written(book.asks, market)[:count],
    }


def written(levels: Side, market: Market) -> list[list[str]]:
    price, size = places(market.tick), places(market.step)
    return [[plain(p, price), plain(a, size)] for p, a in levels.items()]


def agg_trades(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    price, size = places(market.tick), places(market.step)
    return [
        {
            "a": t.id,
            "p": plain(t.price * venue.factor(market.base), price),
            "q": plain(t.amount, size),
            "nq": plain(t.amount, size),
            "f": t.id,
            "l": t.id,
            "T": t.time,
            "m": not t.buyer_took,
        }
        for t in list(market.trades)[-limit(query, 500, 1000) :]
    ]


def recent_trades(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    price, size = places(market.tick), places(market.step)
    return [
        {
            "id": t.id,
            "price": plain(t.price * venue.factor(market.base), price),
            "qty": plain(t.amount, size),
            "quoteQty": plain(t.price * t.amount * venue.factor(market.base), 2),
            "time": t.time,
            "isBuyerMaker": not t.buyer_took,
            "isRPITrade": False,
        }
        for t in list(market.trades)[-limit(query, 500, 1000) :]
    ]
