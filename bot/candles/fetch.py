"""Bring a venue's past into the store: what is missing of it, page by page, each a transaction."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

import numpy as np

from bot.candles.patience import Patience
from bot.candles.progress import Progress
from bot.candles.tidy import tidy, tidy_rates
from bot.errors import Stop, VenueUnavailable
from bot.market.holes import Hole, holes
from bot.market.oddities import is_too_long
from bot.market.pages import Pace, pages
from bot.market.source import CandleSource
from bot.storage.candles import SqlCandles
from bot.storage.errors import DeskStorageError
from core.domain.history import FundingHistory, Kind, Series
from core.domain.market import CandleFrame, Millis, Timeframe, from_millis, to_millis
from core.errors import UnknownSymbol

SECOND, HOUR, DAY = 1_000, 3_600_000, 86_400_000
GOES_ON = "what has come is kept, and the same command goes on from there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which series, from when to when; the end is not included."""

    symbols: Sequence[str]
    timeframes: Sequence[Timeframe]
    kinds: Sequence[Kind]
    start: datetime
    end: datetime

    def series(self, venue: str) -> list[Series]:
        return [
            Series(venue, symbol, kind, timeframe)
            for symbol in self.symbols
            for kind in self.kinds
            for timeframe in ((None,) if kind is Kind.FUNDING else self.timeframes)
        ]


@dataclass(frozen=True, slots=True)
class FetchHistory:
    """Raises Stop in one sentence for whatever a venue refuses; nothing kept is lost by it."""

    source: CandleSource
    candles: SqlCandles
    patience: Patience
    progress: Progress

    async def __call__(self, wanted: Wanted) -> int:
        """How many rows are new."""
        try:
            await self._must_be_known(wanted)
            new = [await self._fill(one, wanted) for one in wanted.series(self.source.venue)]
        except (VenueUnavailable, DeskStorageError) as error:
            raise Stop(f"{error}; {GOES_ON}") from error
        except UnknownSymbol as error:
            symbol = error.numbers.get("symbol")
            raise Stop(f"{self.source.venue} knows no {symbol} any more; {GOES_ON}") from error
        return sum(new)

    async def _must_be_known(self, wanted: Wanted) -> None:
        venue, there = self.source.venue, self.source.timeframes()
        for timeframe in wanted.timeframes:
            if timeframe not in there:
                known = ", ".join(one for one in Timeframe if one in there)
                raise Stop(f"{venue} has no {timeframe} candles; it has {known}")
        listed = await self.patience.ask(self.source.symbols)
        for symbol in wanted.symbols:
            if symbol not in listed:
                near = ", ".join(get_close_matches(symbol, listed, 3))
                hint = f"; there is {near}" if near else ""
                raise Stop(f"{venue} trades no {symbol}: misspelt, or no longer listed{hint}")

    async def _fill(self, one: Series, wanted: Wanted) -> int:
        before = await self._kept(one, wanted)
        missing = self._missing(one, before, wanted)
        with self.progress.of(one, missing) as progress:
            for hole in missing:
                async with aclosing(
                    self._pages(one, hole, is_inner=_is_inner(hole, before))
                ) as found:
                    async for page in found:
                        await self._put(one, page)
                        progress.upto(int(page.time[-1]), len(page))
                progress.upto(hole.end, 0)
            after = await self._kept(one, wanted)
            progress.done(len(after) - len(before), self._missing(one, after, wanted))
        return len(after) - len(before)

    async def _kept(self, one: Series, wanted: Wanted) -> Millis:
        """Of funding all: its holes are told from its rhythm."""
        around = (wanted.start, wanted.end) if one.timeframe else (None, None)
        return await self.candles.times(one, *around)

    def _missing(self, one: Series, kept: Millis, wanted: Wanted) -> tuple[Hole, ...]:
        start, end = to_millis(wanted.start), to_millis(wanted.end)
        if one.timeframe is None:
            return _unsteady(kept, start, end)
        step = one.timeframe.milliseconds
        first, last = -(-start // step) * step, end // step * step
        return holes(kept, step, first, last, self.source.page)

    def _pages(
        self, one: Series, hole: Hole, *, is_inner: bool
    ) -> AsyncGenerator[CandleFrame | FundingHistory]:
        async def ask(start: int) -> CandleFrame | FundingHistory:
            return await self.patience.ask(lambda: self._ask(one, Hole(start, hole.end)))

        step = one.timeframe.milliseconds if one.timeframe else SECOND
        pace = Pace(step, (step if one.timeframe else HOUR) * self.source.page)
        return pages(ask, hole, pace, has_begun=is_inner)

    async def _ask(self, one: Series, hole: Hole) -> CandleFrame | FundingHistory:
        since = from_millis(hole.start)
        if one.timeframe is None:
            return tidy_rates(await self.source.funding(one.symbol, since, self.source.page), hole)
        tell = self.source.marks if one.kind is Kind.MARKS else self.source.candles
        frame = await tell(one.symbol, one.timeframe, since, self.source.page)
        return tidy(frame or _nothing(one.timeframe), hole)

    async def _put(self, one: Series, page: CandleFrame | FundingHistory) -> None:
        if isinstance(page, FundingHistory):
            await self.candles.put_funding(one.venue, one.symbol, page)
            return
        put = self.candles.put_marks if one.kind is Kind.MARKS else self.candles.put
        await put(one.venue, one.symbol, page.timeframe, page)


def _unsteady(kept: Millis, start: int, end: int) -> tuple[Hole, ...]:
    """Funding comes at times of the venue's choice: asked is what lies around the kept, and where
    its rhythm breaks.
    """
    if not len(kept):
        return (Hole(start, end),)
    steps = np.diff(kept)
    breaks = np.flatnonzero(is_too_long(steps) | (steps > DAY))
    inner = [Hole(int(kept[row]) + SECOND, int(kept[row + 1])) for row in breaks.tolist()]
    wanted = [Hole(max(hole.start, start), min(hole.end, end)) for hole in inner]
    around = (Hole(start, int(kept[0])), *wanted, Hole(int(kept[-1]) + SECOND, end))
    return tuple(hole for hole in around if hole.start < hole.end)


def _is_inner(hole: Hole, kept: Millis) -> bool:
    """What lies beyond all that is kept may be nothing for years: the coin is gone."""
    return len(kept) > 0 and bool(kept[0] < hole.start < kept[-1])


def _nothing(timeframe: Timeframe) -> CandleFrame:
    return CandleFrame(timeframe, np.empty(0, np.int64), *(np.empty(0) for _ in range(5)))
