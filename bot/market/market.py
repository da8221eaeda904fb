"""The market of a recording as it looked at the clock's time: what came later has no say."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from bot.market.instruments import instrument
from bot.market.prices import Price, funding_now, price_at
from bot.market.recording import Recording
from bot.market.shelf import Shelf
from core.domain.history import FundingHistory
from core.domain.instrument import Instrument
from core.domain.market import (
    Bar,
    Candle,
    CandleFrame,
    FundingRate,
    FundingStamp,
    Origin,
    Quote,
    Timeframe,
    from_millis,
)
from core.domain.snapshot import MarketSnapshot
from core.errors import NoMarketData, UnknownSymbol
from core.ports import Clock
from core.quality import assess

NO_FUNDING = FundingHistory(np.empty(0, np.int64), np.empty(0))


class RecordedMarket:
    """MarketData, Quotes and Tape over a recording.

    Prices and bars of a symbol come from its *tape*: the finest candles that cover about as much
    time as any others recorded. The one thing known of a candle that has not closed is its open.
    """

    def __init__(self, recording: Recording, clock: Clock, history: int = 3_000) -> None:
        self._clock = clock
        self._history = history
        self.extend(recording)

    def extend(self, recording: Recording) -> None:
        """Go on with a longer record of the same market."""
        self._recording = recording
        self._candles = Shelf(recording.candles)
        self._marks = Shelf(recording.marks)
        self._instruments = {
            symbol: instrument(symbol, self._candles.longest(symbol))
            for symbol in recording.symbols
        }

    @property
    def symbols(self) -> tuple[str, ...]:
        return self._recording.symbols

    @property
    def origin(self) -> Origin:
        return self._recording.origin

    @property
    def timeframes(self) -> tuple[Timeframe, ...]:
        """Those that every symbol's record is fine enough for."""
        coarsest = max(self.tape(symbol).timeframe.milliseconds for symbol in self.symbols)
        return tuple(frame for frame in Timeframe if frame.milliseconds >= coarsest)

    @property
    def first(self) -> datetime:
        """When the first candle of any symbol opens."""
        return min(self.span(symbol)[0] for symbol in self.symbols)

    @property
    def end(self) -> datetime:
        """When the last candle of any symbol closes: the data runs out."""
        return max(self.span(symbol)[1] for symbol in self.symbols)

    def span(self, symbol: str) -> tuple[datetime, datetime]:
        """From the first open of a symbol's tape to its last close."""
        tape = self.tape(symbol)
        return from_millis(int(tape.time[0])), _close_time(tape, len(tape) - 1)

    def tape(self, symbol: str) -> CandleFrame:
        """The whole tape, future and all; for backtests that walk columns themselves."""
        self.instrument(symbol)
        return self._candles.longest(symbol)

    def frame(self, symbol: str, timeframe: Timeframe) -> CandleFrame:
        """A whole record, future and all. Raises NoMarketData where the record is too coarse."""
        self.instrument(symbol)
        frame = self._candles.frame(symbol, timeframe)
        if frame is None:
            raise NoMarketData(symbol=symbol, timeframe=timeframe)
        return frame

    def instrument(self, symbol: str) -> Instrument:
        try:
            return self._instruments[symbol]
        except KeyError:
            known = ", ".join(name.partition("/")[0] for name in self.symbols)
            raise UnknownSymbol(symbol=symbol.partition("/")[0], known=known) from None

    def next_close(self, after: datetime, timeframe: Timeframe) -> datetime | None:
        """When the next recorded candle of any symbol closes; None once the data has run out."""
        frames = (self._candles.frame(symbol, timeframe) for symbol in self.symbols)
        rows = ((frame, frame.closed_by(after)) for frame in frames if frame is not None)
        closes = (_close_time(frame, row) for frame, row in rows if row < len(frame))
        return min(closes, default=None)

    async def snapshots(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        now = self._clock.now()
        found = (self._snapshot(symbol, timeframe, now) for symbol in symbols)
        return tuple(snapshot for snapshot in found if snapshot is not None)

    def _snapshot(self, symbol: str, timeframe: Timeframe, now: datetime) -> MarketSnapshot | None:
        contract = self.instrument(symbol)
        frame = self._candles.frame(symbol, timeframe)
        closed = frame.closed_by(now) if frame else 0
        if not frame or not closed:
            return None
        rows = frame.rows(closed - self._history, closed)
        rate, due = funding_now(self._funding(symbol), now)
        quality = assess(rows, now)
        return MarketSnapshot(contract, now, rows, self.origin, rate, due, quality=quality)

    def agreement(self) -> float | None:
        return None

    def funding(self, symbol: str) -> tuple[FundingRate | None, datetime | None]:
        self.instrument(symbol)
        return funding_now(self._funding(symbol), self._clock.now())

    async def quote(self, symbol: str) -> Quote:
        """While the record has a hole, the last close and its time, so that its age shows."""
        now = self._clock.now()
        last = self._last(symbol, now)
        return Quote(symbol, last.time, last.price, self._mark(symbol, now, last).price)

    def _last(self, symbol: str, moment: datetime) -> Price:
        last = price_at(self.tape(symbol), moment)
        if last is None:
            raise NoMarketData(symbol=symbol)
        return last

    def _mark(self, symbol: str, moment: datetime, last: Price) -> Price:
        marks = self._mark_tape(symbol)
        mark = price_at(marks, moment) if marks is not None else None
        return mark if mark is not None and mark.time >= last.time else last

    def _mark_tape(self, symbol: str) -> CandleFrame | None:
        return self._marks.frame(symbol, self._candles.longest(symbol).timeframe)

    async def bars(self, symbol: str, after: datetime, until: datetime) -> Sequence[Bar]:
        tape = self.tape(symbol)
        stop = tape.closed_by(min(until, self._clock.now()))
        return [self._bar(symbol, tape, row) for row in range(tape.closed_by(after), stop)]

    def _bar(self, symbol: str, tape: CandleFrame, row: int) -> Bar:
        candle = tape.candle(row)
        mark = self._mark_candle(symbol, int(tape.time[row])) or candle
        return Bar(candle, mark, _close_time(tape, row), self._stamps(symbol, tape, row))

    def _mark_candle(self, symbol: str, opened: int) -> Candle | None:
        marks = self._mark_tape(symbol)
        if marks is None:
            return None
        row = int(np.searchsorted(marks.time, opened))
        return marks.candle(row) if row < len(marks) and marks.time[row] == opened else None

    def _stamps(self, symbol: str, tape: CandleFrame, row: int) -> tuple[FundingStamp, ...]:
        opened, funding = int(tape.time[row]), self._funding(symbol)
        due = range(funding.due_by(opened), funding.due_by(opened + tape.timeframe.milliseconds))
        return tuple(self._stamp(symbol, funding.row(number)) for number in due)

    def _stamp(self, symbol: str, due: FundingRate) -> FundingStamp:
        last = self._last(symbol, due.time)
        return FundingStamp(due.time, due.rate, self._mark(symbol, due.time, last).price)

    def _funding(self, symbol: str) -> FundingHistory:
        return self._recording.funding.get(symbol, NO_FUNDING)


def _close_time(frame: CandleFrame, row: int) -> datetime:
    return from_millis(int(frame.time[row])) + frame.timeframe.duration
