"""Asks a model how the account might be spread, when a person wants to know. Nothing acts on it."""

import asyncio
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.domain.model import Said, Unsaid
from core.domain.people import Language
from core.prompt import Balance, Faults, read_balance
from core.voices.portfolio import Portfolio, ReadPortfolio, Ready, Suggestion


@dataclass(frozen=True, slots=True)
class AskBalance:
    """Once a close; who asks while somebody else is waiting gets the same answer."""

    read: ReadPortfolio
    lane: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, language: Language) -> Portfolio:
        async with self.lane:
            portfolio, ready = await self.read.prepared(language)
            return await self._asked(portfolio, ready, language) if ready else portfolio

    async def _asked(self, before: Portfolio, ready: Ready, language: Language) -> Portfolio:
        def read(said: Said) -> Balance | Faults:
            return read_balance(said.text, ready.sheet)

        began, model = self.read.clock.now(), ready.seat.model
        found = await ready.seat.consult(ready.prompt, ready.about, read)
        cost = sum((call.counts for call in await self.read.calls(model, began)), Decimal(0))
        if isinstance(found, Unsaid):
            return replace(before, failure=found.failure, cost=cost)
        close = ready.about.as_of
        made = Suggestion(balance=found, model=model.name, close=close, cost=cost)
        self.read.kept[language] = made
        return replace(before, suggestion=made, offer=None)
