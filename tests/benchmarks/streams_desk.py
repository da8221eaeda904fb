"""One desk that hears so many symbols from the fake venue; says in JSON how it fared.

`python -m tests.benchmarks.streams_desk SYMBOLS SECONDS`, in a process of its own for its memory's
sake, on the first core.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, process_time
from typing import Any

import numpy as np

from bot.live.book import Told
from bot.live.feed import Feed
from bot.market.clock import SystemClock
from core.domain.market import CandleFrame, Timeframe
from tests.benchmarks.market_apart import (
    WINDOW,
    Crier,
    Ear,
    coins,
    core_waits,
    crier,
    ear,
    pin,
    symbols,
)

FRAMES = (Timeframe.M1, Timeframe.M5, Timeframe.H1)
EACH = 4
HOURS = 5
HOUR = Timeframe.H1.milliseconds
TICK = 0.001
Row = dict[str, Any]


class Lags:
    """Seconds from the venue's sending a candle to its Book knowing it."""

    def __init__(self, feed: Feed) -> None:
        self.seconds: list[float] = []
        self.last = asyncio.Event()
        self._wanted = 0
        self._hear = feed.hear_candle
        feed.hear_candle = self  # type: ignore[method-assign,assignment]

    def __call__(
        self, symbol: str, frame: Timeframe, opened: int, told: Told, *, final: bool
    ) -> None:
        self._hear(symbol, frame, opened, told, final=final)
        self.seconds.append(monotonic() - told[4])
        if len(self.seconds) == self._wanted:
            self.last.set()

    def expect(self, count: int) -> None:
        """Begin anew; `last` is set when so many have come."""
        self.seconds.clear()
        self.last.clear()
        self._wanted = count


class Stalls:
    """How much later than asked the event loop came back, at worst."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        while True:
            began = monotonic()
            await asyncio.sleep(TICK)
            self.longest = max(self.longest, monotonic() - began - TICK)


async def measured(count: int, seconds: float) -> Row:
    pin(0)
    async with crier(coins(count)) as venue:
        await asyncio.to_thread(__import__, "ccxt.pro")
        before = megabytes()
        async with ear(venue, SystemClock(), symbols(count), FRAMES) as hears:
            fill(hears.feed, int(venue.told["now"]))
            lags = Lags(hears.feed)
            told = await paced(venue, lags, seconds, count * len(FRAMES) * EACH)
            told |= await top_of_the_hour(venue, lags, count * len(FRAMES))
            told |= await flat_out(venue, hears, lags, seconds)
            return told | {"rss_mb": megabytes(), "grown_mb": megabytes() - before}


def fill(feed: Feed, now: int) -> None:
    """As after a catch-up: every book has its whole window."""
    for book in feed.books.values():
        opens = book.due(now) - book.step * np.arange(WINDOW, 0, -1)
        book.merge(CandleFrame(book.timeframe, opens, *np.ones((5, WINDOW))))


async def paced(venue: Crier, lags: Lags, seconds: float, rate: float) -> Row:
    """At a real venue's pace: each candle four times a second, all marks once."""
    stalls = Stalls()
    await venue.order("pace", rate)
    await asyncio.sleep(min(seconds / 4, 1))
    lags.seconds.clear()
    watching = asyncio.ensure_future(stalls.watch())
    waited, began, busy = core_waits(), monotonic(), process_time()
    await asyncio.sleep(seconds)
    wall, busy = monotonic() - began, process_time() - busy
    watching.cancel()
    heard = list(lags.seconds)
    await venue.order("pace", 0)
    return {
        "paced_per_second": len(heard) / wall,
        "paced_core_share": busy / wall,
        **in_milliseconds("lag", heard),
        "longest_stall_ms": 1000 * stalls.longest,
        "core_waits_ms": 1000 * (core_waits() - waited),
    }


def in_milliseconds(name: str, seconds: Sequence[float]) -> Row:
    cuts = quantiles(seconds, n=100)
    return {f"{name}_p50_ms": 1000 * cuts[49], f"{name}_p99_ms": 1000 * cuts[98]}


async def top_of_the_hour(venue: Crier, lags: Lags, books: int) -> Row:
    """Every candle closes at once: from the first that is sent to the last in its Book."""
    waits, hour = [], int(venue.told["now"]) // HOUR * HOUR
    for number in range(1, HOURS + 1):
        lags.expect(books)
        began = monotonic()
        await venue.order("close", hour + number * HOUR)
        await lags.last.wait()
        waits.append(monotonic() - began)
    return {"all_close_ms": 1000 * median(waits)}


async def flat_out(venue: Crier, hears: Ear, lags: Lags, seconds: float) -> Row:
    """As many as the two can; where the time of our core went."""
    lags.seconds.clear()
    watches = (hears.message, hears.handler, hears.theirs)
    spent = [watch.spent for watch in watches]
    waited, began, busy = core_waits(), monotonic(), process_time()
    await venue.order("flat", seconds)
    wall, busy, waited = monotonic() - began, process_time() - busy, core_waits() - waited
    message, handler, theirs = (w.spent - s for w, s in zip(watches, spent, strict=True))
    heard, ours = len(lags.seconds), handler - theirs
    return {
        "messages_per_second": round(heard / wall),
        "core_share": busy / wall,
        "us_per_message": 1e6 * busy / heard,
        "ours_share": ours / (busy + waited),
        "ccxt_share": (message - ours) / (busy + waited),
    }


def megabytes() -> float:
    """Of memory held now; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(int(sys.argv[1]), float(sys.argv[2])))))
