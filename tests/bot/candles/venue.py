"""A venue with a past of its own, and the bad manners that real ones have."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from bot.errors import VenueUnavailable
from core.domain.history import FundingHistory
from core.domain.market import CandleFrame, Timeframe, to_millis
from core.errors import UnknownSymbol
from tests.bot.market.tables import BTC, ETH, frame

EMPTY = FundingHistory(np.empty(0, np.int64), np.empty(0))
COLUMNS = ("time", "open", "high", "low", "close", "volume")


@dataclass
class FakeVenue:
    """`troubles` are raised one after the other, each instead of an answer; None is no trouble."""

    past: dict[tuple[str, Timeframe], CandleFrame] = field(default_factory=dict)
    mark_past: dict[tuple[str, Timeframe], CandleFrame] = field(default_factory=dict)
    rates: dict[str, FundingHistory] = field(default_factory=dict)
    venue: str = "binance"
    troubles: deque = field(default_factory=deque)
    page: int = 1_000
    most: int = 1_000
    overlap: int = 0
    jumps: bool = True  # to the first candle after `since`, however far; else only a page ahead
    repeats: bool = False
    asked: list = field(default_factory=list)
    listed: tuple = (BTC, ETH)

    async def symbols(self):
        self._maybe_fail()
        return self.listed

    def timeframes(self):
        return (Timeframe.M1, Timeframe.H1)

    async def candles(self, symbol, timeframe, since, limit):
        self._maybe_fail()
        self.asked.append(to_millis(since))
        if symbol not in self.listed:
            raise UnknownSymbol(symbol=symbol)
        whole = self.past.get((symbol, timeframe), frame([], timeframe))
        return self._page(whole, since, limit)

    async def marks(self, symbol, timeframe, since, limit):
        whole = self.mark_past.get((symbol, timeframe))
        return None if whole is None else self._page(whole, since, limit)

    async def funding(self, symbol, since, limit):
        whole = self.rates.get(symbol, EMPTY)
        first = int(np.searchsorted(whole.time, to_millis(since)))
        cut = slice(first, first + min(limit, self.most))
        return FundingHistory(whole.time[cut], whole.rate[cut])

    async def close(self):
        pass

    def _page(self, whole, since, limit):
        if self.repeats:
            return whole.rows(0, limit)
        first = int(np.searchsorted(whole.time, to_millis(since)))
        page = whole.rows(first - self.overlap, first + min(limit, self.most))
        ahead = to_millis(since) + limit * whole.timeframe.milliseconds
        return page if self.jumps else page.rows(0, int(np.searchsorted(page.time, ahead)))

    def _maybe_fail(self):
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble is not None:
            raise trouble


def gone(sentence="binance does not answer"):
    return VenueUnavailable(sentence)
