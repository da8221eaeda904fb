"""Streams of the Korean venues: one list says all that is wanted; snapshots come first."""

import json

from tests.venues.hub import Connection, Feed
from tests.venues.korea.prices import book, tick
from tests.venues.korea.prices import ticker as ticker_fields
from tests.venues.korea.words import PREFIX, moment, name_of
from tests.venues.news import News
from tests.venues.venue import Venue
from tests.venues.world import Trade

KINDS = {"ticker": "ticker", "trade": "trade", "orderbook": "depth"}


async def hear(venue: Venue, connection: Connection, text: str) -> None:
    """Bithumb adds to what was asked before."""
    if text.upper() == "PING":
        if not venue.faults.deaf(tuple(connection.channels)):
            await connection.send('{"status":"UP"}')
        return
    for channel, feed in wanted(text).items():
        if channel not in connection.channels and venue.market(feed.base) is not None:
            await venue.subscribe(connection, channel, feed)
            await venue.greet(connection, channel, feed)


async def hear_anew(venue: Venue, connection: Connection, text: str) -> None:
    """On Upbit a new list replaces the one before."""
    if text.startswith("["):
        keep = wanted(text)
        for channel in [c for c in connection.channels if c not in keep]:
            venue.hub.unsubscribe(connection, channel)
    await hear(venue, connection, text)


def wanted(text: str) -> dict[str, Feed]:
    return {
        f"{part['type']}.{code}": Feed(KINDS[part["type"]], code.removeprefix(PREFIX))
        for part in json.loads(text)
        if part.get("type") in KINDS
        for code in part.get("codes", ())
    }


def said(kind: str, feed: Feed, data: dict[str, object], stream: str) -> str:
    whole = {"type": kind, "code": name_of(feed.base)} | data | {"stream_type": stream}
    return json.dumps(whole, separators=(",", ":"))


def ticker(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    return said("ticker", feed, ticker_fields(venue, venue.world[feed.base]), "REALTIME")


def depth(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    """Every book is whole, so that each may call itself a snapshot."""
    return said("orderbook", feed, book(venue, venue.world[feed.base], 30), "SNAPSHOT")


def trade(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Trade)
    data = tick(venue, venue.world[feed.base], news)
    when = {
        "trade_date": f"{moment(news.time):%Y-%m-%d}",
        "trade_time": f"{moment(news.time):%H:%M:%S}",
        "trade_timestamp": news.time,
        "change": "EVEN",
    }
    return said("trade", feed, data | when, "REALTIME")
