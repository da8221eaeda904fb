"""What has traded, minute by minute, for an account made of paper: nothing after an unsure minute."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import VenueUnavailable
from bot.live.feed import PAGE, Feed
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
STAMPED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class LiveTape:
    """One symbol's minutes on a feed that has just caught up as far as it could."""

    feed: Feed
    symbol: str

    async def bars(self, after: datetime, until: datetime) -> Sequence[Bar]:
        """Up to the first minute that is missing or not sealed, and before funding that is due and
        not told yet: a stop or a payment inside would be lost.
        """
        frame = await self._minutes(after, until)
        if not len(frame):
            return ()
        start, end = from_millis(int(frame.time[0])), _close(frame, len(frame) - 1)
        marks = await self._marks(start, len(frame))
        rates, sure = await self._rates(start, end)
        rows = range(frame.closed_by(sure))
        return [self._bar(frame, row, marks, rates) for row in rows]

    async def _minutes(self, after: datetime, until: datetime) -> CandleFrame:
        """What lies further back than books go is read from the archive, a page at a time."""
        sure = self._sure(after, until)
        if until - after < MINUTE.duration * self.feed.windows.get(MINUTE, PAGE):
            return sure
        with suppress(VenueUnavailable, UnknownSymbol):
            told = await self.feed.archive.candles(self.symbol, MINUTE, after, PAGE)
            return told.rows(told.closed_by(after), told.closed_by(until))
        return sure.rows(0, 0)

    def _sure(self, after: datetime, until: datetime) -> CandleFrame:
        book, end = self.feed.book(self.symbol, MINUTE), to_millis(until)
        hole = book.hole(end)
        frame = book.frame(min(end, hole.start) if hole else end)
        return frame.rows(frame.closed_by(after), len(frame))

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

    async def _rates(
        self, start: datetime, end: datetime
    ) -> tuple[Sequence[FundingRate], datetime]:
        """What was paid in (start, end], and until when that is certain. Of what came due before this
        life nobody was told, so that is always asked.
        """
        due = [at for at in self.feed.fundings_due(self.symbol) if start < at <= end]
        if not due and start >= self.feed.began:
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
