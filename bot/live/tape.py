"""What has traded, minute by minute, for an account made of paper: nothing after an unsure minute."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from bot.errors import VenueUnavailable
from bot.live.feed import Feed
from core.domain.market import (
    Bar,
    Candle,
    CandleFrame,
    FundingRate,
    FundingStamp,
    Timeframe,
    from_millis,
    to_millis,
)
from core.errors import UnknownSymbol

MINUTE = Timeframe.M1
EMPTY = CandleFrame(MINUTE, np.empty(0, np.int64), *(np.empty(0) for _ in range(5)))
STAMPED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class LiveTape:
    """One symbol's minutes on a feed that has just caught up as far as it could, a page at a time."""

    feed: Feed
    symbol: str

    async def bars(self, after: datetime, until: datetime) -> Sequence[Bar]:
        """Up to the first minute that is missing or not sealed, and before funding that is due and
        not told yet: a stop or a payment inside would be lost.
        """
        whole = await self._sure(after, until)
        frame = whole.rows(0, min(len(whole), self.feed.archive.page))
        if not len(frame):
            return ()
        start, end = from_millis(int(frame.time[0])), _close(frame, len(frame) - 1)
        marks = await self._marks(start, len(frame))
        rates, sure = await self._rates(start, end)
        rows = range(frame.closed_by(sure))
        return [self._bar(frame, row, marks, rates) for row in rows]

    async def _sure(self, after: datetime, until: datetime) -> CandleFrame:
        book, end = self.feed.book(self.symbol, MINUTE), to_millis(until)
        older = await self._older(after, book.oldest(end))
        if older is None:
            return EMPTY
        if len(older):
            return older
        hole = book.hole(end)
        frame = book.frame(min(end, hole.start) if hole else end)
        return frame.rows(frame.closed_by(after), len(frame))

    async def _older(self, after: datetime, oldest: int) -> CandleFrame | None:
        """After a long sleep: minutes that lie before what a book holds, a page of them.
        None when the archive does not answer.
        """
        if to_millis(after) >= oldest:
            return EMPTY
        archive = self.feed.archive
        with suppress(VenueUnavailable, UnknownSymbol):
            told = await archive.candles(self.symbol, MINUTE, after, archive.page)
            return told.rows(told.closed_by(after), int(np.searchsorted(told.time, oldest)))
        return None

    def _bar(
        self,
        frame: CandleFrame,
        row: int,
        marks: dict[int, Candle],
        rates: Sequence[FundingRate],
    ) -> Bar:
        candle, closed = frame.candle(row), _close(frame, row)
        mark = marks.get(int(frame.time[row]), candle)
        due = (rate for rate in rates if candle.open_time < rate.time <= closed)
        stamps = tuple(FundingStamp(rate.time, rate.rate, mark.close) for rate in due)
        return Bar(candle, mark, closed, stamps)

    async def _marks(self, start: datetime, rows: int) -> dict[int, Candle]:
        """Without mark candles the last prices stand in, as on a venue that has none."""
        told = None
        with suppress(VenueUnavailable, UnknownSymbol):
            told = await self.feed.archive.marks(self.symbol, MINUTE, start, rows)
        if told is None:
            return {}
        return {int(told.time[row]): told.candle(row) for row in range(len(told))}

    def _is_told_beyond(self, end: datetime) -> bool:
        """Has the venue announced a payment that is still to come then?"""
        return any(at > end for at in self.feed.fundings_due(self.symbol))

    async def _rates(
        self, start: datetime, end: datetime
    ) -> tuple[Sequence[FundingRate], datetime]:
        """What was paid in (start, end], and until when that is certain. Of what came due before this
        life nobody was told, so that is always asked.
        """
        due = [at for at in self.feed.fundings_due(self.symbol) if start < at <= end]
        if not due and start >= self.feed.began and self._is_told_beyond(end):
            return (), end
        told: list[FundingRate] = []
        with suppress(VenueUnavailable, UnknownSymbol):
            history = await self.feed.archive.funding(self.symbol, start, 100)
            told = [history.row(number) for number in range(len(history))]
        stamped = {to_millis(rate.time) // 60_000 for rate in told}
        owed = [at for at in due if to_millis(at) // 60_000 not in stamped]
        waits = [at for at in owed if self.feed.clock.now() - at < STAMPED_WITHIN]
        return told, min(waits, default=end + MINUTE.duration) - timedelta(milliseconds=1)


def _close(frame: CandleFrame, row: int) -> datetime:
    return from_millis(int(frame.time[row])) + frame.timeframe.duration
