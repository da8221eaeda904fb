"""Everything that goes on beside a living market: streams, watchdogs, the slow numbers, proofs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from bot.edge import survives
from bot.errors import VenueUnavailable
from bot.following import Follows
from bot.live.feed import Feed
from bot.live.listening import Line, Listener
from bot.live.market import LiveMarket
from bot.live.ports import Streams
from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, Timeframe, to_millis
from core.errors import NoMarketData, UnknownSymbol
from core.quality import agreement

logger = logging.getLogger(__name__)

LOOK = timedelta(seconds=5)
SLOW = timedelta(minutes=5)
PROOF = timedelta(hours=1)
LISTED = timedelta(hours=1)
AGAIN = timedelta(minutes=1)
COMPARED = 24
UNREADABLE = (VenueUnavailable, NoMarketData, UnknownSymbol)


@dataclass
class Keeper:
    """`read` gives what is followed as it is now: it may change."""

    market: LiveMarket
    streams: Streams
    read: Callable[[], Awaitable[Follows]]
    listing: Callable[[Sequence[str]], Awaitable[Mapping[str, Instrument]]]
    followed: tuple[tuple[str, ...], Timeframe] = field(default=((), Timeframe.H1))

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(every(LOOK, "the second venue", self.market.switch.look))
            tasks.create_task(every(SLOW, "derivatives", self.read_slow_numbers))
            tasks.create_task(every(PROOF, "the proof", self.compare))
            tasks.create_task(every(LISTED, "the listing", self.read_listing))

    async def _listen(self) -> None:
        """Subscribe to what the account follows; anew when that changes, or when it broke."""
        while True:
            if not await survives("listening", self._listen_once):
                await asyncio.sleep(LOOK.total_seconds())

    async def _listen_once(self) -> None:
        self.followed = await self._wanted()
        listener = Listener(self._lines(), self.streams.drop, self.catch_up)
        listening = asyncio.ensure_future(listener.run())
        try:
            await self._first_prices()
            while await self._wanted() == self.followed and not listening.done():
                await asyncio.wait({listening}, timeout=LOOK.total_seconds())
            if listening.done():
                listening.result()
        finally:
            listening.cancel()
            await asyncio.wait({listening})
            await self.streams.drop()

    async def _first_prices(self) -> None:
        """Where no stream tells a mark, one must have been read to be seen growing old."""
        with suppress(*UNREADABLE):
            await self.market.switch.own.refresh(self.followed[0])

    def _lines(self) -> Sequence[Line]:
        symbols, timeframe = self.followed
        return self.streams.lines(symbols, sorted({Timeframe.M1, timeframe}))

    async def _wanted(self) -> tuple[tuple[str, ...], Timeframe]:
        settings = await self.read()
        return self.market.still_listed(settings.symbols), settings.timeframe

    async def catch_up(self) -> None:
        """After an outage: everything that is followed is read again from where it broke off."""
        symbols, timeframe = self.followed
        for symbol in symbols:
            for frame in {Timeframe.M1, timeframe}:
                with suppress(*UNREADABLE):
                    await self.market.switch.own.catch_up(symbol, frame)

    async def read_slow_numbers(self) -> None:
        """Funding, open interest, crowding; and how far the venue's clock is off."""
        feed = self.market.feed
        for symbol in self.followed[0]:
            with suppress(*UNREADABLE):
                await self.market.read_derivatives(symbol)
        with suppress(VenueUnavailable):
            await feed.measure_skew()

    async def read_listing(self) -> None:
        """New contracts, new rules, and ends that were announced."""
        self.market.lists(await self.listing(self.followed[0]))

    async def compare(self) -> None:
        """Does a second venue tell the same? The last day's hours, side by side."""
        switch = self.market.switch
        if switch.other is None:
            return
        for symbol in self.followed[0]:
            with suppress(*UNREADABLE):
                await switch.own.catch_up(symbol, Timeframe.H1)
                await switch.other.catch_up(symbol, Timeframe.H1)
                ours, theirs = _last_day(switch.own, symbol), _last_day(switch.other, symbol)
                self._believe(symbol, ours, theirs)

    def _believe(self, symbol: str, ours: CandleFrame, theirs: CandleFrame) -> None:
        _, mine, other = np.intersect1d(ours.time, theirs.time, return_indices=True)
        share = agreement(ours.close[mine], theirs.close[other])
        if share is not None:
            self.market.accuracy[symbol] = share


def _last_day(feed: Feed, symbol: str) -> CandleFrame:
    return feed.book(symbol, Timeframe.H1).frame(to_millis(feed.clock.now()), COMPARED)


async def every(pause: timedelta, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """For ever; a venue that is away is nothing to shout about, and is asked again soon."""
    wait = pause

    async def quietly() -> None:
        nonlocal wait
        try:
            wait = pause
            await work()
        except VenueUnavailable as error:
            wait = min(pause, AGAIN)
            logger.info("%s: %s", name, error)

    while True:
        await survives(name, quietly)
        await asyncio.sleep(wait.total_seconds())
