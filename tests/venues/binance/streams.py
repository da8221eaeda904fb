"""Binance's streams: SUBSCRIBE in JSON, one message a piece of news."""

import json

from tests.venues.binance.prices import trades_in, written
from tests.venues.binance.words import INTERVALS, base_of, name_of
from tests.venues.hub import Connection, Feed
from tests.venues.news import Bar, News
from tests.venues.text import places
from tests.venues.venue import Venue
from tests.venues.world import Liquidation, Market, Trade

PUBLIC = ("bookTicker", "depth", "trade", "rpiDepth")
KINDS = {
    "markPrice": "mark",
    "ticker": "ticker",
    "miniTicker": "mini",
    "bookTicker": "book",
    "depth": "depth",
    "aggTrade": "trade",
    "trade": "trade",
    "forceOrder": "liquidation",
}


def feed_of(channel: str) -> Feed | None:
    """`btcusdt@kline_1m`, `!markPrice@arr@1s`, `!bookTicker` …"""
    whole = channel.startswith("!")
    name, _, rest = channel.removeprefix("!").partition("@")
    base, topic = ("*", name) if whole else (base_of(name.upper()), rest)
    kind, _, detail = topic.partition("@")[0].partition("_")
    if kind == "kline" and detail in INTERVALS:
        return Feed("kline", base, INTERVALS[detail])
    digits = kind.removeprefix("depth")
    if kind.startswith("depth") and digits.isdigit():
        return Feed("depth", base, int(digits))
    return Feed(KINDS[kind], base) if kind in KINDS and base else None


def carried(path: str, channel: str) -> bool:
    """Whether this connection's path carries the stream: books on /public, the rest on /market."""
    topic = channel.removeprefix("!").partition("@")[2] or channel.removeprefix("!")
    public = topic.startswith(PUBLIC)
    if path.startswith("/public"):
        return public
    return not (path.startswith("/market") and public)


def meet(venue: Venue, connection: Connection) -> None:
    """Streams may stand in the path: /ws/btcusdt@kline_1m, /stream?streams=a/b."""
    path = connection.path
    connection.combined = "/stream" in path
    _, _, named = path.partition("streams=")
    single = path.partition("?")[0].rpartition("/ws/")[2] if "/ws/" in path else ""
    for channel in (named or single).split("/"):
        if feed := feed_of(channel):
            venue.hub.subscribe(connection, channel, feed)


async def hear(venue: Venue, connection: Connection, text: str) -> None:
    asked = json.loads(text)
    method, channels = asked.get("method"), asked.get("params") or []
    if method == "LIST_SUBSCRIPTIONS":
        await connection.send(json.dumps({"result": [*connection.channels], "id": asked["id"]}))
        return
    wanted = [c for c in channels if feed_of(c) and carried(connection.path, c)]
    for channel in wanted:
        if method == "UNSUBSCRIBE":
            venue.hub.unsubscribe(connection, channel)
        else:
            await venue.subscribe(connection, channel, feed_of(channel))
    await connection.send(json.dumps({"result": None, "id": asked["id"]}))
    if method == "SUBSCRIBE":
        for channel in wanted:
            await venue.greet(connection, channel, feed_of(channel))


def kline(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Bar)
    market = venue.world[feed.base]
    price, size = places(market.tick), places(market.step)
    time, opened, high, low, close, volume = news.row.tolist()
    value, count = volume * (high + low + close) / 3, trades_in(volume)
    first = int(time) // 1_000
    name, told = name_of(feed.base), venue.told
    return (
        f'{{"e":"kline","E":{told},"s":"{name}","k":{{"t":{time:.0f},'
        f'"T":{time + feed.detail - 1:.0f},"s":"{name}","i":"{channel.rpartition("_")[2]}",'
        f'"f":{first},"L":{first + count},"o":"{opened:.{price}f}","c":"{close:.{price}f}",'
        f'"h":"{high:.{price}f}","l":"{low:.{price}f}","v":"{volume:.{size}f}","n":{count},'
        f'"x":{"true" if news.closed else "false"},"q":"{value:.5f}","V":"{volume / 2:.{size}f}",'
        f'"Q":"{value / 2:.5f}","B":"0"}}}}'
    )


