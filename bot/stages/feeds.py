"""One venue's market as a feed, and what it lists: the parts that a desk's market is made of.

Imports ccxt.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.errors import VenueUnavailable
from bot.exchanges.asking import Asker, asker
from bot.exchanges.opening import Adjust, open_client
from bot.exchanges.prices import CcxtPrices
from bot.exchanges.source import CcxtSource
from bot.exchanges.venues import venue_named
from bot.live.feed import Feed
from bot.live.kept import KeptArchive
from bot.live.market import LiveMarket
from bot.live.switching import Switch
from bot.live.words import with_ended
from bot.market.instruments import KNOWN
from bot.storage.candles import SqlCandles
from bot.storage.codec import decode, encode
from bot.storage.notes import SqlNotes
from core.domain.instrument import Instrument
from core.domain.market import Timeframe
from core.ports import Clock

logger = logging.getLogger(__name__)

FIRST_WORD = 15.0
HISTORY = 3_000
WINDOWS = dict.fromkeys(Timeframe, HISTORY)


@dataclass(frozen=True, slots=True)
class Contracts:
    """What a venue lists, as it is kept for a start without the venue."""

    listed: tuple[Instrument, ...]


async def open_asker(name: str, opened: AsyncExitStack, adjust: Adjust | None = None) -> Asker:
    venue = venue_named(name)
    ask = asker(venue, await open_client(venue, adjust))
    opened.push_async_callback(ask.close)
    return ask


def feed_of(ask: Asker, clock: Clock, store: SqlCandles) -> Feed:
    archive = KeptArchive(ask.venue.name, CcxtSource(ask, clock), store, clock)
    board = CcxtPrices(ask, clock)
    return Feed(ask.venue.title, archive, board, clock, dict(WINDOWS))


async def contracts_now(ask: Asker, clock: Clock, notes: SqlNotes) -> Mapping[str, Instrument]:
    """The venue's own; while it does not answer, as they were last, or those that are typed in.

    What it listed once stays known after its end, for whoever holds it still.
    """
    note = f"contracts {ask.venue.name}"
    kept = await notes.get(note)
    known = _by_symbol(decode(Contracts, kept).listed) if kept else {}
    try:
        async with asyncio.timeout(FIRST_WORD):
            listed = await CcxtSource(ask, clock).contracts()
    except (VenueUnavailable, TimeoutError) as error:
        logger.warning("%s does not answer yet: %s", ask.venue.title, error)
        return known or KNOWN
    found = with_ended(known, listed, clock.now())
    await notes.put(note, encode(Contracts(tuple(found.values()))))
    return found


def _by_symbol(listed: tuple[Instrument, ...]) -> Mapping[str, Instrument]:
    return {one.symbol: one for one in listed}


@asynccontextmanager
async def lone_market(
    venue: str, clock: Clock, notes: SqlNotes, adjust: Adjust | None = None
) -> AsyncIterator[LiveMarket]:
    """One venue without streams: it is asked whenever somebody wants to know something."""
    async with AsyncExitStack() as opened:
        own = await open_asker(venue, opened, adjust)
        feed = feed_of(own, clock, SqlCandles(notes.database))
        contracts = await contracts_now(own, clock, notes)
        yield LiveMarket(Switch(feed, None, clock, _nobody_hears), clock, contracts, HISTORY)


async def _nobody_hears(_before: Feed, _now: Feed) -> None:
    """There is nothing to switch to."""
