"""Hears every streamed candle as the venue sent it, with the word that it has closed.

ccxt keeps candles but forgets that word, and hands them out through as many futures as there are
subscriptions, which is slow for hundreds of them. So its handler is overheard.
"""

from collections.abc import Callable, Sequence
from typing import Any

from bot.exchanges.venues import Path, Venue
from core.domain.market import Timeframe

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
        ear = Ear(connection)
        handle(ear, message)
        if ear.told:
            _tell(venue, ear.told, message, heard)

    def closed(connection: Any, code: Any) -> None:
        on_close(connection, code)
        lost()

    def failed(connection: Any, error: Any) -> None:
        on_error(connection, error)
        lost()

    client.handle_ohlcv, client.on_close, client.on_error = handle_ohlcv, closed, failed


def _tell(venue: Venue, told: tuple[str, str, Any], message: Any, heard: Heard) -> None:
    symbol, timeframe, candles = told
    opened = _open_time(_at(message, venue.opened))
    row = candles.hashmap.get(opened) if opened else candles[-1]
    if row is None or timeframe not in TIMEFRAMES:
        return
    is_final = bool(venue.final) and _at(message, venue.final) == venue.final_says
    heard(symbol, TIMEFRAMES[timeframe], row, is_final)


def _open_time(told: Any) -> int | None:
    """In ms; some venues count seconds."""
    if told is None:
        return None
    opened = int(told)
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
