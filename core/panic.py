"""Everything off, now: pause, forget the cards, close what the desk holds, look twice.

Acts at once and by itself: no scheduler, no model and no risk rule stands in its way. Positions
that are not the desk's are never touched.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from core.domain.notice import Notice, NoticeKind
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit, Trade, TradeStatus
from core.ending import expiry
from core.errors import NotFound, ProposalClosed
from core.ports import Broker, Clock, Ledger
from core.positions import ClosePosition

PASSES = 2
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Panicked:
    """What panic has done; `left` are positions of the desk that are still open."""

    closed: tuple[Trade, ...]
    net: Decimal
    cancelled: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panic:
    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    close: ClosePosition
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self) -> Panicked:
        """Pause first, by itself: whatever goes wrong later, nothing new is entered."""
        now = self.clock.now()
        async with self.turn:
            settings = await self.ledger.settings(self.account)
            await self.ledger.commit(replace(settings, paused=True, paused_at=now))
        await self._forget_cards(now)
        orders = len(await self.broker.open_orders())
        closed = [trade for _ in range(PASSES) for trade in await self._close_all()]
        over = tuple(trade for trade in closed if not trade.is_live)
        done = Panicked(
            closed=over,
            net=sum((trade.net for trade in over), Decimal(0)),
            cancelled=orders - len(await self.broker.open_orders()),
            left=tuple(t.symbol for t in await self.ledger.live_trades(self.account)),
        )
        await self.ledger.commit(self._notice(done))
        return done

    async def _forget_cards(self, now: datetime) -> None:
        """One by one: a card that is answered just now is no reason to stop."""
        waiting = await self.ledger.proposals(self.account, status=ProposalStatus.PENDING)
        for card in waiting:
            with suppress(ProposalClosed):
                await self.ledger.commit(*expiry(card, now))

    async def _close_all(self) -> list[Trade]:
        """A tap that is under way is let through first, so that what it buys is sold again."""
        closed = []
        async with passing(self.close.lane, patience=PATIENCE):
            await self.close.settle()
            for trade in await self.ledger.live_trades(self.account):
                if trade.status is TradeStatus.OPENING:
                    await self.close.edit(trade.id, _doomed)
                    continue
                with suppress(NotFound):
                    closed.append(await self.close.at_once(trade.id, Exit.PANIC))
        return closed

    def _notice(self, done: Panicked) -> Notice:
        numbers: dict[str, Decimal | datetime | int | str] = {
            "closed": len(done.closed),
            "net": done.net,
            "cancelled": done.cancelled,
            "left": ", ".join(done.left),
        }
        return Notice(self.account, NoticeKind.PANIC_DONE, self.clock.now(), numbers=numbers)


def _doomed(trade: Trade) -> Trade:
    """An entry that may still arrive: settling closes it when it does."""
    return replace(trade, ending=Exit.PANIC)


@asynccontextmanager
async def passing(lane: asyncio.Lock, *, patience: float) -> AsyncIterator[None]:
    """Hold the lane, or go on without it when it does not come free in so many seconds."""
    try:
        async with asyncio.timeout(patience):
            await lane.acquire()
    except TimeoutError:
        yield
        return
    try:
        yield
    finally:
        lane.release()
