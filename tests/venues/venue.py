"""One fake exchange: the world seen through its language, its habits and its faults."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from tests.venues.answers import BAD_GATEWAY, EMPTY, HTML, Answer, Refused, as_json
from tests.venues.book import Book
from tests.venues.faults import Fault, Faults, Http
from tests.venues.floors import Closed, Floor
from tests.venues.hub import Connection, Feed, Hub
from tests.venues.journal import Journal
from tests.venues.news import Bar, News, Query
from tests.venues.series import CLOSE, OPEN, TIME, VOLUME, Rows, opens_at
from tests.venues.world import Market, World

STEADY = ("kline", "ticker", "mini", "mark", "book", "depth", "funding", "interest")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one exchange speaks. Paths may hold {names}, which join the query."""

    name: str
    hosts: tuple[str, ...]
    routes: Mapping[str, Callable[["Venue", Query], object]]
    unknown: Answer
    throttled: Callable[[Http, int, int], Answer]  # what, seconds to wait, now
    broken: Answer
    maintenance: Answer
    hear: Callable[["Venue", Connection, str], Awaitable[None]]
    render: Mapping[str, Callable[["Venue", Feed, str, News], str | None]]
    meet: Callable[["Venue", Connection], None] = lambda venue, connection: None
    snapshots: tuple[str, ...] = STEADY  # kinds that greet a new listener
    won: bool = False  # a spot venue whose prices are won
    binary: bool = False  # its text comes in binary frames


