"""How fast a bot may speak: one new message a second to a chat, and edits in short bursts."""

import math
from collections.abc import Callable

from bot.demo.telegram.errors import too_many_requests

EDIT_BURST = 20


class Pace:
    """Remembers when each chat was last written to, in real seconds."""

    def __init__(self, monotonic: Callable[[], float], *, enforced: bool) -> None:
        self._monotonic = monotonic
        self._enforced = enforced
        self._sent: dict[int, float] = {}
        self._edits: dict[int, tuple[float, float]] = {}

    def send(self, chat_id: int) -> None:
        """Count a new message; a refused one does not count."""
        now = self._monotonic()
        wait = self._sent.get(chat_id, -math.inf) + 1 - now
        if self._enforced and wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._sent[chat_id] = now

    def edit(self, chat_id: int) -> None:
        """Count an edit; the burst refills by one a second."""
        now = self._monotonic()
        left, since = self._edits.get(chat_id, (float(EDIT_BURST), now))
        left = min(EDIT_BURST, left + now - since)
        if self._enforced and left < 1:
            raise too_many_requests(max(1, math.ceil(1 - left)))
        self._edits[chat_id] = (max(0.0, left - 1), now)
