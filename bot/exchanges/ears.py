"""Hears every streamed candle as the venue sent it, with the word that it has closed.

ccxt keeps candles but forgets that word, and hands them out through as many futures as there are
subscriptions, which is slow for hundreds of them. So its handler is overheard.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bot.exchanges.venues import Path, Venue
from bot.market.truth import can_be_true
from core.domain.market import Timeframe

logger = logging.getLogger(__name__)
SECONDS_BELOW = 100_000_000_000
Heard = Callable[[str, Timeframe, Sequence[float], bool], None]
TIMEFRAMES = {frame.value: frame for frame in Timeframe}


class Ear:
    """Stands in for ccxt's connection while it handles one message."""

    __slots__ = ("_client", "told")

    def __init__(self, client: Any) -> None:
        self._client = client
        self.told: tuple[str, str, Any] | None = None

    def resolve(self, result: Any, message_hash: str) -> Any:
        """Some venues' handlers resolve to (symbol, timeframe, candles), others put both into the hash."""
        if isinstance(result, list) and len(result) == 3 and isinstance(result[0], str):
            self.told = (result[0], result[1], result[2])
        elif message_hash.startswith("candles:"):
            _, timeframe, symbol = message_hash.split(":", 2)
            self.told = (symbol, timeframe, result)
        return self._client.resolve(result, message_hash)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def overhear(client: Any, venue: Venue, heard: Heard, lost: Callable[[], None]) -> None:
    """Call `heard` for every candle of this client's streams, `lost` when a connection ends."""
    handle, on_close, on_error = client.handle_ohlcv, client.on_close, client.on_error

    def handle_ohlcv(connection: Any, message: Any) -> None:
        for part in _parts(venue, message):
            ear = Ear(connection)
            with _in_peace(venue):
                handle(ear, part)
            if ear.told:
                _tell(venue, ear.told, part, heard)

    def closed(connection: Any, code: Any) -> None:
        on_close(connection, code)
        lost()

    def failed(connection: Any, error: Any) -> None:
        on_error(connection, error)
        lost()

    client.handle_ohlcv, client.on_close, client.on_error = handle_ohlcv, closed, failed


def _parts(venue: Venue, message: Any) -> Iterator[Any]:
    """A message for each candle in it. Where only the last one counts, the rest is history."""
    name, *place = venue.opened[:2] or ("",)
    found = _at(message, (name,))
    if place != [0] or not isinstance(found, list) or len(found) < 2:
        yield message
        return
    for one in found:
        yield {**message, name: [one]}


@contextmanager
def _in_peace(venue: Venue) -> Iterator[None]:
    """What ccxt cannot read must not end its loop that reads a connection: nobody would notice."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        logger.warning("%s called out nonsense: %r", venue.title, error)


def _tell(venue: Venue, told: tuple[str, str, Any], message: Any, heard: Heard) -> None:
    symbol, timeframe, candles = told
    opened = _open_time(_at(message, venue.opened))
    row = candles.hashmap.get(opened) if venue.opened else candles[-1]
    if row is None or timeframe not in TIMEFRAMES or not _is_candle(row):
        return
    is_final = bool(venue.final) and _at(message, venue.final) == venue.final_says
    heard(symbol, TIMEFRAMES[timeframe], row, is_final)


def _is_candle(row: Sequence[Any]) -> bool:
    """An empty cell is no number; ccxt hands it on as it is."""
    is_told = len(row) == 6 and all(isinstance(cell, int | float) for cell in row)
    return is_told and bool(can_be_true(*row[1:]))


def _open_time(told: Any) -> int | None:
    """In ms; some venues count seconds."""
    try:
        opened = int(told)
    except (TypeError, ValueError, OverflowError):
        return None
    return opened * 1000 if opened < SECONDS_BELOW else opened


def _at(message: Any, path: Path) -> Any:
    """What lies behind a path of keys; None where there is no such thing."""
    found = message
    for key in path:
        try:
            found = found[key]
        except (LookupError, TypeError):
            return None
    return found if path else None
