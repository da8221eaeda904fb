"""Bitget's streams: arguments with a channel, a snapshot first; candles carry no closed flag."""

import json

from tests.venues.bitget.rest import candle
from tests.venues.bitget.rest import ticker as ticker_fields
from tests.venues.bitget.words import INTERVALS, QUOTE, name_of
from tests.venues.book import Side
from tests.venues.hub import Connection, Feed
from tests.venues.news import Bar, News
from tests.venues.text import places, plain
from tests.venues.venue import Venue
from tests.venues.world import Market, Trade

Argument = dict[str, str]


def feed_of(argument: Argument) -> Feed | None:
    channel, base = argument.get("channel", ""), argument.get("instId", "").removesuffix(QUOTE)
    if channel.startswith("candle") and channel.removeprefix("candle") in INTERVALS:
        return Feed("kline", base, INTERVALS[channel.removeprefix("candle")])
    if channel.startswith("books"):
        return Feed("depth", base, int(channel.removeprefix("books") or 0))
    return Feed(channel, base) if channel in {"ticker", "trade"} else None


async def hear(venue: Venue, connection: Connection, text: str) -> None:
    if text == "ping":
        if not venue.faults.deaf(tuple(connection.channels)):
            await connection.send("pong")
        return
    asked = json.loads(text)
    for argument in asked.get("args", ()):
        await heard(venue, connection, asked["op"], argument)


async def heard(venue: Venue, connection: Connection, verb: str, argument: Argument) -> None:
    channel, feed = json.dumps(argument, separators=(",", ":")), feed_of(argument)
    if feed is None or venue.market(feed.base) is None:
        told = {"event": "error", "arg": argument, "code": 30001, "msg": "doesn't exist"}
        await connection.send(json.dumps(told))
        return
    if verb == "subscribe":
        await venue.subscribe(connection, channel, feed)
    else:
        venue.hub.unsubscribe(connection, channel)
    await connection.send(json.dumps({"event": verb, "arg": argument}))
    if verb == "subscribe" and feed.kind == "depth":
        await connection.send(depth_said(venue, feed, channel, whole=True), channel)
    elif verb == "subscribe":
        await venue.greet(connection, channel, feed)


def said(venue: Venue, channel: str, data: object, action: str = "snapshot") -> str:
    text = json.dumps(data, separators=(",", ":"))
    return f'{{"action":"{action}","arg":{channel},"data":[{text}],"ts":{venue.told}}}'


def kline(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Bar)
    row = candle(venue.world[feed.base], news.row.tolist())
    return said(venue, channel, [*row, row[-1]], "update")


def ticker(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    fields = ticker_fields(venue, venue.world[feed.base])
    more = {"instId": name_of(feed.base), "symbolType": "1"}
    return said(venue, channel, fields | more)


def trade(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Trade)
    market = venue.world[feed.base]
    data = {
        "ts": str(news.time),
        "price": plain(news.price * venue.factor(feed.base), places(market.tick)),
        "size": plain(news.amount, places(market.step)),
        "side": "buy" if news.buyer_took else "sell",
        "tradeId": str(news.id),
    }
    return said(venue, channel, data, "update")


def depth(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return depth_said(venue, feed, channel, whole=feed.detail > 0)


def depth_said(venue: Venue, feed: Feed, channel: str, *, whole: bool) -> str:
    market, book, count = venue.world[feed.base], venue.book(feed.base), feed.detail or None
    bids, asks = (book.bids, book.asks) if whole else (book.changed_bids, book.changed_asks)
    data = {
        "asks": written(asks, market)[:count],
        "bids": written(bids, market)[:count],
        "seq": book.id,
        "ts": str(venue.told),
    }
    return said(venue, channel, data, "snapshot" if whole else "update")


def written(side: Side, market: Market) -> list[list[str]]:
    price, size = places(market.tick), places(market.step)
    return [[plain(p, price), plain(a, size) if a else "0"] for p, a in side.items()]
