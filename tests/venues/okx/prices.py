"""OKX's instruments, candles and prices over HTTP."""

from tests.venues.book import Side
from tests.venues.news import Query
from tests.venues.okx.words import asked, contracts, limit, listed, name_of, wanted, width_of
from tests.venues.series import OPEN, TIME, VOLUME, Rows
from tests.venues.spans import number
from tests.venues.text import bare, places, plain
from tests.venues.venue import Venue
from tests.venues.world import Market


def instruments(venue: Venue, query: Query) -> object:
    return listed([listing(market) for market in asked(venue, query)])


def listing(market: Market) -> dict[str, object]:
    lot = bare(market.step / market.contracts["okx"])
    empty = ("alias", "auctionEndTime", "baseCcy", "contTdSwTime", "openType", "optType")
    more = ("preMktSwTime", "quoteCcy", "stk", "posLmtAmt", "posLmtPct", "maxMktAmt")
    return dict.fromkeys((*empty, *more, "maxPlatOILmt"), "") | {
        "category": "1",
        "ctMult": "1",
        "ctType": "linear",
        "ctVal": bare(market.contracts["okx"]),
        "ctValCcy": market.base,
        "expTime": str(market.delisted or ""),
        "futureSettlement": False,
        "instFamily": f"{market.base}-USDT",
        "instId": name_of(market.base),
        "instIdCode": 10_459,
        "instType": "SWAP",
        "lever": "100",
        "listTime": str(market.onboarded),
        "lotSz": lot,
        "maxIcebergSz": "100000000.0000000000000000",
        "maxLmtAmt": "20000000",
        "maxLmtSz": "100000000",
        "maxMktSz": "35000",
        "maxStopSz": "35000",
        "maxTriggerSz": "100000000.0000000000000000",
        "maxTwapSz": "100000000.0000000000000000",
        "minSz": lot,
        "ruleType": "normal",
        "settleCcy": "USDT",
        "state": "live",
        "tickSz": bare(market.tick),
        "tradeQuoteCcyList": [],
        "uly": f"{market.base}-USDT",
    }


def span(venue: Venue, query: Query, market: Market, width: int, count: int) -> Rows:
    """Newer than `before`, older than `after` (neither included); newest first."""
    after, before = number(query.get("after")), number(query.get("before"))
    rows = venue.newest(market.base, width, count, after)
    return rows[rows[:, TIME] > (before or 0)][-count:][::-1]


def candles(venue: Venue, query: Query) -> object:
    market, width = wanted(venue, query), width_of(query, "bar", "1m")
    rows = span(venue, query, market, width, limit(query, 100, 300))
    return listed([candle(venue, market, row, width) for row in rows.tolist()])


def history_candles(venue: Venue, query: Query) -> object:
    """Only candles that have closed."""
    market, width = wanted(venue, query), width_of(query, "bar", "1m")
    rows = span(venue, query, market, width, limit(query, 100, 300))
    done = rows[rows[:, TIME] + width <= venue.now]
    return listed([candle(venue, market, row, width) for row in done.tolist()])


def candle(venue: Venue, market: Market, row: list[float], width: int) -> list[str]:
    """Volume in contracts, in coins and in dollars; the last word says whether it has closed."""
    time, *prices, volume = row
    value = volume * (prices[1] + prices[2] + prices[3]) / 3
    texts = [plain(price, places(market.tick)) for price in prices]
    coins, confirmed = plain(volume, places(market.step) + 4), time + width <= venue.now
    volumes = [contracts(market, volume), coins, plain(value, 4)]
    return [f"{time:.0f}", *texts, *volumes, "1" if confirmed else "0"]


def mark_candles(venue: Venue, query: Query) -> object:
    market, width = wanted(venue, query), width_of(query, "bar", "1m")
    rows = span(venue, query, market, width, limit(query, 100, 100))
    rows[:, OPEN:VOLUME] *= 1 + market.mark_premium
    return listed(
        [
            [f"{r[TIME]:.0f}", *(plain(p, 8) for p in r[OPEN:VOLUME]), closed(venue, r, width)]
            for r in rows
        ]
    )


def closed(venue: Venue, row: Rows, width: int) -> str:
    return "1" if row[TIME] + width <= venue.now else "0"


def tickers(venue: Venue, query: Query) -> object:
    return listed([ticker(venue, market) for market in asked(venue, query)])


def ticker(venue: Venue, market: Market) -> dict[str, object]:
    day, digits, (bid, ask) = (
        venue.day(market.base),
        places(market.tick),
        venue.spread(market.base),
    )
    size = contracts(market, float(market.step) * 10)
    return {
        "instType": "SWAP",
        "instId": name_of(market.base),
        "last": plain(day["last"], digits),
        "lastSz": size,
        "askPx": plain(ask, digits),
        "askSz": size,
        "bidPx": plain(bid, digits),
        "bidSz": size,
        "open24h": plain(day["open"], digits),
        "high24h": plain(day["high"], digits),
        "low24h": plain(day["low"], digits),
        "volCcy24h": plain(day["volume"], 4),
        "vol24h": contracts(market, day["volume"]),
        "ts": str(venue.told),
        "sodUtc0": plain(day["open"], digits),
        "sodUtc8": plain(day["open"], digits),
    }


def mark_prices(venue: Venue, query: Query) -> object:
    return listed([mark_price(venue, market) for market in asked(venue, query)])


def mark_price(venue: Venue, market: Market) -> dict[str, object]:
    return {
        "instType": "SWAP",
        "instId": name_of(market.base),
        "markPx": plain(venue.mark(market.base), 8),
        "ts": str(venue.told),
    }


def order_book(venue: Venue, query: Query) -> object:
    market, count = wanted(venue, query), min(int(query.get("sz") or 1), 400)
    book = venue.book(market.base)
    sides = {
        "asks": written(book.asks, market)[:count],
        "bids": written(book.bids, market)[:count],
    }
    return listed([{**sides, "ts": str(venue.told), "seqId": book.id}])


def written(side: Side, market: Market) -> list[list[str]]:
    digits = places(market.tick)
    return [[plain(p, digits), contracts(market, a), "0", "1"] for p, a in side.items()]


def recent_trades(venue: Venue, query: Query) -> object:
    market = wanted(venue, query)
    digits, factor = places(market.tick), venue.factor(market.base)
    return listed(
        [
            {
                "instId": name_of(market.base),
                "side": "buy" if t.buyer_took else "sell",
                "sz": contracts(market, t.amount),
                "source": "0",
                "px": plain(t.price * factor, digits),
                "tradeId": str(t.id),
                "ts": str(t.time),
            }
            for t in list(market.trades)[-limit(query, 100, 500) :][::-1]
        ]
    )
