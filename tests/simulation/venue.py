"""A venue on virtual time: the truth about its candles, an archive, and a stream that misbehaves."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import numpy as np

from bot.errors import VenueBusy, VenueUnavailable
from bot.live.feed import Feed
from bot.live.listening import Line
from bot.live.prices import Price
from bot.market.recording import FundingHistory
from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, Timeframe, exact, to_millis
from tests.simulation.loop import VirtualClock
from tests.simulation.weather import Trouble, Weather

SECOND = 1_000
PULSE = 2
PATIENCE = timedelta(seconds=20)


class Truth:
    """Prices of one symbol, second by second, before and during the run."""

    def __init__(self, seed: int, start: int, before: int, seconds: int) -> None:
        dice = np.random.default_rng(seed)
        steps = dice.normal(0, 0.0002, before + seconds)
        self.first = start - before * SECOND
        self.prices = np.round(100 * np.exp(np.cumsum(steps)), 4)
        self.volumes = np.round(dice.lognormal(0, 0.5, before + seconds), 3) + 0.001

    def candle(self, opened: int, until: int) -> tuple[float, float, float, float, float]:
        """As far as it had come at `until`."""
        first = max((opened - self.first) // SECOND, 0)
        last = max((until - self.first) // SECOND, first + 1)
        prices, volumes = self.prices[first:last], self.volumes[first:last]
        return (
            float(prices[0]),
            float(prices.max()),
            float(prices.min()),
            float(prices[-1]),
            round(float(volumes.sum()), 6),
        )

    def price(self, moment: int) -> float:
        return float(self.prices[(moment - self.first) // SECOND])

    def closed(self, timeframe: Timeframe, since: int, until: int) -> CandleFrame:
        step = timeframe.milliseconds
        first = -(-max(since, self.first) // step) * step
        opens = np.arange(first, until - step + 1, step, dtype=np.int64)
        rows = [self.candle(int(o), int(o) + step) for o in opens]
        cells = np.array(rows, dtype=np.float64).reshape(-1, 5)
        return CandleFrame(timeframe, opens, *(np.ascontiguousarray(c) for c in cells.T))


class Venue:
    """Archive, PriceBoard and Streams of `bot.live`, over the same truth."""

    def __init__(
        self,
        name: str,
        truths: dict[str, Truth],
        clock: VirtualClock,
        weather: Weather,
        dice: Random,
    ) -> None:
        self.name = name
        self.page = 200
        self.truths = truths
        self.clock = clock
        self.weather = weather
        self.dice = dice
        self.feed: Feed | None = None
        self.last_word: float | None = None
        self.longest_silence = 0.0

    # the archive

    async def candles(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame:
        await self._answers()
        behind = 40 * SECOND if self._is(Trouble.BEHIND) else 0
        until = to_millis(self.clock.now()) - behind
        frame = self.truths[symbol].closed(timeframe, to_millis(since), until)
        return frame.rows(0, min(limit, self.page))

    async def marks(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame | None:
        return None

    async def funding(self, symbol: str, since: datetime, limit: int) -> FundingHistory:
        return FundingHistory(np.empty(0, np.int64), np.empty(0))

    async def prices(self, symbols: Sequence[str]) -> dict[str, Price]:
        await self._answers()
        return {symbol: self._price(symbol) for symbol in symbols}

    async def skew(self) -> timedelta | None:
        await self._answers()
        return timedelta(0)

    async def derivatives(self, symbol: str) -> Derivatives:
        return Derivatives(time=self.clock.now())

    def _price(self, symbol: str) -> Price:
        now = self.clock.now()
        price = exact(self.truths[symbol].price(to_millis(now)))
        return Price(time=now, last=price, mark=price * Decimal("1.0001"))

    async def _answers(self) -> None:
        slow = self._is(Trouble.SLOW)
        await asyncio.sleep(self.dice.uniform(3, 12) if slow else self.dice.uniform(0.03, 0.3))
        if self._is(Trouble.DOWN) or self._is(Trouble.DARK):
            raise VenueUnavailable(f"{self.name} does not answer")
        if self._is(Trouble.BUSY):
            raise VenueBusy(f"{self.name} asks to wait", 5.0)

    def _is(self, trouble: Trouble) -> bool:
        return self.weather.strikes(trouble, asyncio.get_running_loop().time())

    # the stream

    def lines(self, symbols: Sequence[str], timeframes: Sequence[Timeframe]) -> tuple[Line, ...]:
        async def listen(line: Line) -> None:
            self.last_word = asyncio.get_running_loop().time()
            try:
                await self._stream(line, symbols, timeframes)
            finally:
                self.longest_silence = max(self.longest_silence, self.silence())
                self.last_word = None

        return (Line(f"{self.name}: candles", self.clock, PATIENCE, listen),)

    def silence(self) -> float:
        """How long the subscription that stands has said nothing; 0 without one."""
        if self.last_word is None:
            return 0.0
        return asyncio.get_running_loop().time() - self.last_word

    async def drop(self, line: Line | None = None) -> None:
        return

    async def _stream(
        self, line: Line, symbols: Sequence[str], timeframes: Sequence[Timeframe]
    ) -> None:
        await asyncio.sleep(self.dice.uniform(0.1, 1.0))
        if self._is(Trouble.DARK):
            raise VenueUnavailable(f"{self.name} cannot be reached")
        while True:
            await asyncio.sleep(PULSE - asyncio.get_running_loop().time() % PULSE + 0.01)
            if self._is(Trouble.CUT):
                raise VenueUnavailable(f"{self.name}: the connection has ended")
            if self._is(Trouble.STALL) or self._is(Trouble.DARK):
                continue
            for symbol in symbols:
                self._pulse(line, symbol, timeframes)

    def _pulse(self, line: Line, symbol: str, timeframes: Sequence[Timeframe]) -> None:
        now = to_millis(self.clock.now())
        for timeframe in timeframes:
            running = now - now % timeframe.milliseconds
            if now - running < PULSE * SECOND:
                self._say(line, symbol, timeframe, running - timeframe.milliseconds, running, True)
            self._say(line, symbol, timeframe, running, now, False)

    def _say(
        self, line: Line, symbol: str, timeframe: Timeframe, opened: int, until: int, final: bool
    ) -> None:
        if self._is(Trouble.LOST) and self.dice.random() < 0.5:
            return
        told = self.truths[symbol].candle(opened, until)
        says = final and not self._is(Trouble.UNSAID)

        def hear() -> None:
            self._heard(line, symbol, timeframe, opened, told, says)

        delay = self.dice.uniform(0, 5) if self._is(Trouble.LATE) else 0.0
        self._later(delay, hear)
        if self._is(Trouble.TWICE):
            self._later(delay + self.dice.uniform(0, 2), hear)

    def _later(self, delay: float, hear: Callable[[], None]) -> None:
        if delay:
            asyncio.get_running_loop().call_later(delay, hear)
        else:
            hear()

    def _heard(
        self,
        line: Line,
        symbol: str,
        timeframe: Timeframe,
        opened: int,
        told: tuple[float, ...],
        final: bool,
    ) -> None:
        assert self.feed is not None
        line.touch()
        if self.last_word is not None:
            self.last_word = asyncio.get_running_loop().time()
        self.feed.hear_candle(symbol, timeframe, opened, told, final=final)
        if timeframe is Timeframe.M1 and not final:
            self.feed.hear_price(
                symbol, Price(time=self.clock.now(), last=exact(told[3]), mark=exact(told[3]))
            )
