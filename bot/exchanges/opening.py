"""Opens ccxt's clients: late, because the import takes seconds, and off the event loop."""

import asyncio
import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

from bot.exchanges.venues import Venue

KEEP_ALIVE = 15_000
TIMEOUT = 10_000


async def open_client(venue: Venue, adjust: Callable[[Any], None] | None = None) -> Any:
    """A client for public data; another one, kept apart, is for orders. Close it with `close()`.

    `adjust` may change it before its first word to the venue.
    """
    made = await asyncio.to_thread(import_module, "ccxt.pro")
    logging.getLogger("ccxt").setLevel(logging.WARNING)
    client = getattr(made, venue.ccxt)(
        {
            "enableRateLimit": True,
            "newUpdates": True,
            "timeout": TIMEOUT,
            "options": {"fetchCurrencies": False, "maxRetriesOnFailure": 0, **venue.options},
        }
    )
    client.has["fetchCurrencies"] = False
    client.streaming["keepAlive"] = KEEP_ALIVE
    if adjust:
        adjust(client)
    return client
