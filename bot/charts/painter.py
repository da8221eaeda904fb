"""Turns a picture's values into a PNG, beside the event loop and one at a time."""

import asyncio
import threading
from collections import OrderedDict

from bot.charts.digest import digest
from core.domain.picture import CandlePicture, EquityPicture, Picture, ReliabilityPicture

CACHED = 32


class Painter:
    """Draws in a worker thread; the same picture is drawn once.

    matplotlib takes a second to import and is not safe to use from two threads, so it is imported
    by the first drawing and every drawing holds one lock.
    """

    def __init__(self, cached: int = CACHED) -> None:
        self._cached = cached
        self._lock = threading.Lock()
        self._drawn: OrderedDict[str, bytes] = OrderedDict()

    async def candles(self, picture: CandlePicture) -> bytes:
        """A PNG of prices with what is planned or was done."""
        return await asyncio.to_thread(self._paint, picture)

    async def equity(self, picture: EquityPicture) -> bytes:
        """A PNG of an account's worth."""
        return await asyncio.to_thread(self._paint, picture)

    async def reliability(self, picture: ReliabilityPicture) -> bytes:
        """A PNG of what was forecast against what came."""
        return await asyncio.to_thread(self._paint, picture)

    def _paint(self, picture: Picture) -> bytes:
        key = digest(picture)
        with self._lock:
            if key not in self._drawn:
                self._drawn[key] = _draw(picture)
            self._drawn.move_to_end(key)
            while len(self._drawn) > max(self._cached, 1):
                self._drawn.popitem(last=False)
            return self._drawn[key]


def _draw(picture: Picture) -> bytes:
    from bot.charts.drawing import draw  # noqa: PLC0415 - a second of matplotlib

    return draw(picture)
