"""One venue's market, kept whole: the archive (REST) decides, the streams hint.

Every answer and every message is a sign of life. What a stream has not said for certain is asked
of the archive before anybody decides on it.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.errors import VenueUnavailable
from bot.live.book import Book, Told
from bot.live.kept import OVERLAP
from bot.live.liquidations import Liquidations
from bot.live.ports import Archive, PriceBoard
from bot.live.prices import UNSEEN, Price, Seen
from bot.market.holes import Hole
from bot.market.pages import Pace, pages
from core.domain.market import CandleFrame, Timeframe, from_millis, to_millis
from core.ports import Clock

logger = logging.getLogger(__name__)

WINDOW = 1000
STILL_EMPTY = timedelta(minutes=10)
REFRESH = timedelta(seconds=1)
LATELY = timedelta(minutes=10)
LATE, LOOK_AGAIN = timedelta(hours=1), timedelta(minutes=2)
ASKED = 3
REMEMBERED = timedelta(days=3)
Key = tuple[str, Timeframe]
Closed = Callable[[str, Timeframe, datetime], None]


@dataclass
class Feed:
    """Books and prices of one venue. `windows` says how many candles of each timeframe are kept."""

    name: str
    archive: Archive
    board: PriceBoard
    clock: Clock
    windows: dict[Timeframe, int]
    books: dict[Key, Book] = field(default_factory=dict)
    prices: dict[str, Seen] = field(default_factory=dict)
    on_close: list[Closed] = field(default_factory=list)
    began: datetime = field(init=False)
    liquidations: Liquidations = field(init=False)
    heard_at: datetime | None = None
    skew: timedelta | None = None
    corrected: int = 0
    _due: dict[str, set[datetime]] = field(default_factory=dict)
    _asked: dict[str, datetime] = field(default_factory=dict)
    _empty: dict[tuple[str, Timeframe, Hole], datetime] = field(default_factory=dict)
    _turns: dict[Key, asyncio.Lock] = field(default_factory=dict)
    _refreshing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.began = self.clock.now()
        self.liquidations = Liquidations(self.began)

    def book(self, symbol: str, timeframe: Timeframe) -> Book:
        """Empty when nobody has asked for it before."""
        key = symbol, timeframe
        if key not in self.books:
            self.books[key] = Book(timeframe, self.windows.get(timeframe, WINDOW))
        return self.books[key]

    def hear_candle(
        self, symbol: str, timeframe: Timeframe, opened: int, told: Told, *, final: bool
    ) -> None:
        """From a stream, in whatever order it comes; a candle of the future is none."""
        self.heard_at = self.clock.now()
        if opened > to_millis(self.heard_at) + timeframe.milliseconds:
            return
        if self.book(symbol, timeframe).hear(opened, told, final=final) and final:
            for tell in self.on_close:
                tell(symbol, timeframe, from_millis(opened + timeframe.milliseconds))

    def hear_price(self, symbol: str, price: Price) -> None:
        """From a stream or an answer; what it leaves out stays as it was."""
        self.heard_at = max(price.time, self.heard_at or price.time)
        self.prices[symbol] = self.seen(symbol).with_word(price)

    def heard(self) -> Sequence[str]:
        """The symbols that a price was told of, lately heard ones first."""
        return sorted(
            self.prices, key=lambda s: self.prices[s].last_at or self.began, reverse=True
        )

    def seen(self, symbol: str) -> Seen:
        return self.prices.get(symbol, UNSEEN)

    async def catch_up(self, symbol: str, timeframe: Timeframe) -> None:
        """Ask the archive until every closed candle of the window is sealed or known to be absent.

        Raises VenueUnavailable, UnknownSymbol, NoMarketData; what was read until then is kept.
        """
        key = symbol, timeframe
        async with self._turns.setdefault(key, asyncio.Lock()):
            book = self.book(symbol, timeframe)
            tried: set[Hole] = set()
            while (hole := self._untried(book, tried)) is not None:
                tried.add(hole)
                await self._fill(symbol, book, hole)

    def _untried(self, book: Book, tried: set[Hole]) -> Hole | None:
        return next((one for one in book.holes(self.venue_now()) if one not in tried), None)

    async def _fill(self, symbol: str, book: Book, hole: Hole) -> None:
        """Read from shortly before the hole: the overlap proves what streams had said."""
        wanted = Hole(max(hole.start - OVERLAP * book.step, 0), hole.end)
        pace = Pace(book.step, self.archive.page * book.step)
        ask, reached = partial(self._read, symbol, book.timeframe), hole.start
        async with aclosing(pages(ask, wanted, pace)) as told:
            async for page in told:
                self._believe(symbol, book, page)
                reached = self._looked(symbol, book, page, Hole(reached, hole.end))
        if reached == hole.start:
            self._wonder(symbol, book, hole)

    async def _read(self, symbol: str, timeframe: Timeframe, since: int) -> CandleFrame:
        most = self.archive.page
        told = await self.archive.candles(symbol, timeframe, from_millis(since), most)
        self.heard_at = self.clock.now()
        return told.rows(0, told.closed_by(from_millis(self.venue_now())))

    def _looked(self, symbol: str, book: Book, page: CandleFrame, rest: Hole) -> int:
        """Where the archive goes on after the rest of a hole it was asked for, it has nothing inside.
        How far the hole is dealt with now.
        """
        later = page.time[page.time >= rest.start]
        if not len(later):
            return rest.start
        empty = Hole(rest.start, min(int(later[0]), rest.end))
        if self._is_sure(symbol, book, empty):
            book.excuse(empty)
        return int(later[-1]) + book.step

    def _believe(self, symbol: str, book: Book, told: CandleFrame) -> None:
        changed = book.merge(told)
        if changed:
            self.corrected += changed
            logger.warning(
                "%s: %s %s: %d closed candles were told otherwise by the archive",
                self.name, symbol, book.timeframe, changed,
            )  # fmt: skip

    def _is_sure(self, symbol: str, book: Book, empty: Hole) -> bool:
        """What has closed only lately may come late: it is looked for again before it is given up."""
        now = self.clock.now()
        if to_millis(now - LATE) > empty.start or empty.start >= empty.end:
            return True
        return now - self._missed_since(symbol, book, empty) >= LOOK_AGAIN

    def _wonder(self, symbol: str, book: Book, hole: Hole) -> None:
        """Asked for a while, the archive has nothing to say of a stretch that lies behind us."""
        first = self._missed_since(symbol, book, hole)
        if hole.end < (book.newest or 0) and self.clock.now() - first > STILL_EMPTY:
            book.excuse(hole)

    def _missed_since(self, symbol: str, book: Book, hole: Hole) -> datetime:
        asked, now = (symbol, book.timeframe, hole), self.clock.now()
        self._empty = {k: at for k, at in self._empty.items() if now - at < REMEMBERED}
        return self._empty.setdefault(asked, now)

    async def refresh(self, symbols: Sequence[str]) -> None:
        """Read prices, once for everybody who wants them now. Raises VenueUnavailable."""
        async with self._refreshing:
            now = self.clock.now()
            old = [s for s in symbols if self.seen(s).is_older(REFRESH, now)]
            if not old:
                return
            for symbol, price in (await self.board.prices(old)).items():
                self.hear_price(symbol, price)

    async def measure_skew(self) -> None:
        """A clock that is told is no sign that prices are. Raises VenueUnavailable."""
        self.skew = await self.board.skew()

    async def answers(self, symbols: Sequence[str]) -> bool:
        """Does the venue tell a price of one of them just now? Without any, does it tell the time?"""
        try:
            await self.measure_skew()
            told = await self.board.prices(symbols[:ASKED]) if symbols else {}
        except VenueUnavailable as error:
            logger.info("%s", error)
            return False
        for symbol, price in told.items():
            self.hear_price(symbol, price)
        return bool(told) or (not symbols and self.skew is not None)

    def wanted(self, symbol: str) -> list[str]:
        """Whoever is asked about one price tells those of all that were asked about lately."""
        now = self.clock.now()
        self._asked = {s: at for s, at in self._asked.items() if now - at < LATELY} | {symbol: now}
        return sorted(self._asked)

    def expect_funding(self, symbol: str, due: datetime) -> None:
        """The venue has announced when funding will be paid next."""
        known = {at for at in self._due.get(symbol, ()) if due - at < REMEMBERED}
        self._due[symbol] = known | {due}

    def fundings_due(self, symbol: str) -> list[datetime]:
        return sorted(self._due.get(symbol, ()))

    def silence(self) -> timedelta | None:
        """How long nothing has come from this venue; None before the first word."""
        return self.clock.now() - self.heard_at if self.heard_at else None

    def venue_now(self) -> int:
        """The venue's own time where it is behind ours: it closes its candles by that."""
        skew = self.skew or timedelta(0)
        return to_millis(self.clock.now() + min(skew, timedelta(0)))
