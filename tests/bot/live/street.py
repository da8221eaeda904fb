"""A venue made of numbers: an archive and a board that fail when a test wants it."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from bot.errors import VenueUnavailable
from bot.live.feed import Feed
from bot.live.prices import Price
from bot.market.recording import FundingHistory
from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Timeframe, from_millis, to_millis
from core.errors import UnknownSymbol
from tests.builders import NOON
from tests.fakes import FakeClock

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
M1, H1 = Timeframe.M1, Timeframe.H1
WINDOW = 20


def row(timeframe: Timeframe, opened: int) -> tuple[float, float, float, float, float]:
    """The truth about a candle, told by its time alone."""
    place = opened // timeframe.milliseconds
    level = 100.0 + place % 7
    return level, level + 2, level - 2, level + place % 3 - 1, 10.0 + place % 5


def truth(timeframe: Timeframe, start: int, end: int) -> CandleFrame:
    opens = np.arange(start, end, timeframe.milliseconds, dtype=np.int64)
    cells = np.array([row(timeframe, int(opened)) for opened in opens]).reshape(-1, 5)
    return CandleFrame(timeframe, opens, *(np.ascontiguousarray(c) for c in cells.T))


class Venue:
    """Archive and PriceBoard over that truth."""

    def __init__(self, clock: FakeClock, page: int = 1000) -> None:
        self.clock = clock
        self.page = page
        self.is_down = False
        self.absent: set[int] = set()
        self.listed_at = 0
        self.is_windowed = False
        self.late = timedelta(0)
        self.paid: list[tuple[datetime, float]] = []
        self.asked: Counter[str] = Counter()
        self.told: dict[str, Price] = {}
        self.unlisted: set[str] = set()
        self.funding_rate = Decimal("0.0001")

    def _ask(self, what: str, symbol: str = "") -> None:
        self.asked[what] += 1
        if symbol in self.unlisted:
            raise UnknownSymbol(symbol=symbol, known="")
        if self.is_down:
            raise VenueUnavailable("the venue is silent")

    async def candles(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame:
        self._ask("candles", symbol)
        step = timeframe.milliseconds
        start = max(-(-to_millis(since) // step) * step, self.listed_at)
        end = (to_millis(self.clock.now() - self.late) // step) * step
        if self.is_windowed:
            end = min(end, to_millis(since) + self.page * step)
        whole = truth(timeframe, start, max(start, end))
        there = np.flatnonzero(~np.isin(whole.time, list(self.absent)))[: min(limit, self.page)]
        return CandleFrame(timeframe, *(column[there] for column in whole.columns))

    async def marks(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame | None:
        return None

    async def funding(self, symbol: str, since: datetime, limit: int) -> FundingHistory:
        self._ask("funding")
        rows = [(to_millis(at), rate) for at, rate in self.paid if at >= since]
        times, rates = [t for t, _ in rows], [r for _, r in rows]
        return FundingHistory(np.array(times, np.int64), np.array(rates, np.float64))

    async def prices(self, symbols):
        self._ask("prices")
        now = self.clock.now()
        usual = Price(time=now, last=Decimal(100), mark=Decimal("100.1"))
        listed = [symbol for symbol in symbols if symbol not in self.unlisted]
        return {symbol: self.told.get(symbol, usual) for symbol in listed}

    async def skew(self) -> timedelta | None:
        self._ask("time")
        return timedelta(0)

    async def derivatives(self, symbol: str) -> Derivatives:
        self._ask("derivatives", symbol)
        due = NOON + timedelta(hours=4)
        return Derivatives(time=self.clock.now(), funding=self.funding_rate, next_funding=due)


def feed(name: str = "Binance", start: datetime = NOON, **venue: int) -> tuple[Feed, Venue]:
    clock = FakeClock(start)
    there = Venue(clock, **venue)
    return Feed(name, there, there, clock, dict.fromkeys(Timeframe, WINDOW)), there


def opened(moment: datetime, timeframe: Timeframe, ago: int = 1) -> int:
    """The open of the candle that closed so many closes ago."""
    return to_millis(timeframe.floor(moment)) - ago * timeframe.milliseconds


def same(one: CandleFrame, other: CandleFrame) -> bool:
    return all(
        np.array_equal(mine, theirs)
        for mine, theirs in zip(one.columns, other.columns, strict=True)
    )


def at(milliseconds: int) -> datetime:
    return from_millis(milliseconds)
