"""Everything off, now: pause, forget the cards, close what the desk holds, look twice.

Acts at once and by itself: no scheduler, no model, no risk rule, no ledger and no lease stands in
its way.
Positions that are not the desk's are never touched.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from core.domain.intent import Role
from core.domain.ledger import Claim, claimed
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit, Trade, TradeStatus
from core.ending import expiry
from core.errors import (
    BrokerUnavailable,
    ButtonSpent,
    LedgerUnavailable,
    NotFound,
    ProposalClosed,
)
from core.execution.filling import AskEntry
from core.execution.flattening import Flatten
from core.execution.hurrying import Hurried
from core.execution.unwritten import Unwritten
from core.ports import Broker, Clock, Ledger
from core.positions import ClosePosition

PASSES = 2
PATIENCE = 2.0
LATE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Panicked:
    """What panic has done; `left` are positions of the desk that are still open. Where it could
    not be `written`, nobody hears of it by a notice.
    """

    closed: tuple[Trade, ...]
    net: Decimal
    cancelled: int
    left: tuple[str, ...]
    written: bool = True


@dataclass(frozen=True, slots=True)
class Panic:
    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    close: ClosePosition
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, claim: Claim | None = None) -> Panicked:
        """Pause first, by itself: whatever goes wrong later, nothing new is entered.

        Raises ButtonSpent for a claim that lost.
        """
        await self.stand_still(claim)
        orders = await self._waiting()
        tried = {t.id: t for _ in range(PASSES) for t in await self._close_all()}
        ended = [await self._again(trade) for trade in tried.values()]
        over = tuple(trade for trade in ended if not trade.is_live)
        gone = {trade.id for trade in over}
        done = Panicked(
            closed=over,
            net=sum((trade.net for trade in over), Decimal(0)),
            cancelled=max(0, orders - await self._waiting()),
            left=tuple(t.symbol for t in await self._live() if t.id not in gone),
        )
        return replace(done, written=await self._told(NoticeKind.PANIC_DONE, _numbers(done)))

    async def late(self, age: timedelta) -> bool:
        """One that was said long ago: entries off, stops looked after, and a question. Was it
        written?
        """
        await self.stand_still()
        with suppress(BrokerUnavailable, LedgerUnavailable):
            await self._close.protect()
        now, held = self.clock.now(), [t for t in await self._live() if t.remaining]
        seen = self._close.protect.seen
        numbers: dict[str, Number] = {
            "said": now - age,
            "positions": len(held),
            "stops": sum(seen.get(trade.id) == now for trade in held),
        }
        return await self._told(NoticeKind.PANIC_LATE, numbers)

    async def stand_still(self, claim: Claim | None = None) -> None:
        """In memory first: an entry that is about to leave does not. Raises ButtonSpent."""
        now = self._unwritten.paused_at = self.clock.now()
        with suppress(LedgerUnavailable):
            try:
                await self._pause(now, claim)
            except ButtonSpent:
                self._unwritten.paused_at = None
                raise
            self._unwritten.paused_at = None
            await self._forget_cards(now)

    async def _pause(self, now: datetime, claim: Claim | None) -> None:
        async with passing(self.turn, patience=PATIENCE):
            settings = await self.ledger.settings(self.account)
            paused = replace(settings, paused=True, paused_at=now)
            await self.ledger.commit(*claimed(claim), paused)

    async def _forget_cards(self, now: datetime) -> None:
        """One by one: a card that is answered just now is no reason to stop."""
        waiting = await self.ledger.proposals(self.account, status=ProposalStatus.PENDING)
        for card in waiting:
            with suppress(ProposalClosed):
                await self.ledger.commit(*expiry(card, now))

    async def _waiting(self) -> int:
        try:
            return len(await self.broker.open_orders())
        except BrokerUnavailable:
            return 0

    async def _live(self) -> Sequence[Trade]:
        """As they were last, where the ledger cannot be read."""
        try:
            return await self.ledger.live_trades(self.account)
        except LedgerUnavailable:
            return tuple(self._close.protect.known.values())

    async def _close_all(self) -> list[Trade]:
        """A tap that is under way is let through first, so that what it buys is sold again, and
        what it has written does not wait for an answer.
        """
        closed = []
        async with passing(self._close.lane, patience=PATIENCE):
            with suppress(LedgerUnavailable):
                await self._close.settle()
            for trade in await self._live():
                with suppress(NotFound):
                    closed.append(await self._out(trade))
            with suppress(LedgerUnavailable):
                await self._forget_cards(self.clock.now())
        return closed

    async def _out(self, trade: Trade) -> Trade:
        """The trade afterwards."""
        try:
            if trade.status is TradeStatus.OPENING:
                return await self._doomed(trade)
            return await self._close.at_once(trade.id, Exit.PANIC)
        except BrokerUnavailable:
            return await self._owed(trade)
        except LedgerUnavailable:
            return await self._unrecorded(trade)

    async def _unrecorded(self, trade: Trade) -> Trade:
        """The ledger takes nothing: memory and the venue have to do."""
        self._unwritten.endings[trade.id] = Exit.PANIC
        unbooked = await AskEntry(Hurried(self.broker), self.ledger)(trade)
        held, flat = replace(trade, remaining=trade.remaining + unbooked), False
        with suppress(BrokerUnavailable):
            flat = await Flatten(self.clock, self.broker, self._close.send)(held)
        status = TradeStatus.CLOSED if flat else trade.status
        return replace(trade, status=status, exit=Exit.PANIC)

    async def _owed(self, trade: Trade) -> Trade:
        """Its venue is silent: settling closes it as soon as it answers, also after a restart."""
        with suppress(LedgerUnavailable):
            return await self._close.edit(trade.id, partial(replace, ending=Exit.PANIC))
        return trade

    async def _again(self, trade: Trade) -> Trade:
        """What has become of it by now, as far as that can be told."""
        if trade.id in self._unwritten.endings:
            return trade
        with suppress(LedgerUnavailable):
            return await self.ledger.trade(trade.id)
        return trade

    async def _doomed(self, trade: Trade) -> Trade:
        """An entry that may still arrive: it is taken back, and settling closes what came of it."""
        doomed = await self._close.edit(trade.id, partial(replace, ending=Exit.PANIC))
        for intent in await self.ledger.trade_intents(trade.id):
            if intent.role is Role.ENTRY:
                await self._close.send.cancel(intent.order)
        return doomed

    async def _told(self, kind: NoticeKind, numbers: dict[str, Number]) -> bool:
        try:
            await self.ledger.commit(Notice(self.account, kind, self.clock.now(), numbers=numbers))
        except LedgerUnavailable:
            return False
        return True

    @property
    def _close(self) -> ClosePosition:
        return self.close.past_fence

    @property
    def _unwritten(self) -> Unwritten:
        return self._close.send.unwritten


def _numbers(done: Panicked) -> dict[str, Number]:
    return {
        "closed": len(done.closed),
        "net": done.net,
        "cancelled": done.cancelled,
        "left": ", ".join(done.left),
    }


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
