"""Whose history can be fetched: every venue by its name, opened when it is asked for."""

from collections.abc import Callable, Mapping

from bot.errors import Stop
from bot.market.source import CandleSource

Opener = Callable[[], CandleSource]

OPENERS: Mapping[str, Opener] = {}


def open_source(name: str, openers: Mapping[str, Opener] = OPENERS) -> CandleSource:
    """Raises Stop for a venue that nobody knows."""
    opener = openers.get(name.lower())
    if opener is None:
        known = ", ".join(openers) or "none yet"
        raise Stop(f"{name}: no venue of this name; there is {known}")
    return opener()
