"""Markets, candles and prices of the Korean venues over HTTP, in won."""

from datetime import datetime

from tests.venues.answers import Refused
from tests.venues.korea.words import (
    SEOUL,
    SPANS,
    UNITS,
    clock,
    count,
    error,
    moment,
    name_of,
    named,
    wanted,
)
from tests.venues.news import Query
from tests.venues.series import CLOSE, DAY, OPEN, VOLUME, Rows
from tests.venues.venue import Venue
from tests.venues.world import Market, Trade


def markets(venue: Venue, query: Query) -> object:
    return [
        {"market": name_of(m.base), "korean_name": m.base, "english_name": m.base}
        for m in venue.listed()
    ]


def candles(venue: Venue, query: Query) -> object:
    """Older than `to`, newest first; minutes in which nobody traded have no candle."""
    market = wanted(venue, query.get("market"))
    key = "unit" if "unit" in query else "span"
    widths = UNITS if key == "unit" else SPANS
    if query[key] not in widths:
        raise Refused(error("invalid_parameter", f"{key} is invalid", 400))
    width, asked = widths[query[key]], count(query, 1)
    rows = venue.newest(market.base, width, asked + 60, upper(query))
    traded = rows[rows[:, VOLUME] > 0][-asked:][::-1]
    return [candle(venue, market, row, query) for row in traded.tolist()]


def upper(query: Query) -> int | None:
    if not query.get("to"):
        return None
    text = str(query["to"]).replace(" ", "T").removesuffix("Z")
    return int(datetime.fromisoformat(text + "+00:00").timestamp() * 1000)


def candle(venue: Venue, market: Market, row: list[float], query: Query) -> dict[str, object]:
    time, opened, high, low, close, volume = row
    told: dict[str, object] = {
        "market": name_of(market.base),
        "candle_date_time_utc": clock(time),
        "candle_date_time_kst": clock(time, SEOUL),
        "opening_price": opened,
        "high_price": high,
        "low_price": low,
        "trade_price": close,
        "timestamp": venue.told,
        "candle_acc_trade_price": volume * (high + low + close) / 3,
        "candle_acc_trade_volume": volume,
    }
    return told | (
        {"unit": int(query["unit"])} if "unit" in query else {"prev_closing_price": opened}
    )


def tickers(venue: Venue, query: Query) -> object:
    return [{"market": name_of(m.base)} | ticker(venue, m) for m in named(venue, query)]


def all_tickers(venue: Venue, query: Query) -> object:
    if "KRW" not in str(query.get("quote_currencies", "")):
        return []
    return [{"market": name_of(m.base)} | ticker(venue, m) for m in venue.listed()]


def today(venue: Venue, market: Market) -> Rows:
    """The candles since the venue's day began: nine o'clock in Seoul."""
    begun = venue.now // DAY * DAY
    rows = venue.bars(market.base, market.series.grid, begun, venue.now + 1)
    return rows if len(rows) else venue.newest(market.base, market.series.grid, 1)


def ticker(venue: Venue, market: Market) -> dict[str, object]:
    rows, day, now = today(venue, market), venue.day(market.base), venue.told
    opened, last = float(rows[0, OPEN]), float(rows[-1, CLOSE])
    change, seoul = last - opened, moment(now) + SEOUL
    return {
        "trade_date": f"{moment(now):%Y%m%d}",
        "trade_time": f"{moment(now):%H%M%S}",
        "trade_date_kst": f"{seoul:%Y%m%d}",
        "trade_time_kst": f"{seoul:%H%M%S}",
        "trade_timestamp": now,
        "opening_price": opened,
        "high_price": float(rows[:, 2].max()),
        "low_price": float(rows[:, 3].min()),
        "trade_price": last,
        "prev_closing_price": opened,
        "change": "RISE" if change > 0 else "FALL" if change < 0 else "EVEN",
        "change_price": abs(change),
        "change_rate": abs(change) / opened,
        "signed_change_price": change,
        "signed_change_rate": change / opened,
        "trade_volume": market.trades[-1].amount if market.trades else 0.0,
        "acc_trade_price": float((rows[:, VOLUME] * rows[:, CLOSE]).sum()),
        "acc_trade_price_24h": day["value"],
        "acc_trade_volume": float(rows[:, VOLUME].sum()),
        "acc_trade_volume_24h": day["volume"],
        "highest_52_week_price": day["high"],
        "highest_52_week_date": f"{moment(now):%Y-%m-%d}",
        "lowest_52_week_price": day["low"],
        "lowest_52_week_date": f"{moment(now):%Y-%m-%d}",
        "timestamp": now,
    }


def order_books(venue: Venue, query: Query) -> object:
    depth = int(query.get("count") or 30)
    return [{"market": name_of(m.base)} | book(venue, m, depth) for m in named(venue, query)]


def book(venue: Venue, market: Market, depth: int) -> dict[str, object]:
    whole = venue.book(market.base)
    pairs = zip(list(whole.asks.items())[:depth], list(whole.bids.items())[:depth], strict=True)
    return {
        "timestamp": venue.told,
        "total_ask_size": sum(whole.asks.values()),
        "total_bid_size": sum(whole.bids.values()),
        "orderbook_units": [
            {"ask_price": ask, "bid_price": bid, "ask_size": ask_size, "bid_size": bid_size}
            for (ask, ask_size), (bid, bid_size) in pairs
        ],
        "level": 0,
    }


def ticks(venue: Venue, query: Query) -> object:
    market = wanted(venue, query.get("market"))
    shown = list(market.trades)[-count(query, 1) :][::-1]
    return [{"market": name_of(market.base)} | tick(venue, market, one) for one in shown]


def tick(venue: Venue, market: Market, trade: Trade) -> dict[str, object]:
    price = trade.price * venue.factor(market.base)
    return {
        "trade_date_utc": f"{moment(trade.time):%Y-%m-%d}",
        "trade_time_utc": f"{moment(trade.time):%H:%M:%S}",
        "timestamp": trade.time,
        "trade_price": price,
        "trade_volume": trade.amount,
        "prev_closing_price": price,
        "change_price": 0.0,
        "ask_bid": "BID" if trade.buyer_took else "ASK",
        "sequential_id": trade.id,
    }
