"""Stand-ins for the ports, for tests that need no database and no venue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from core.domain.event import Event
from core.domain.instrument import Instrument
from core.domain.market import (
    Bar,
    CandleFrame,
    FundingRate,
    Origin,
    Quote,
    Timeframe,
    exact,
    to_millis,
)
from core.domain.opinion import Abstention, Question, Silence, View
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Account, Activity, Order, OrderState, Outcome, Placed
from core.domain.won import Premium, WonRate
from core.errors import NoMarketData, UnknownSymbol
from tests.builders import NOON, instrument
from tests.core.domain.memory_ledger import MemoryLedger

__all__ = [
    "FakeBroker",
    "FakeCalendar",
    "FakeClock",
    "FakeMarket",
    "FakeWon",
    "MemoryLedger",
    "ScriptedAnalyst",
    "frame",
]


RICH = Account(Decimal(10_000), Decimal(10_000), Decimal(10_000))


class FakeClock:
    """Stands still until the test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def advance(self, **delta: float) -> None:
        self.moment += timedelta(**delta)


def frame(
    closes: Sequence[float],
    timeframe: Timeframe = Timeframe.H1,
    end: datetime = NOON,
    reach: float = 0.0,
) -> CandleFrame:
    """The last candle closes at `end`; each opens at the close before and strays `reach` further."""
    close = np.array(closes, dtype=np.float64)
    opened = np.concatenate((close[:1], close[:-1]))
    step = timeframe.milliseconds
    time = to_millis(end) - step * np.arange(len(close), 0, -1, dtype=np.int64)
    high, low = np.maximum(opened, close) + reach, np.minimum(opened, close) - reach
    return CandleFrame(timeframe, time, opened, high, low, close, np.ones(len(close)))


class FakeMarket:
    """MarketData, Quotes and Tape over one frame a symbol, futures and all.

    The price is what the test said last, else the open of the candle that runs, else the last
    close.
    """

    def __init__(self, clock: FakeClock, frames: Mapping[str, CandleFrame]) -> None:
        self.clock = clock
        self.frames = dict(frames)
        self.said: dict[str, tuple[Decimal, Decimal]] = {}

    def says(self, symbol: str, last: Decimal | int, mark: Decimal | int | None = None) -> None:
        self.said[symbol] = Decimal(last), Decimal(last if mark is None else mark)

    def instrument(self, symbol: str) -> Instrument:
        self._frame(symbol)
        return instrument(symbol=symbol)

    async def snapshots(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketSnapshot, ...]:
        found = (self._snapshot(symbol) for symbol in symbols)
        return tuple(s for s in found if len(s.frame) and s.frame.timeframe is timeframe)

    async def quote(self, symbol: str) -> Quote:
        whole, now = self._frame(symbol), self.clock.now()
        if symbol in self.said:
            return Quote(symbol, now, *self.said[symbol])
        closed = whole.closed_by(now)
        if not closed:
            raise NoMarketData(symbol=symbol)
        price = exact(whole.open[closed] if closed < len(whole) else whole.close[-1])
        return Quote(symbol, now, price, price)

    def agreement(self) -> float | None:
        return None

    def funding(self, symbol: str) -> tuple[FundingRate | None, datetime | None]:
        return None, None

    async def bars(self, symbol: str, after: datetime, until: datetime) -> Sequence[Bar]:
        whole = self._frame(symbol)
        stop = whole.closed_by(min(until, self.clock.now()))
        candles = [whole.candle(row) for row in range(whole.closed_by(after), stop)]
        return [Bar(one, one, one.open_time + whole.timeframe.duration) for one in candles]

    def _snapshot(self, symbol: str) -> MarketSnapshot:
        whole, now = self._frame(symbol), self.clock.now()
        closed = whole.rows(0, whole.closed_by(now))
        return MarketSnapshot(self.instrument(symbol), now, closed, Origin.SYNTHETIC)

    def _frame(self, symbol: str) -> CandleFrame:
        if symbol not in self.frames:
            raise UnknownSymbol(symbol=symbol)
        return self.frames[symbol]


class FakeWon:
    """A dollar is worth what the test says."""

    def __init__(self, krw: int | None = 1_440) -> None:
        self.krw = krw

    def rate(self) -> WonRate | None:
        return WonRate(NOON, Decimal(self.krw), "test") if self.krw else None

    async def premium(self, symbol: str, price: Decimal) -> Premium | None:
        return None


@dataclass
class FakeCalendar:
    """Knows the events that a test has written into it."""

    written: Sequence[Event] = ()

    async def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        return tuple(event for event in self.written if start <= event.at < end)


@dataclass
class ScriptedAnalyst:
    """Says what it was told about a symbol, else nothing; remembers what it was asked."""

    name: str = "scripted"
    script: dict[str, View] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    async def views(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[View, ...]:
        self.asked += questions
        silent = (Abstention(self.name, q.symbol, Silence.NO_ANSWER) for q in questions)
        return tuple(self.script.get(view.symbol, view) for view in silent)


@dataclass
class FakeBroker:
    """A broker that fills nothing: it shows an account and remembers orders.

    `answers` says what becomes of an order by its id; others are placed.
    """

    shown: Account = RICH
    orders: dict[str, OrderState] = field(default_factory=dict)
    answers: dict[str, Outcome] = field(default_factory=dict)
    lived: list[Activity] = field(default_factory=list)
    placed: list[Order] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)

    async def account(self) -> Account:
        return self.shown

    async def place(self, order: Order) -> Outcome:
        self.placed.append(order)
        return self.answers.get(order.client_order_id, Placed(order.client_order_id))

    async def cancel(self, client_order_id: str) -> None:
        self.cancelled.append(client_order_id)
        self.orders.pop(client_order_id, None)

    async def find(self, client_order_id: str) -> OrderState | None:
        return self.orders.get(client_order_id)

    async def open_orders(self) -> tuple[OrderState, ...]:
        return tuple(self.orders.values())

    async def activity(self, after: int) -> tuple[Activity, ...]:
        return tuple(one for one in self.lived if one.seq > after)
