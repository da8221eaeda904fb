"""A recording goes into the store, a page at a time."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot.market.recording import Recording
from bot.storage.candles import SqlCandles
from core.domain.history import FundingHistory, Kind, Series
from core.domain.market import CandleFrame, Timeframe, to_millis
from core.ports import Clock

PAGE = 50_000
Said = Callable[[str], None]
Rows = CandleFrame | FundingHistory


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Each page is one transaction: whoever stops it loses nothing, and may begin anew."""

    candles: SqlCandles
    venue: str
    says: Said
    clock: Clock

    async def __call__(self, recording: Recording) -> int:
        """How many rows are new; what was kept of the same moments is replaced."""
        return sum([await self._series(one, rows) for one, rows in series(recording, self.venue)])

    async def _series(self, one: Series, rows: Rows) -> int:
        told, rows = len(rows), happened(rows, one.timeframe, self.clock.now())
        before = len(await self.candles.times(one))
        for first in range(0, len(rows), PAGE):
            await self._page(one, rows, first)
        new = len(await self.candles.times(one)) - before
        there = f", {len(rows) - new:,} were there" if new < len(rows) else ""
        ahead = f", {told - len(rows):,} not over yet" if len(rows) < told else ""
        self.says(f"{one.name}: {new:,} new{there}{ahead}")
        return new

    def _page(self, one: Series, rows: Rows, first: int) -> Awaitable[None]:
        if isinstance(rows, FundingHistory):
            page = rows.rows(first, first + PAGE)
            return self.candles.put_funding(one.venue, one.symbol, page)
        put = self.candles.put_marks if one.kind is Kind.MARKS else self.candles.put
        return put(one.venue, one.symbol, rows.timeframe, rows.rows(first, first + PAGE))


def series(recording: Recording, venue: str) -> Iterator[tuple[Series, Rows]]:
    """Everything that is recorded, symbol by symbol."""
    symbols = dict.fromkeys((*recording.candles, *recording.marks, *recording.funding))
    for symbol in sorted(symbols):
        for kind, frames in ((Kind.CANDLES, recording.candles), (Kind.MARKS, recording.marks)):
            for timeframe, frame in frames.get(symbol, {}).items():
                yield Series(venue, symbol, kind, timeframe), frame
        if symbol in recording.funding:
            yield Series(venue, symbol, Kind.FUNDING, None), recording.funding[symbol]


def cut(rows: Rows, start: datetime | None, end: datetime | None) -> Rows:
    """Those in [start, end)."""
    first = 0 if start is None else int(np.searchsorted(rows.time, to_millis(start)))
    last = len(rows) if end is None else int(np.searchsorted(rows.time, to_millis(end)))
    return rows.rows(first, last)


def happened(rows: Rows, timeframe: Timeframe | None, now: datetime) -> Rows:
    """A candle is kept when it has closed, and not as it stood while a file was written."""
    step = timeframe.milliseconds if timeframe else 0
    return rows.rows(0, int(np.searchsorted(rows.time + step, to_millis(now), side="right")))
