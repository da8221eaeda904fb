"""Hyperliquid's streams: a subscription is an object; books come whole."""

import json

from tests.venues.hub import Connection, Feed
from tests.venues.hyperliquid.info import INTERVALS, candle, context, levels, mids, short
from tests.venues.news import Bar, News
from tests.venues.text import places, plain
from tests.venues.venue import Venue
from tests.venues.world import Trade

KINDS = {"activeAssetCtx": "ticker", "l2Book": "depth", "trades": "trade"}


def feed_of(asked: dict[str, str]) -> Feed | None:
    kind, coin = asked.get("type"), asked.get("coin", "")
    if kind == "candle" and asked.get("interval") in INTERVALS:
        return Feed("kline", coin, INTERVALS[asked["interval"]])
    if kind == "allMids":
        return Feed("mini", "*")
    return Feed(KINDS[kind], coin) if kind in KINDS else None


async def hear(venue: Venue, connection: Connection, text: str) -> None:
    asked = json.loads(text)
    if asked["method"] == "ping":
        if not venue.faults.deaf(tuple(connection.channels)):
            await connection.send('{"channel":"pong"}')
        return
    wanted = asked["subscription"]
    channel, feed = json.dumps(wanted, separators=(",", ":")), feed_of(wanted)
    if feed is None or (feed.base != "*" and venue.market(feed.base) is None):
        await connection.send(said("error", f"Invalid subscription {channel}"))
        return
    if asked["method"] == "unsubscribe":
        venue.hub.unsubscribe(connection, channel)
    else:
        await venue.subscribe(connection, channel, feed)
    await connection.send(said("subscriptionResponse", asked))
    if asked["method"] == "subscribe":
        await venue.greet(connection, channel, feed)


def said(channel: str, data: object) -> str:
    return json.dumps({"channel": channel, "data": data}, separators=(",", ":"))


def kline(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Bar)
    interval = json.loads(channel)["interval"]
    row = candle(venue.world[feed.base], news.row.tolist(), feed.detail, interval)
    return said("candle", row)


def ticker(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said(
        "activeAssetCtx", {"coin": feed.base, "ctx": context(venue, venue.world[feed.base])}
    )


def all_mids(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said("allMids", {"mids": mids(venue)})


def depth(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said("l2Book", levels(venue, venue.world[feed.base]))


def trade(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Trade)
    market = venue.world[feed.base]
    told = {
        "coin": feed.base,
        "side": "B" if news.buyer_took else "A",
        "px": short(news.price * venue.factor(feed.base), market),
        "sz": plain(news.amount, places(market.step)),
        "time": news.time,
        "hash": f"0x{news.id:064x}",
        "tid": news.id,
        "users": ["0x" + "0" * 40, "0x" + "1" * 40],
    }
    return said("trades", [told])
