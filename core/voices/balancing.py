"""Asks a model how the account might be spread, when a person wants to know. Nothing acts on it."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from core.domain.model import Said, Unsaid
from core.domain.people import Language
from core.prompt import Balance, Faults, read_balance
from core.voices.portfolio import Portfolio, ReadPortfolio, Ready, Suggestion


@dataclass(frozen=True, slots=True)
class AskBalance:
    """Once a close; who asks while somebody else is waiting gets the same answer. One that comes too
    late is shown to whoever looks next.
    """

    read: ReadPortfolio
    lane: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, language: Language) -> Portfolio:
        async with self.lane:
            portfolio, ready = await self.read.prepared(language)
            return await self._asked(portfolio, ready, language) if ready else portfolio

    async def _asked(self, before: Portfolio, ready: Ready, language: Language) -> Portfolio:
        def read(said: Said) -> Balance | Faults:
            return read_balance(said.text, ready.sheet)

        async def keep(found: Balance) -> None:
            self.read.kept[language] = await self._made(found, ready, began)

        began = self.read.clock.now()
        found = await ready.seat.consult(ready.prompt, ready.about, read, keep)
        if isinstance(found, Unsaid):
            cost = await self._cost(ready, began)
            return replace(before, failure=found.failure, cost=cost)
        await keep(found)
        return replace(before, suggestion=self.read.kept[language], offer=None)

    async def _made(self, found: Balance, ready: Ready, began: datetime) -> Suggestion:
        name, close = ready.seat.model.name, ready.about.as_of
        cost = await self._cost(ready, began)
        return Suggestion(balance=found, model=name, close=close, cost=cost)

    async def _cost(self, ready: Ready, began: datetime) -> Decimal:
        calls = await self.read.calls(ready.seat.model, began)
        return sum((call.counts for call in calls), Decimal(0))
