"""OKX's streams: channels with arguments; candles on /business, the rest on /public."""

import json

from tests.venues.hub import Connection, Feed
from tests.venues.news import Bar, News
from tests.venues.okx.crowd import funding_now, interest_now
from tests.venues.okx.prices import candle, mark_price, written
from tests.venues.okx.prices import ticker as ticker_fields
from tests.venues.okx.words import BARS, base_of, contracts, name_of
from tests.venues.text import places, plain
from tests.venues.venue import Venue
from tests.venues.world import Liquidation, Trade

Argument = dict[str, str]
KINDS = {"tickers": "ticker", "mark-price": "mark", "trades": "trade"}
MORE = {"funding-rate": "funding", "open-interest": "interest"}
DEPTHS = {"bbo-tbt": 1, "books5": 5, "books": 0}


def feed_of(path: str, argument: Argument) -> Feed | None:
    channel, base = argument["channel"], base_of(argument.get("instId", ""))
    if channel == "liquidation-orders":
        return Feed("liquidation", "*")
    if channel.startswith("candle") and channel.removeprefix("candle") in BARS:
        business = "/business" in path
        return Feed("kline", base, BARS[channel.removeprefix("candle")]) if business else None
    if channel in DEPTHS:
        return Feed("depth", base, DEPTHS[channel])
    kind = (KINDS | MORE).get(channel)
    return Feed(kind, base) if kind else None


async def hear(venue: Venue, connection: Connection, text: str) -> None:
    if text == "ping":
        if not venue.faults.deaf(tuple(connection.channels)):
            await connection.send("pong")
        return
    asked = json.loads(text)
    for argument in asked.get("args", ()):
        await heard(venue, connection, asked["op"], argument)


async def heard(venue: Venue, connection: Connection, verb: str, argument: Argument) -> None:
    channel, feed = json.dumps(argument, separators=(",", ":")), feed_of(connection.path, argument)
    if feed is None or (feed.base != "*" and venue.market(feed.base) is None):
        words = f"Wrong URL or channel:{argument['channel']} doesn't exist."
        told = {"event": "error", "code": "60018", "msg": words, "connId": "fake"}
        await connection.send(json.dumps(told))
        return
    if verb == "subscribe":
        await venue.subscribe(connection, channel, feed)
    else:
        venue.hub.unsubscribe(connection, channel)
    await connection.send(json.dumps({"event": verb, "arg": argument, "connId": "fake"}))
    if verb == "subscribe":
        await greet(venue, connection, channel, feed)


async def greet(venue: Venue, connection: Connection, channel: str, feed: Feed) -> None:
    if feed.kind == "depth":
        await connection.send(depth_said(venue, feed, channel, whole=True), channel)
    else:
        await venue.greet(connection, channel, feed)


def said(channel: str, *data: object, **more: object) -> str:
    head = "".join(f'"{key}":"{value}",' for key, value in more.items())
    return f'{{"arg":{channel},{head}"data":{json.dumps(data, separators=(",", ":"))}}}'


def kline(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Bar)
    row = candle(venue, venue.world[feed.base], news.row.tolist(), feed.detail)
    row[-1] = "1" if news.closed else "0"
    return said(channel, row)


def ticker(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said(channel, ticker_fields(venue, venue.world[feed.base]))


def mark(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said(channel, mark_price(venue, venue.world[feed.base]))


def funding(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said(channel, funding_now(venue, venue.world[feed.base]))


def interest(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said(channel, interest_now(venue, venue.world[feed.base]))


def depth(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return depth_said(venue, feed, channel, whole=feed.detail > 0)


def depth_said(venue: Venue, feed: Feed, channel: str, *, whole: bool) -> str:
    """`books` is a snapshot and its changes, chained by sequence; the others are always whole."""
    market, book = venue.world[feed.base], venue.book(feed.base)
    bids, asks = (book.bids, book.asks) if whole else (book.changed_bids, book.changed_asks)
    count = feed.detail or None
    data = {
        "asks": written(asks, market)[:count],
        "bids": written(bids, market)[:count],
        "ts": str(venue.told),
        "seqId": book.id,
    }
    if feed.detail:
        return said(channel, data)
    action = "snapshot" if whole else "update"
    data |= {"prevSeqId": -1 if whole else book.id - 1, "checksum": 0}
    return said(channel, data, action=action)


def trade(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Trade)
    market = venue.world[feed.base]
    data = {
        "instId": name_of(feed.base),
        "tradeId": str(news.id),
        "px": plain(news.price * venue.factor(feed.base), places(market.tick)),
        "sz": contracts(market, news.amount),
        "side": "buy" if news.buyer_took else "sell",
        "ts": str(news.time),
        "count": "1",
        "source": "0",
        "seqId": news.id,
    }
    return said(channel, data)


def liquidation(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Liquidation)
    market = venue.world[news.base]
    detail = {
        "bkLoss": "0",
        "bkPx": plain(news.price * venue.factor(news.base), places(market.tick)),
        "ccy": "",
        "posSide": "long" if news.sells else "short",
        "side": "sell" if news.sells else "buy",
        "sz": contracts(market, news.amount),
        "ts": str(news.time),
    }
    family = f"{news.base}-USDT"
    names = {"instFamily": family, "instId": name_of(news.base), "instType": "SWAP", "uly": family}
    return said(channel, {"details": [detail]} | names)
