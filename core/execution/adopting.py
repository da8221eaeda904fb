"""A person's answer about a position that the desk has not opened: take it over, close it, or mine."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.ledger import Claim, claimed
from core.domain.stranger import Stranger, StrangerStatus
from core.domain.trade import Exit, Trade
from core.domain.trading import Position
from core.errors import NotFound, PositionMoved
from core.execution.adoption import Shelter, adopted
from core.execution.closing import CloseOut
from core.execution.protecting import ProtectPositions
from core.execution.settling import SettleIntents
from core.ports import Clock, Ledger


@dataclass(frozen=True, slots=True)
class AnswerStranger:
    """Each answer is about the position as it was shown. Raises NotFound when nobody is asked about
    it any more, PositionMoved when it has changed since, ButtonSpent.
    """

    account: str
    clock: Clock
    ledger: Ledger
    settle: SettleIntents
    protect: ProtectPositions
    lane: asyncio.Lock
    new_id: Callable[[], str]

    async def adopt(self, symbol: str, shown: Decimal, claim: Claim | None = None) -> Trade:
        """From now on the desk's, with the stop that was on the card. Where the price has passed
        it meanwhile, somebody has to be asked anew.
        """
        async with self.lane:
            stranger, position = await self._both(symbol, shown)
            trade = self._trade(stranger, position)
            if (position.mark_price - trade.stop) * trade.side.sign <= 0:
                await self.ledger.commit(_over(stranger))
                raise PositionMoved(position=symbol)
            await self.ledger.commit(*claimed(claim), trade, _over(stranger))
            await self.protect()
            return await self.ledger.trade(trade.id)

    async def close(self, symbol: str, shown: Decimal, claim: Claim | None = None) -> Trade:
        """Taken over, and sold at once: a close that gets lost is tried again like any other."""
        async with self.lane:
            stranger, position = await self._both(symbol, shown)
            trade = replace(self._trade(stranger, position), ending=Exit.PERSON)
            await self.ledger.commit(*claimed(claim), trade, _over(stranger))
            await self._out(trade)
            return await self.ledger.trade(trade.id)

    async def leave(self, symbol: str, claim: Claim | None = None) -> Stranger:
        """A person's own business: nobody is asked again until it changes."""
        async with self.lane:
            mine = replace(await self._stranger(symbol), status=StrangerStatus.MINE)
            await self.ledger.commit(*claimed(claim), mine)
            return mine

    async def _stranger(self, symbol: str) -> Stranger:
        for stranger in await self.ledger.strangers(self.account):
            if stranger.symbol == symbol and stranger.is_there:
                return stranger
        raise NotFound(position=symbol)

    async def _both(self, symbol: str, shown: Decimal) -> tuple[Stranger, Position]:
        stranger = await self._stranger(symbol)
        position = (await self.protect.broker.account()).position(symbol)
        if position is None:
            raise NotFound(position=symbol)
        if not stranger.amount == position.amount == shown:
            raise PositionMoved(position=symbol)
        return stranger, position

    def _trade(self, stranger: Stranger, position: Position) -> Trade:
        """Raises NotFound in a contract that the desk does not know."""
        stop, risk = stranger.stop, stranger.risk
        if stop is None or risk is None:
            raise NotFound(position=stranger.symbol)
        shelter, now = Shelter(stop, risk), self.clock.now()
        return adopted(self.new_id(), self.account, position, shelter, now)

    async def _out(self, trade: Trade) -> None:
        own = self.settle
        sell = CloseOut(own.clock, own.broker, own.ledger, own.send, own.edit)
        await sell(trade, Exit.PERSON)
        await self.settle()
        await self.protect()


def _over(stranger: Stranger) -> Stranger:
    return replace(stranger, status=StrangerStatus.OVER)
