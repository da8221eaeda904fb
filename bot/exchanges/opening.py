"""Opens ccxt's clients: late, because the import takes seconds, and off the event loop."""

import asyncio
import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

from bot.exchanges.venues import Venue

Adjust = Callable[[Any], object]

KEEP_ALIVE = 15_000
TIMEOUT = 10_000


async def open_client(venue: Venue, adjust: Adjust | None = None) -> Any:
    """A client for public data; another one, kept apart, is for orders. Close it with `close()`.

    `adjust` may change it before its first word to the venue.
    """
    await asyncio.to_thread(import_module, "ccxt.pro")
    client = client_of(venue)
    if adjust:
        adjust(client)
    return client


def client_of(venue: Venue) -> Any:
    """The same where nobody minds waiting for the import."""
    made = import_module("ccxt.pro")
    logging.getLogger("ccxt").setLevel(logging.WARNING)
    options = {"fetchCurrencies": False, "maxRetriesOnFailure": 0, **venue.options}
    client = getattr(made, venue.ccxt)(
        {"enableRateLimit": True, "newUpdates": True, "timeout": TIMEOUT, "options": options}
    )
    client.has["fetchCurrencies"] = False
    client.streaming["keepAlive"] = KEEP_ALIVE
    return client
