"""Bybit's streams: op subscribe, topics with dots, a snapshot first."""

import json

from tests.venues.bybit.prices import kline as kline_texts
from tests.venues.bybit.prices import ticker as ticker_fields
from tests.venues.bybit.prices import written
from tests.venues.bybit.words import INTERVALS, base_of, name_of
from tests.venues.hub import Connection, Feed
from tests.venues.news import Bar, News
from tests.venues.text import places
from tests.venues.venue import Venue
from tests.venues.world import Liquidation, Trade

KINDS = {"tickers": "ticker", "publicTrade": "trade", "allLiquidation": "liquidation"}


def feed_of(topic: str) -> Feed | None:
    kind, _, rest = topic.partition(".")
    detail, _, name = rest.rpartition(".")
    base = base_of(name)
    if kind == "kline" and detail in INTERVALS:
        return Feed("kline", base, INTERVALS[detail])
    if kind == "orderbook" and detail.isdigit():
        return Feed("depth", base, int(detail))
    return Feed(KINDS[kind], base) if kind in KINDS and not detail else None


async def hear(venue: Venue, connection: Connection, text: str) -> None:
    asked = json.loads(text)
    if asked["op"] == "ping":
        if not venue.faults.deaf(tuple(connection.channels)):
            await connection.send(reply(asked, success=True, words="pong"))
        return
    feeds = {topic: feed_of(topic) for topic in asked.get("args", ())}
    unknown = [t for t, f in feeds.items() if f is None or venue.market(f.base) is None]
    if unknown:
        words = f"error:handler not found,topic:{unknown[0]}"
        await connection.send(reply(asked, success=False, words=words))
        return
    for topic, feed in feeds.items():
        if asked["op"] == "unsubscribe":
            venue.hub.unsubscribe(connection, topic)
        else:
            await venue.subscribe(connection, topic, feed)
    await connection.send(reply(asked, success=True, words=""))
    if asked["op"] == "subscribe":
        for topic, feed in feeds.items():
            await greet(venue, connection, topic, feed)


async def greet(venue: Venue, connection: Connection, topic: str, feed: Feed) -> None:
    """A book begins with a snapshot, which its changes build on."""
    if feed.kind == "depth":
        await connection.send(depth_said(venue, feed, topic, whole=True), topic)
    else:
        await venue.greet(connection, topic, feed)


def reply(asked: dict[str, object], *, success: bool, words: str) -> str:
    told = {"success": success, "ret_msg": words, "conn_id": "fake", "op": asked["op"]}
    return json.dumps(told | ({"req_id": asked["req_id"]} if "req_id" in asked else {}))


def said(venue: Venue, topic: str, data: str, kind: str = "snapshot") -> str:
    return f'{{"topic":"{topic}","type":"{kind}","ts":{venue.told},"data":{data}}}'


def kline(venue: Venue, feed: Feed, topic: str, news: News) -> str:
    assert isinstance(news, Bar)
    market = venue.world[feed.base]
    row = news.row.tolist()
    start, opened, high, low, close, volume, value = kline_texts(
        row, places(market.tick), places(market.step)
    )
    data = (
        f'[{{"start":{start},"end":{row[0] + feed.detail - 1:.0f},'
        f'"interval":"{topic.split(".")[1]}","open":"{opened}","close":"{close}","high":"{high}",'
        f'"low":"{low}","volume":"{volume}","turnover":"{value}",'
        f'"confirm":{"true" if news.closed else "false"},"timestamp":{venue.told}}}]'
    )
    return said(venue, topic, data)


def ticker(venue: Venue, feed: Feed, topic: str, news: News) -> str:
    """Always whole, as a snapshot; the real venue sends changes in between."""
    fields = ticker_fields(venue, venue.world[feed.base]) | {"tickDirection": "PlusTick"}
    text = said(venue, topic, json.dumps(fields, separators=(",", ":")))
    return f'{text[:-1]},"cs":{venue.told}}}'


def depth(venue: Venue, feed: Feed, topic: str, news: News) -> str:
    return depth_said(venue, feed, topic, whole=feed.detail == 1)


def depth_said(venue: Venue, feed: Feed, topic: str, *, whole: bool) -> str:
    market, book = venue.world[feed.base], venue.book(feed.base)
    bids, asks = (book.bids, book.asks) if whole else (book.changed_bids, book.changed_asks)
    count = feed.detail if whole else None
    data = {
        "s": name_of(feed.base),
        "b": written(bids, market)[:count],
        "a": written(asks, market)[:count],
        "u": book.id,
        "seq": book.id,
    }
    return said(venue, topic, json.dumps(data), "snapshot" if whole else "delta")


def trade(venue: Venue, feed: Feed, topic: str, news: News) -> str:
    assert isinstance(news, Trade)
    market = venue.world[feed.base]
    price = f"{news.price * venue.factor(feed.base):.{places(market.tick)}f}"
    data = (
        f'[{{"T":{news.time},"s":"{name_of(feed.base)}",'
        f'"S":"{"Buy" if news.buyer_took else "Sell"}","v":"{news.amount:.{places(market.step)}f}",'
        f'"p":"{price}","L":"PlusTick","i":"{news.id}","BT":false,"RPI":false}}]'
    )
    return said(venue, topic, data)


def liquidation(venue: Venue, feed: Feed, topic: str, news: News) -> str:
    """Bybit names the side of the position: Buy when a long was ended."""
    assert isinstance(news, Liquidation)
    market = venue.world[feed.base]
    price = f"{news.price * venue.factor(feed.base):.{places(market.tick)}f}"
    data = (
        f'[{{"T":{news.time},"s":"{name_of(feed.base)}","S":"{"Buy" if news.sells else "Sell"}",'
        f'"v":"{news.amount:.{places(market.step)}f}","p":"{price}"}}]'
    )
    return said(venue, topic, data)
