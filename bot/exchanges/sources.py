"""Whose history can be fetched: every venue by its name, opened when it is asked for."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from bot.errors import Stop
from bot.exchanges.venues import VENUES, Venue
from bot.market.clock import SystemClock
from bot.market.source import CandleSource

Opener = Callable[[], CandleSource]


def _through_ccxt(venue: Venue) -> CandleSource:
    """Imports ccxt, which takes seconds."""
    opening = import_module("bot.exchanges.opening")
    asking = import_module("bot.exchanges.asking")
    source = import_module("bot.exchanges.source")
    made: CandleSource = source.CcxtSource(
        asking.asker(venue, opening.client_of(venue)), SystemClock()
    )
    return made


OPENERS: Mapping[str, Opener] = {
    name: partial(_through_ccxt, venue) for name, venue in VENUES.items()
}


def open_source(name: str, openers: Mapping[str, Opener] = OPENERS) -> CandleSource:
    """Raises Stop for a venue that nobody knows."""
    opener = openers.get(name.lower())
    if opener is None:
        known = ", ".join(openers) or "none yet"
        raise Stop(f"{name}: no venue of this name; there is {known}")
    return opener()
