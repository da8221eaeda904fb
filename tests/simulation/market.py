"""One run of a living market: two venues, streams, a desk that decides at every close.

What must hold:

    detected    a silent stream is noticed within 30 s
    whole       nothing is decided on but candles that are complete, true and the newest there are
    fresh       nothing is decided while the price is older than 30 s
    once        a close is decided at most once, and in calm weather always
    mended      when all is calm again no hole is left
    told        switches to the other venue and back are told in turn
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import numpy as np

from bot.closing import Closing
from bot.jobs import AtClose, Job
from bot.live.feed import Feed
from bot.live.keeping import Keeper
from bot.live.market import LiveMarket
from bot.live.switching import Switch
from core.committee.merging import Rules
from core.domain.instrument import Instrument
from core.domain.market import MarketSnapshot, Timeframe, to_millis
from core.engine import FormDecisions
from core.indicators import LONGEST
from core.quality import OLD_PRICE
from tests.builders import instrument, settings
from tests.simulation.loop import VirtualClock, live
from tests.simulation.venue import Truth, Venue
from tests.simulation.weather import Trouble, Weather, weather

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT")
FRAME = Timeframe.M1
SECONDS = 1_500
CALM = 1_200
BEFORE = (LONGEST + 80) * 60
NOTICED = 30.0
OWN = (Trouble.STALL, Trouble.CUT, Trouble.DARK)


@dataclass
class Verdict:
    """What one run has broken, and what struck it."""

    seed: int
    broken: list[str] = field(default_factory=list)
    struck: set[Trouble] = field(default_factory=set)
    decided: int = 0
    noticed: float = 0.0
    switches: int = 0


class Scribe:
    """A ledger that only remembers decisions."""

    def __init__(self) -> None:
        self.written = []

    async def commit(self, *changes) -> None:
        self.written += changes


class Run:
    def __init__(self, seed: int, bend: Callable[["Run"], None] | None = None) -> None:
        self.verdict = Verdict(seed)
        dice = Random(seed)
        self.clock = VirtualClock(START)
        start = to_millis(START)
        self.truths = {
            s: Truth(seed * 7 + n, start, BEFORE, SECONDS + 60) for n, s in enumerate(SYMBOLS)
        }
        self.weather = weather(dice, SECONDS, CALM)
        self.own = self._venue("Binance", self.weather, dice)
        self.other = self._venue("Bybit", Weather((), set()), dice)
        self.told: list[str] = []
        self.switch = Switch(self.own.feed, self.other.feed, self.clock, self._tell)
        contracts = {symbol: instrument(symbol=symbol) for symbol in SYMBOLS}
        self.market = LiveMarket(self.switch, self.clock, contracts, LONGEST + 20)
        self.settings = settings(symbols=SYMBOLS, timeframe=FRAME)
        self.scribe = Scribe()
        self.form = FormDecisions(self, (), self.scribe, Rules(), Decimal("0.0002"), lambda: "d")
        self.closing = Closing(
            self.clock, [Job("form", AtClose(), self._decide)], _run, self._read
        )
        self.keeper = Keeper(self.market, self.own, self._read, self._listing)
        if bend:
            bend(self)

    def _venue(self, name: str, weather: Weather, dice: Random) -> Venue:
        venue = Venue(name, self.truths, self.clock, weather, dice)
        windows = dict.fromkeys(Timeframe, LONGEST + 20)
        venue.feed = Feed(name, venue, venue, self.clock, windows)
        return venue

    async def _tell(self, before: Feed, now: Feed) -> None:
        self.told.append(f"{before.name}>{now.name}")

    async def _listing(self) -> Mapping[str, Instrument]:
        return self.market.contracts

    async def _read(self):
        return self.settings

    async def _decide(self) -> None:
        before = len(self.scribe.written)
        await self.form(SYMBOLS, FRAME)
        self.verdict.decided += len(self.scribe.written) - before

    async def snapshots(self, symbols, timeframe) -> tuple[MarketSnapshot, ...]:
        """What the desk is shown; what it may decide on is compared with the truth."""
        seen = await self.market.snapshots(symbols, timeframe)
        for snapshot in seen:
            if snapshot.quality.grade.admits:
                self._check(snapshot)
        return seen

    def _check(self, snapshot: MarketSnapshot) -> None:
        now = to_millis(snapshot.as_of)
        frame = snapshot.frame
        true = self.truths[snapshot.symbol].closed(frame.timeframe, int(frame.time[0]), now)
        if not np.array_equal(frame.time, true.time):
            self._breaks("whole", "the candles are not those that there are")
        elif any(not np.allclose(a, b) for a, b in zip(frame.columns, true.columns, strict=True)):
            self._breaks("whole", "a candle is not what it was")
        age = snapshot.quality.age
        if age is None or age > OLD_PRICE:
            self._breaks("fresh", f"the price is {age} old")
        if snapshot.source != self.own.name:
            self._breaks("fresh", "decided on another venue's prices")

    def _breaks(self, law: str, how: str) -> None:
        at = asyncio.get_running_loop().time()
        self.verdict.broken.append(f"{law} at {at:.1f} s: {how}")

    async def live(self) -> Verdict:
        self.own.feed.on_close.append(self.closing.sealed)
        tasks = [
            asyncio.ensure_future(work)
            for work in (self.keeper.run(), self.closing.run(), self._ticks(), self._watch())
        ]
        await asyncio.sleep(SECONDS)
        await self._is_mended()
        self._is_once()
        self._is_told()
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        for error in ended:
            if not isinstance(error, asyncio.CancelledError):
                self._breaks("alive", f"{error!r}")
        self.verdict.struck = self.weather.struck
        self.verdict.noticed = self.own.longest_silence
        self.verdict.switches = len(self.told)
        return self.verdict

    async def _ticks(self) -> None:
        """The scheduler's fallback: two seconds after every minute."""
        while True:
            await asyncio.sleep(62 - asyncio.get_running_loop().time() % 60)
            await self.closing.tick()

    async def _watch(self) -> None:
        """A subscription that stands and is silent must not stand for long."""
        while True:
            await asyncio.sleep(0.5)
            if self.own.silence() > NOTICED:
                self._breaks("detected", f"silent for {self.own.silence():.1f} s")

    async def _is_mended(self) -> None:
        now = to_millis(self.clock.now())
        for symbol in SYMBOLS:
            await self.market.snapshots([symbol], FRAME)
            if self.own.feed.book(symbol, FRAME).hole(now) is not None:
                self._breaks("mended", f"{symbol} has a hole left")

    def _is_once(self) -> None:
        closes = [(d.symbol, FRAME.floor(d.as_of)) for d in self.scribe.written]
        if len(closes) != len(set(closes)):
            self._breaks("once", "a close was decided twice")
        calm = [START + timedelta(seconds=s) for s in range(CALM + 240, SECONDS - 5, 60)]
        missing = [c for c in calm for s in SYMBOLS if (s, c) not in closes]
        if missing:
            self._breaks("once", f"{len(missing)} closes of the calm were not decided")

    def _is_told(self) -> None:
        turns = ["Binance>Bybit", "Bybit>Binance"]
        if self.told != [turns[n % 2] for n in range(len(self.told))]:
            self._breaks("told", f"{len(self.told)} switches, not in turn")


async def _run(job: Job) -> None:
    await job.run()


def run(seed: int, bend: Callable[[Run], None] | None = None) -> Verdict:
    return live(_lives(seed, bend))


async def _lives(seed: int, bend: Callable[[Run], None] | None) -> Verdict:
    return await Run(seed, bend).live()
