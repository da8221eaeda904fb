"""What somebody sees who asks about a market: the snapshot, the price, and what surrounds them."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from core.domain.market import Origin, Quote, Timeframe
from core.domain.snapshot import MarketSnapshot
from core.domain.won import Premium
from core.errors import NoMarketData
from core.ports import Clock, MarketData, Quotes, Won


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketFacts:
    """One symbol as of now; None where the market does not say."""

    symbol: str
    snapshot: MarketSnapshot | None
    quote: Quote | None
    premium: Premium | None
    origin: Origin
    now: datetime


@dataclass(frozen=True, slots=True)
class ReadMarket:
    clock: Clock
    market: MarketData
    quotes: Quotes
    won: Won
    origin: Origin

    async def __call__(
        self, symbols: Sequence[str], timeframe: Timeframe
    ) -> tuple[MarketFacts, ...]:
        """One per symbol, in their order; a venue that is silent is waited for once, not for each.

        Raises UnknownSymbol.
        """
        seen = {s.symbol: s for s in await self.market.snapshots(symbols, timeframe)}
        facts = (self._facts(symbol, seen.get(symbol)) for symbol in symbols)
        return tuple(await asyncio.gather(*facts))

    async def _facts(self, symbol: str, snapshot: MarketSnapshot | None) -> MarketFacts:
        quote = None
        with suppress(NoMarketData):
            quote = await self.quotes.quote(symbol)
        return MarketFacts(
            symbol=symbol,
            snapshot=snapshot,
            quote=quote,
            premium=await self.won.premium(symbol, quote.last) if quote else None,
            origin=self.origin,
            now=self.clock.now(),
        )
