"""Remembers what a venue has told of money that came into an account or left it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from bot.broker.ports import Dialect, Span, Transfer
from core.ports import Clock

EVERY = timedelta(seconds=20)
OVERLAP = timedelta(minutes=30)
AHEAD = timedelta(minutes=1)
# No venue tells of a transfer that is three months old.
MEMORY = timedelta(days=85)


@dataclass(slots=True)
class Transfers:
    """`whole` is the span in which nothing is missing but what its venue tells late: of that, some
    is asked for again.
    """

    dialect: Dialect
    clock: Clock
    known: dict[str, Transfer] = field(default_factory=dict)
    whole: Span | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def moved(self, start: datetime, end: datetime) -> Decimal:
        async with self.turn:
            now = self.clock.now()
            for span in self._unheard(max(start, now - MEMORY), now):
                await self._listen(span, now)
        made = (one.amount for one in self.known.values() if start <= one.time < end)
        return sum(made, Decimal(0))

    def _unheard(self, start: datetime, now: datetime) -> Iterator[Span]:
        whole = self.whole
        if whole is None:
            yield Span(start, now + AHEAD)
            return
        if start < whole.start:
            yield Span(start, whole.start)
        if now - whole.end >= EVERY:
            yield Span(max(whole.start, whole.end - OVERLAP), now + AHEAD)

    async def _listen(self, span: Span, now: datetime) -> None:
        """What fails half-way has told nothing."""
        told = await self.dialect.transfers(span)
        self.known |= {one.key: one for one in told}
        whole = self.whole or Span(span.start, now)
        self.whole = Span(min(whole.start, span.start), max(whole.end, min(span.end, now)))