def mark(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    if feed.base == "*":
        return "[" + ",".join(mark_of(venue, market) for market in venue.listed()) + "]"
    return mark_of(venue, venue.world[feed.base])


def mark_of(venue: Venue, market: Market) -> str:
    base = market.base
    price, index = venue.mark(base), venue.index(base)
    return (
        f'{{"e":"markPriceUpdate","E":{venue.told},"s":"{name_of(base)}","p":"{price:.8f}",'
        f'"ap":"{price:.8f}","P":"{index:.8f}","i":"{index:.8f}","r":"{market.next_rate:.8f}",'
        f'"T":{market.next_funding(venue.now)},"st":1}}'
    )


def ticker(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    if feed.base == "*":
        return "[" + ",".join(ticker_of(venue, market) for market in venue.listed()) + "]"
    return ticker_of(venue, venue.world[feed.base])


def ticker_of(venue: Venue, market: Market) -> str:
    day, price, size = venue.day(market.base), places(market.tick), places(market.step)
    change, name, told = day["last"] - day["open"], name_of(market.base), venue.told
    average = day["value"] / day["volume"] if day["volume"] else day["last"]
    last_id = market.trades[-1].id if market.trades else 0
    return (
        f'{{"e":"24hrTicker","E":{told},"s":"{name}","ps":"{name}","p":"{change:.{price}f}",'
        f'"P":"{100 * change / day["open"]:.3f}","w":"{average:.{price}f}",'
        f'"c":"{day["last"]:.{price}f}","Q":"{float(market.step):.{size}f}",'
        f'"o":"{day["open"]:.{price}f}","h":"{day["high"]:.{price}f}","l":"{day["low"]:.{price}f}",'
        f'"v":"{day["volume"]:.{size}f}","q":"{day["value"]:.2f}","O":{told - 86_400_000},'
        f'"C":{told},"F":1,"L":{last_id},"n":{max(last_id, 1)},"st":1}}'
    )


def mini(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    asked = venue.listed() if feed.base == "*" else [venue.world[feed.base]]
    texts = [mini_of(venue, market) for market in asked]
    return "[" + ",".join(texts) + "]" if feed.base == "*" else texts[0]


def mini_of(venue: Venue, market: Market) -> str:
    day, price, size = venue.day(market.base), places(market.tick), places(market.step)
    name = name_of(market.base)
    return (
        f'{{"e":"24hrMiniTicker","E":{venue.told},"s":"{name}","ps":"{name}",'
        f'"c":"{day["last"]:.{price}f}","o":"{day["open"]:.{price}f}",'
        f'"h":"{day["high"]:.{price}f}","l":"{day["low"]:.{price}f}",'
        f'"v":"{day["volume"]:.{size}f}","q":"{day["value"]:.2f}","st":1}}'
    )


def book(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    base = feed.base
    market, (bid, ask) = venue.world[base], venue.spread(base)
    price, size, told = places(market.tick), places(market.step), venue.told
    amount, name = float(market.step) * 10, name_of(base)
    return (
        f'{{"e":"bookTicker","u":{venue.told},"s":"{name}","ps":"{name}",'
        f'"b":"{bid:.{price}f}","B":"{amount:.{size}f}","a":"{ask:.{price}f}",'
        f'"A":"{amount:.{size}f}","T":{told},"E":{told},"st":1}}'
    )


def depth(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    """Partial books are whole; the difference stream tells what changed."""
    market, book, whole = venue.world[feed.base], venue.book(feed.base), feed.detail
    bids, asks = (book.bids, book.asks) if whole else (book.changed_bids, book.changed_asks)
    name, told = name_of(feed.base), venue.told
    head = {"e": "depthUpdate", "E": told, "T": told, "s": name, "ps": name, "st": 1}
    ids = {"U": book.id, "u": book.id, "pu": book.id - 1}
    sides = {
        "b": written(bids, market)[: whole or None],
        "a": written(asks, market)[: whole or None],
    }
    return json.dumps(head | ids | sides, separators=(",", ":"))


def trade(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Trade)
    market = venue.world[feed.base]
    price, amount = news.price * venue.factor(feed.base), news.amount
    digits, size, taken = (
        places(market.tick),
        places(market.step),
        str(not news.buyer_took).lower(),
    )
    head = f'"E":{venue.told},"s":"{name_of(feed.base)}","p":"{price:.{digits}f}"'
    tail = f'"q":"{amount:.{size}f}","T":{news.time},"m":{taken},"st":1'
    if channel.endswith("@trade"):
        return f'{{"e":"trade",{head},"t":{news.id},{tail},"X":"MARKET"}}'
    ids = f'"a":{news.id},"f":{news.id},"l":{news.id}'
    return f'{{"e":"aggTrade",{head},{ids},"nq":"{amount:.{size}f}",{tail}}}'


def liquidation(venue: Venue, feed: Feed, channel: str, news: News) -> str:
    assert isinstance(news, Liquidation)
    market = venue.world[news.base]
    price = f"{news.price * venue.factor(news.base):.{places(market.tick)}f}"
    amount = f"{news.amount:.{places(market.step)}f}"
    return (
        f'{{"e":"forceOrder","E":{venue.told},"o":{{"s":"{name_of(news.base)}",'
        f'"S":"{"SELL" if news.sells else "BUY"}","o":"LIMIT","f":"IOC","q":"{amount}",'
        f'"p":"{price}","ap":"{price}","X":"FILLED","l":"{amount}","z":"{amount}",'
        f'"T":{news.time}}}}}'
    )
