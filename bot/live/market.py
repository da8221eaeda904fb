"""The market as it is now: snapshots, quotes and bars over a feed that is kept whole.

What is not known for certain is asked of the venue's archive before it is shown; what cannot be had
in time is shown as old, and graded so that nobody enters on it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.live.feed import Feed
from bot.live.patience import Patience
from bot.live.prices import UNSEEN, Seen
from bot.live.switching import Switch
from bot.live.tape import LiveTape
from bot.live.words import (
    funding_of,
    quote_of,
    surroundings,
    with_ended,
    with_liquidations,
)
from bot.market.instruments import KNOWN
from core.domain.derivatives import Derivatives
from core.domain.instrument import Instrument
from core.domain.market import (
    Bar,
    CandleFrame,
    FundingRate,
    Origin,
    Quote,
    Timeframe,
    exact,
    from_millis,
    to_millis,
)
from core.domain.news import Mood, NewsFact
from core.domain.snapshot import MarketSnapshot
from core.errors import UnknownSymbol
from core.ports import Clock, News
from core.quality import Surroundings, assess

FRESH = timedelta(seconds=5)
LONGER = (Timeframe.H4, Timeframe.D1)
LONGER_ROWS = 1_000
HEADLINES = timedelta(days=1)
MOST_HEADLINES = 20
OLD_DERIVATIVES = timedelta(minutes=10)


@dataclass
class LiveMarket:
    """MarketData, Quotes and Tape. `contracts` are those of the venue that trades; `derivatives` are
    kept by venue and symbol, since each venue has its own funding.
    """

    switch: Switch
    clock: Clock
    contracts: Mapping[str, Instrument]
    history: int = 3_000
    derivatives: dict[tuple[str, str], Derivatives] = field(default_factory=dict)
    accuracy: dict[str, float] = field(default_factory=dict)
    news: News | None = None

    @property
    def symbols(self) -> tuple[str, ...]:
        """The large coins first, then by name."""
        known = [symbol for symbol in KNOWN if symbol in self.contracts]
        return (*known, *(symbol for symbol in self.contracts if symbol not in KNOWN))

    @property
    def origin(self) -> Origin:
        return Origin.LIVE

    @property
    def timeframes(self) -> tuple[Timeframe, ...]:
        return tuple(Timeframe)

    @property
    def first(self) -> datetime:
        """How far back this market remembers."""
        return self.clock.now() - Timeframe.H1.duration * self.history

    def lists(self, listed: Mapping[str, Instrument]) -> None:
        """What is traded now, by the venue's own word."""
        self.contracts = with_ended(self.contracts, listed, self.clock.now())

    def still_listed(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """Of these, what a venue can be asked about."""
        now = self.clock.now()
        return tuple(s for s in symbols if not self.instrument(s).is_over(now))

    @property
    def feed(self) -> Feed:
        return self.switch.serving

    def instrument(self, symbol: str) -> Instrument:
        try:
            return self.contracts[symbol]
        except KeyError:
            raise UnknownSymbol(
                symbol=symbol.partition("/")[0], known=self._near(symbol)
            ) from None

    def _near(self, symbol: str) -> str:
        """A venue lists hundreds: those that begin alike, or the desk's own."""
        names = [name.partition("/")[0] for name in self.contracts]
        alike = [name for name in names if name.startswith(symbol[:2].upper())]
        return ", ".join((alike or names)[:12])

    async def snapshots(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        found = await asyncio.gather(*(self._snapshot(s, timeframe) for s in symbols))
        return tuple(snapshot for snapshot in found if snapshot is not None)

    async def _snapshot(self, symbol: str, timeframe: Timeframe) -> MarketSnapshot | None:
        contract, feed = self.instrument(symbol), self.feed
        longer = [frame for frame in LONGER if frame.milliseconds > timeframe.milliseconds]
        patience = Patience.with_(feed)
        for frame in (timeframe, *longer):
            await patience(feed.catch_up(symbol, frame))
        await patience(self._priced(feed, symbol))
        if self._is_slow_word_old(feed, symbol):
            await patience(self.read_derivatives(symbol))
        return await self._shown(feed, contract, timeframe, longer)

    async def _shown(
        self, feed: Feed, contract: Instrument, timeframe: Timeframe, longer: Sequence[Timeframe]
    ) -> MarketSnapshot | None:
        """What is known after all was asked."""
        symbol = contract.symbol
        news, mood = await self._strangers(symbol)
        now, told = self.clock.now(), self._told(feed, symbol)
        shown = feed.book(symbol, timeframe).frame(to_millis(now), self.history)
        if not len(shown):
            return None
        around = surroundings(feed, contract, timeframe, told, now)
        return MarketSnapshot(
            instrument=contract,
            as_of=now,
            frame=shown,
            origin=self.origin,
            funding=funding_of(told),
            next_funding=told.next_funding if told else None,
            longer=_whole(feed, symbol, longer, now),
            derivatives=told,
            news=news,
            mood=mood,
            quality=assess(shown, now, self._placed(around, feed, symbol)),
            source=feed.name,
        )

    def _placed(self, around: Surroundings, feed: Feed, symbol: str) -> Surroundings:
        elsewhere, accuracy = feed is not self.switch.own, self.accuracy.get(symbol)
        return replace(around, elsewhere=elsewhere, accuracy=accuracy)

    async def _strangers(self, symbol: str) -> tuple[tuple[NewsFact, ...], Mood | None]:
        """What others have published and feel; nothing where nobody listens."""
        if self.news is None:
            return (), None
        since = self.clock.now() - HEADLINES
        facts = await self.news.facts(symbol, since, MOST_HEADLINES)
        return facts, await self.news.mood()

    def agreement(self) -> float | None:
        """Over all that is compared, each symbol the same weight."""
        told = self.accuracy.values()
        return sum(told) / len(told) if told else None

    def funding(self, symbol: str) -> tuple[FundingRate | None, datetime | None]:
        self.instrument(symbol)
        told = self._told(self.feed, symbol)
        return funding_of(told), told.next_funding if told else None

    def _is_slow_word_old(self, feed: Feed, symbol: str) -> bool:
        """Whoever follows a symbol reads them more often than that."""
        told = self._told(feed, symbol)
        return told is None or self.clock.now() - told.time > OLD_DERIVATIVES

    def _told(self, feed: Feed, symbol: str) -> Derivatives | None:
        return self.derivatives.get((feed.name, symbol))

    async def quote(self, symbol: str) -> Quote:
        """The last word and its time, so that its age shows."""
        self.instrument(symbol)
        feed = self.feed
        await Patience.with_(feed)(self._priced(feed, symbol))
        seen = feed.seen(symbol)
        if seen.last is None:
            seen = await self._remembered(feed, symbol)
        return quote_of(symbol, seen, feed is not self.switch.own)

    async def _remembered(self, feed: Feed, symbol: str) -> Seen:
        """Until the first word: how the last minute closed that is known, perhaps of a life before."""
        await Patience.with_(feed)(feed.catch_up(symbol, Timeframe.M1))
        minute = feed.book(symbol, Timeframe.M1).frame(to_millis(self.clock.now()), 1)
        if not len(minute):
            return UNSEEN
        closed = from_millis(int(minute.time[0])) + Timeframe.M1.duration
        return Seen(last=exact(float(minute.close[0])), last_at=closed)

    async def _priced(self, feed: Feed, symbol: str) -> None:
        if not feed.seen(symbol).is_older(FRESH, self.clock.now()):
            return
        await feed.refresh(feed.wanted(symbol))

    async def read_derivatives(self, symbol: str) -> None:
        """Ask the venue now; what it does not tell just now is unknown. Raises VenueUnavailable."""
        self.instrument(symbol)
        feed = self.feed
        told = await feed.board.derivatives(symbol)
        self.derivatives[feed.name, symbol] = with_liquidations(told, feed, symbol)
        if told.next_funding:
            for one in self.switch.feeds:
                one.expect_funding(symbol, told.next_funding)

    async def bars(self, symbol: str, after: datetime, until: datetime) -> Sequence[Bar]:
        self.instrument(symbol)
        feed = self.feed
        patience = Patience.with_(feed)
        await patience(feed.catch_up(symbol, Timeframe.M1))
        if self._is_slow_word_old(feed, symbol):
            await patience(self.read_derivatives(symbol))
        return await LiveTape(feed, symbol).bars(after, min(until, self.clock.now()))


def _whole(
    feed: Feed, symbol: str, timeframes: Sequence[Timeframe], now: datetime
) -> dict[Timeframe, CandleFrame]:
    """What is not certain up to its last close is left out."""
    books = {frame: feed.book(symbol, frame) for frame in timeframes}
    certain = {f: book for f, book in books.items() if not book.suspects(feed.venue_now())}
    return {f: book.frame(to_millis(now), LONGER_ROWS) for f, book in certain.items()}
