"""Gate's streams: channels of `futures.`, one payload a subscription."""

import json

from tests.venues.gate.rest import candle, written
from tests.venues.gate.rest import ticker as ticker_fields
from tests.venues.gate.words import INTERVALS, SUFFIX, contracts, name_of
from tests.venues.hub import Connection, Feed
from tests.venues.news import Bar, News
from tests.venues.text import places, plain
from tests.venues.venue import Venue
from tests.venues.world import Trade

KINDS = {"tickers": "ticker", "trades": "trade", "book_ticker": "book"}


def feeds_of(channel: str, payload: list[str]) -> dict[str, Feed]:
    """What a subscription means, by a name of our own for each of its parts."""
    topic = channel.removeprefix("futures.")
    if topic == "candlesticks" and payload[0] in INTERVALS:
        base = payload[1].removesuffix(SUFFIX)
        return {f"{channel}|{payload[0]}": Feed("kline", base, INTERVALS[payload[0]])}
    if topic == "order_book_update":
        return {channel: Feed("depth", payload[0].removesuffix(SUFFIX))}
    if topic not in KINDS:
        return {}
    return {f"{channel}|{n}": Feed(KINDS[topic], n.removesuffix(SUFFIX)) for n in payload}


async def hear(venue: Venue, connection: Connection, text: str) -> None:
    asked = json.loads(text)
    channel, verb = asked["channel"], asked.get("event")
    if channel == "futures.ping":
        if not venue.faults.deaf(tuple(connection.channels)):
            await connection.send(said(venue, "futures.pong", "", "null"))
        return
    feeds = feeds_of(channel, asked.get("payload") or [])
    known = {name: feed for name, feed in feeds.items() if venue.market(feed.base)}
    status = '{"status":"success"}' if known else '{"status":"fail"}'
    for name, feed in known.items():
        name_here = f"{name}|{feed.base}"
        if verb == "unsubscribe":
            venue.hub.unsubscribe(connection, name_here)
        else:
            await venue.subscribe(connection, name_here, feed)
    await connection.send(said(venue, channel, verb, status, asked.get("id")))
    if verb == "subscribe":
        for name, feed in known.items():
            await venue.greet(connection, f"{name}|{feed.base}", feed)


def said(venue: Venue, channel: str, event: str, result: str, id_: object = None) -> str:
    seconds, known = venue.told // 1000, "" if id_ is None else f'"id":{json.dumps(id_)},'
    return (
        f'{{{known}"time":{seconds},"time_ms":{venue.told},"channel":"{channel}",'
        f'"event":"{event}","result":{result}}}'
    )


def update(venue: Venue, name: str, result: object) -> str:
    text = json.dumps(result, separators=(",", ":"))
    return said(venue, name.partition("|")[0], "update", text)


def kline(venue: Venue, feed: Feed, name: str, news: News) -> str:
    """`w` says that the window has closed."""
    assert isinstance(news, Bar)
    row = candle(venue.world[feed.base], news.row.tolist())
    called = f"{name.split('|')[1]}_{name_of(feed.base)}"
    return update(venue, name, [row | {"n": called, "a": row["sum"], "w": news.closed}])


def ticker(venue: Venue, feed: Feed, name: str, news: News) -> str:
    return update(venue, name, [ticker_fields(venue, venue.world[feed.base])])


def trade(venue: Venue, feed: Feed, name: str, news: News) -> str:
    assert isinstance(news, Trade)
    market = venue.world[feed.base]
    told = {
        "size": contracts(market, news.amount) * (1 if news.buyer_took else -1),
        "id": news.id,
        "create_time": news.time // 1000,
        "create_time_ms": news.time,
        "price": plain(news.price * venue.factor(feed.base), places(market.tick)),
        "contract": name_of(feed.base),
    }
    return update(venue, name, [told])


def book(venue: Venue, feed: Feed, name: str, news: News) -> str:
    market, (bid, ask) = venue.world[feed.base], venue.spread(feed.base)
    size, digits = contracts(market, float(market.step) * 10), places(market.tick)
    best = {"b": plain(bid, digits), "B": size, "a": plain(ask, digits), "A": size}
    return update(venue, name, {"t": venue.told, "u": venue.told, "s": name_of(feed.base), **best})


def depth(venue: Venue, feed: Feed, name: str, news: News) -> str:
    market, whole = venue.world[feed.base], venue.book(feed.base)
    ids = {"t": venue.told, "s": name_of(feed.base), "U": whole.id, "u": whole.id}
    bids, asks = written(whole.changed_bids, market), written(whole.changed_asks, market)
    return update(venue, name, {**ids, "b": bids, "a": asks})
