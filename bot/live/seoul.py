"""The Korean market beside the world's: the won in a dollar of stablecoin, and the kimchi premium."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from bot.errors import VenueUnavailable
from bot.live.ports import PriceBoard
from bot.live.prices import Price
from core.domain.won import Premium, WonRate
from core.ports import Clock, Won

logger = logging.getLogger(__name__)

TETHER = "USDT/KRW"
FRESH = timedelta(minutes=1)
KEPT = timedelta(hours=6)
PATIENCE = 6.0


@dataclass
class Seoul:
    """`core.ports.Won` over a Korean spot venue; `otherwise` speaks while that is silent too long.

    `bank` is the banks' won for a dollar, once it is known.
    """

    name: str
    board: PriceBoard
    clock: Clock
    otherwise: Won
    bank: Decimal | None = None
    told: dict[str, Price] = field(default_factory=dict)

    def rate(self) -> WonRate | None:
        price = self.told.get(TETHER)
        if price is None or price.last is None or self.clock.now() - price.time > KEPT:
            return self.otherwise.rate()
        return WonRate(price.time, price.last, self.name)

    async def refresh(self) -> None:
        """To be called every minute or so. Raises VenueUnavailable."""
        await self._read([TETHER])

    async def premium(self, symbol: str, price: Decimal) -> Premium | None:
        base = symbol.partition("/")[0]
        here, rate = await self._won_for(f"{base}/KRW"), self.rate()
        if here is None or rate is None or price <= 0:
            return None
        share = here / (price * self.bank) - 1 if self.bank else None
        return Premium(here, share, here / (price * rate.rate) - 1, self.name)

    async def _won_for(self, symbol: str) -> Decimal | None:
        """None where it is not listed there, or cannot be read just now."""
        known = self.told.get(symbol)
        if known is None or self.clock.now() - known.time > FRESH:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._read([TETHER, symbol])
            except (VenueUnavailable, TimeoutError) as error:
                logger.info("no won price of %s: %s", symbol, error)
        fresh = self.told.get(symbol)
        if fresh is None or self.clock.now() - fresh.time > FRESH:
            return None
        return fresh.last

    async def _read(self, symbols: list[str]) -> None:
        self.told |= await self.board.prices(symbols)
