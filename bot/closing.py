"""What happens when a candle closes: once for each close, early when the stream says so.

The scheduler's tick, two seconds after every minute, is the fallback: it runs whatever close has
not been dealt with yet. Thinking may wait for models, so it goes on beside: its first job begins at
once, the others when their account has lived through the candle. Accounts live side by side: one
whose venue hangs keeps no other waiting. A close that comes while the desk
still thinks about the last one is lived through, and not thought about.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.edge import survives
from bot.following import Follows
from bot.jobs import AtClose, Job
from core.domain.market import Timeframe
from core.ports import Clock

logger = logging.getLogger(__name__)

Attempt = Callable[[Job], Awaitable[None]]
Listed = Callable[[Sequence[str]], Sequence[str]]


Read = Callable[[], Awaitable[Follows]]


@dataclass
class Closing:
    """The jobs at the close, in their order. `read` gives what is followed as it is now;
    a stream is held against what they were at the last tick, for nothing is read while it speaks.
    `listed` says which symbols a stream can still tell of: no other is waited for. It is `resting`
    while nothing is thought about.
    """

    clock: Clock
    jobs: Sequence[Job]
    attempt: Attempt
    read: Read
    listed: Listed = tuple
    done: datetime = field(init=False)
    timeframe: Timeframe | None = None
    symbols: frozenset[str] = frozenset()
    resting: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _sealed: dict[datetime, set[str]] = field(default_factory=dict)
    _complete: asyncio.Queue[datetime] = field(default_factory=asyncio.Queue)
    _lived: dict[str, asyncio.Event] = field(default_factory=dict)
    _thoughts: asyncio.Queue[datetime] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        self.done = self.clock.now()
        self.resting.set()
        self.jobs = tuple(job for job in self.jobs if isinstance(job.when, AtClose))

    async def tick(self) -> None:
        """Deal with the last close of the account's timeframe, unless that was done."""
        async with self._turn:
            settings = await self._follow()
            close = settings.timeframe.floor(self.clock.now())
            self._sealed = {at: told for at, told in self._sealed.items() if at > close}
            if self._is_news(close, settings.timeframe):
                self.done = close
                await self._live(close)

    async def _live(self, close: datetime) -> None:
        self._lived = {job.account: asyncio.Event() for job in self.jobs}
        self._begin(close)
        async with asyncio.TaskGroup() as tasks:
            for account in self._lived:
                tasks.create_task(self._live_through(account))

    async def _live_through(self, account: str) -> None:
        for job in self.jobs:
            if job.account == account and not job.thinks:
                await self.attempt(job)
        self._lived[account].set()

    def _begin(self, close: datetime) -> None:
        if not self.resting.is_set():
            logger.warning("the close of %s is not thought about: the last one still is", close)
            return
        self.resting.clear()
        self._thoughts.put_nowait(close)

    async def _think_on(self) -> None:
        while True:
            await self._thoughts.get()
            await self._think()
            self.resting.set()

    async def _think(self) -> None:
        lived, thoughts = dict(self._lived), [job for job in self.jobs if job.thinks]
        for job in thoughts[:1]:
            await self.attempt(job)
        async with asyncio.TaskGroup() as tasks:
            for account, has_lived in lived.items():
                mine = [job for job in thoughts[1:] if job.account == account]
                tasks.create_task(self._think_about(mine, has_lived))

    async def _think_about(self, jobs: Sequence[Job], has_lived: asyncio.Event) -> None:
        await has_lived.wait()
        for job in jobs:
            await self.attempt(job)

    async def _follow(self) -> Follows:
        """Whose candles make a close complete."""
        settings = await self.read()
        self.timeframe = settings.timeframe
        self.symbols = frozenset(self.listed(settings.symbols))
        return settings

    def _is_news(self, close: datetime, timeframe: Timeframe) -> bool:
        """One that is half a candle old is left out, as a missed one."""
        return close > self.done and self.clock.now() - close < timeframe.duration / 2

    def sealed(self, symbol: str, timeframe: Timeframe, close: datetime) -> None:
        """The stream says that this candle is complete."""
        if timeframe is self.timeframe and close > self.done:
            told = self._sealed.setdefault(close, set())
            told.add(symbol)
            if self.symbols <= told:
                self._complete.put_nowait(close)

    async def run(self) -> None:
        """Wake at a close as soon as every symbol that is followed has its candle, and think."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._wake())
            tasks.create_task(self._think_on())

    async def _wake(self) -> None:
        await survives("reading what is followed", self._follow)
        while True:
            close = await self._complete.get()
            await asyncio.sleep(max((close - self.clock.now()).total_seconds(), 0.0))
            await survives("the close", self.tick)
