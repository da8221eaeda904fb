"""Binance's fake in a process of its own, which calls out candles as fast as it is told to.

`python -m tests.benchmarks.venue_apart COIN…` says where it listens, then obeys the lines of its
standard input, each answered by a number: `pace N` calls N running candles a second from now on,
`flat SECONDS` as many as are taken, `close MS` moves the clock there and calls every candle that has
closed. The volume of a candle is the moment it was sent, by the clock all processes here share.
"""

import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from tests.venues.binance import streams
from tests.venues.binance.dialect import BINANCE
from tests.venues.certificates import authority
from tests.venues.generated import world
from tests.venues.hub import Connection, Feed
from tests.venues.loopback import Venues, venues_on_loopback
from tests.venues.news import Bar
from tests.venues.series import VOLUME
from tests.venues.venue import Venue

PLACE = 987_654_321.0
SLICE = 0.005
BREATH = 64
MARKS = Feed("mark", "*")


@dataclass(frozen=True, slots=True)
class Cry:
    """One candle's message around the place of its volume."""

    channel: str
    head: str
    tail: str
    listeners: tuple[Connection, ...]

    async def send(self) -> None:
        text = f"{self.head}{monotonic():.6f}{self.tail}".encode()
        for listener in self.listeners:
            await listener.deliver(text, self.channel)


@dataclass
class Crier:
    venue: Venue
    running: list[Cry] = field(default_factory=list)
    said: int = 0
    _pacing: asyncio.Task[None] | None = None

    async def obey(self, line: str) -> int:
        word, *told = line.split()
        orders = {"pace": self.pace, "flat": self.flat, "close": self.close}
        await orders[word](*map(float, told))
        return self.said

    async def pace(self, rate: float) -> None:
        if self._pacing:
            self._pacing.cancel()
            await asyncio.wait({self._pacing})
        self.running, self.said = self._cries(closed=False), 0
        self._pacing = asyncio.create_task(self._keep(rate)) if rate else None

    async def _keep(self, rate: float) -> None:
        """The running candles in turn, and the marks of all each second."""
        began, seconds = monotonic(), 0
        while True:
            gone = monotonic() - began
            for _ in range(int(gone * rate) - self.said):
                await self._next()
            if gone > seconds + 1:
                seconds += 1
                await self.venue.tell(MARKS, None)
            await asyncio.sleep(SLICE)

    async def flat(self, seconds: float) -> None:
        self.running, self.said = self._cries(closed=False), 0
        end = monotonic() + seconds
        while monotonic() < end:
            for _ in range(BREATH):
                await self._next()
            await asyncio.sleep(0)

    async def _next(self) -> None:
        await self.running[self.said % len(self.running)].send()
        self.said += 1

    async def close(self, moment: float) -> None:
        self.venue.world.clock.now = int(moment)
        closed = self._cries(closed=True)
        for cry in closed:
            await cry.send()
        self.running = self._cries(closed=False)

    def _cries(self, *, closed: bool) -> list[Cry]:
        wanted = self.venue.hub.wanted(("kline",))
        return [cry for feed in wanted for cry in self._of(feed, closed)]

    def _of(self, feed: Feed, closed: bool) -> list[Cry]:
        now, series = self.venue.now, self.venue.world[feed.base].series
        series.carry(now)
        row = series.running(feed.detail, now - closed)
        row[VOLUME] = PLACE
        bar = Bar(row, feed.detail, closed)
        return [
            Cry(channel, *self._around(feed, channel, bar), tuple(listeners))
            for channel, listeners in self.venue.hub.feeds[feed].items()
        ]

    def _around(self, feed: Feed, channel: str, bar: Bar) -> tuple[str, str]:
        head, _, tail = streams.kline(self.venue, feed, channel, bar).partition(f"{PLACE:.1f}")
        return head, tail


def described(venues: Venues, folder: str) -> str:
    file = Path(folder) / "authority.pem"
    authority().cert_pem.write_to_path(str(file))
    told = {"port": venues.port, "authority": str(file), "hosts": sorted(venues.hosts)}
    return json.dumps(told | {"now": venues.world.now})


async def main(coins: list[str]) -> None:
    alone = (replace(BINANCE, snapshots=()),)
    async with venues_on_loopback(world(coins, days=1), alone) as venues:
        crier = Crier(venues["binance"])
        with tempfile.TemporaryDirectory() as folder:
            print(described(venues, folder), flush=True)
            while line := await asyncio.to_thread(sys.stdin.readline):
                print(await crier.obey(line), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