@dataclass(eq=False)
class Venue:
    """Answers requests and pushes news; `scale` makes its prices differ from the world's."""

    dialect: Dialect
    world: World
    faults: Faults = field(default_factory=Faults)
    journal: Journal = field(default_factory=Journal)
    hub: Hub = field(default_factory=Hub)
    scale: dict[str, float] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)
    floor: Floor = field(default_factory=Closed)

    def __post_init__(self) -> None:
        named = [path for path in self.dialect.routes if "{" in path]
        self._patterns = [(re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", p)), p) for p in named]

    @property
    def now(self) -> int:
        return self.world.now

    @property
    def told(self) -> int:
        """The time that the venue tells, which may be wrong."""
        return self.world.now + self.faults.skew

    # -- the world through this venue's eyes

    def listed(self) -> list[Market]:
        return [m for m in self.world.markets.values() if self.lists(m)]

    def lists(self, market: Market) -> bool:
        return market.lists(self.now) and (self.dialect.won or not market.spot_only)

    def market(self, base: str) -> Market | None:
        market = self.world.markets.get(base)
        if market is None or not self.lists(market):
            return None
        market.series.carry(self.now)
        return market

    def factor(self, base: str) -> float:
        return self.scale.get(base, 1.0) * self.currency

    @property
    def currency(self) -> float:
        """What one dollar is in this venue's money."""
        return self.world.won if self.dialect.won else 1.0

    def bars(self, base: str, width: int, start: int, end: int) -> Rows:
        """Candles that opened in [start, end), without the ones that a gap swallowed."""
        market = self.world[base]
        market.series.carry(self.now)
        rows = market.series.bars(width, start, end, self.now)
        rows[:, OPEN:VOLUME] *= self.factor(base)
        for gap in self.faults.gaps:
            if gap.rest and gap.base == base:
                rows = rows[(rows[:, TIME] < gap.start) | (rows[:, TIME] >= gap.end)]
        return rows

    def newest(self, base: str, width: int, limit: int, end: int | None = None) -> Rows:
        """The last candles that opened before `end`, or by now."""
        end = self.now + 1 if end is None else min(end, self.now + 1)
        first = opens_at(end - 1, width) - (limit - 1) * width
        return self.bars(base, width, first, end)

    def price(self, base: str) -> float:
        return self.world[base].price(self.now) * self.factor(base)

    def mark(self, base: str) -> float:
        return self.world[base].mark(self.now) * self.factor(base)

    def index(self, base: str) -> float:
        return self.world[base].index(self.now) * self.factor(base)

    def spread(self, base: str) -> tuple[float, float]:
        """The best bid and ask, one tick around the last price."""
        price, tick = self.price(base), float(self.world[base].tick) * self.currency
        return price - tick, price + tick

    def book(self, base: str, *, move: bool = False) -> Book:
        """The order book; it moves with every pulse, or when asked while nobody listens."""
        book = self.books.setdefault(base, Book())
        if move or not book.bids or not self.hub.wanted(("depth",), base):
            tick, size = float(self.world[base].tick), float(self.world[base].step) * 10
            book.move(*self.spread(base), tick * self.currency, size)
        return book

    def day(self, base: str) -> dict[str, float]:
        """What the last 24 hours looked like."""
        rows = self.world[base].day(self.now)
        factor = self.factor(base)
        high, low = float(rows[:, 2].max()), float(rows[:, 3].min())
        volume = float(rows[:, VOLUME].sum())
        value = float((rows[:, VOLUME] * rows[:, CLOSE]).sum()) * factor
        first, last = float(rows[0, OPEN]) * factor, float(rows[-1, CLOSE]) * factor
        prices = {"open": first, "high": high * factor, "low": low * factor, "last": last}
        return prices | {"volume": volume, "value": value}

    def funding(self, base: str) -> list[tuple[int, float]]:
        """The stamps so far, oldest first; late by as much as the fault says."""
        stamps, late = self.world[base].funding_until(self.now), self.faults.funding_late
        return [(time + late, rate) for time, rate in stamps if time + late <= self.now]

    # -- requests

    def route(self, path: str) -> tuple[Callable[["Venue", Query], object] | None, Query]:
        if path in self.dialect.routes:
            return self.dialect.routes[path], {}
        for pattern, name in self._patterns:
            if found := pattern.fullmatch(path):
                return self.dialect.routes[name], dict(found.groupdict())
        return None, {}

    def answer(self, path: str, query: Query) -> Answer:
        found, named = self.route(path)
        if found is None:
            return self.dialect.unknown
        try:
            result = found(self, query | named)
        except Refused as refused:
            return refused.answer
        return result if isinstance(result, Answer) else as_json(result)

    def wrong(self, fault: Fault) -> Answer:
        """The answer of a fault that answers."""
        fixed = {
            Http.BROKEN: self.dialect.broken,
            Http.GATEWAY: BAD_GATEWAY,
            Http.HTML: HTML,
            Http.EMPTY: EMPTY,
            Http.MAINTENANCE: self.dialect.maintenance,
        }
        if fault.kind in fixed:
            return fixed[fault.kind]
        return self.dialect.throttled(Http(fault.kind), fault.retry_after, self.told)

    # -- streams

    async def subscribe(self, connection: Connection, channel: str, feed: Feed) -> None:
        self.journal.write(self.now, "WS", channel, {})
        self.hub.subscribe(connection, channel, feed)

    async def greet(self, connection: Connection, channel: str, feed: Feed) -> None:
        """Show a new listener how things stand."""
        if feed.kind in self.dialect.snapshots:
            for part in self._parts(feed):
                text = self._say(part, channel, self._bar_of(part))
                if text is not None:
                    await connection.send(text, channel)

    def _parts(self, feed: Feed) -> list[Feed]:
        """A stream of all best prices tells them one after the other."""
        if feed == Feed("book", "*"):
            return [Feed("book", market.base) for market in self.listed()]
        return [feed]

    def _bar_of(self, feed: Feed) -> Bar | None:
        if feed.kind != "kline":
            return None
        series = self.world[feed.base].series
        series.carry(self.now)
        row = series.running(feed.detail, self.now)
        if row is None:
            return None
        row[OPEN:VOLUME] *= self.factor(feed.base)
        return Bar(row, feed.detail, closed=False)

    def _say(self, feed: Feed, channel: str, news: News) -> str | None:
        if feed.base != "*" and self.market(feed.base) is None:
            return None
        if isinstance(news, Bar) and self._lost(feed.base, int(news.row[TIME])):
            return None
        if feed.kind == "kline" and news is None:
            return None
        return self.dialect.render[feed.kind](self, feed, channel, news)

    def _lost(self, base: str, opened: int) -> bool:
        return any(gap.streams and gap.swallows(base, opened) for gap in self.faults.gaps)

    async def tell(self, feed: Feed, news: News) -> None:
        if feed in self.hub.feeds:
            await self.hub.push(feed, lambda channel: self._say(feed, channel, news))

    async def pulse(self, base: str | None = None) -> None:
        """Tell how things stand to everybody who listens (about this coin)."""
        await self.floor.turn()
        for moved in {f.base for f in self.hub.wanted(("depth",), base)}:
            self.book(moved, move=True)
        for feed in self.hub.wanted(STEADY):
            if base in {None, feed.base} or feed.base == "*":
                for part in self._parts(feed):
                    await self._tell_of(feed, part)

    async def _tell_of(self, feed: Feed, part: Feed) -> None:
        bar = self._bar_of(part)
        await self.hub.push(feed, lambda channel: self._say(part, channel, bar))

    async def close_candles(self, moment: int) -> None:
        """Tell the candles that end at this moment, with the venue's flag for *closed*."""
        await self.floor.turn()
        for feed in self.hub.wanted(("kline",)):
            if opens_at(moment, feed.detail) == moment:
                rows = self.bars(feed.base, feed.detail, moment - feed.detail, moment)
                for row in rows:
                    await self.tell(feed, Bar(row, feed.detail, closed=True))

    async def disconnect(self, code: int | None = None) -> None:
        await self.hub.disconnect(code)
