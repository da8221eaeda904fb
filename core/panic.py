"""Everything off, now: pause, forget the cards, close what the desk holds, look twice.

Acts at once and by itself: no scheduler, no model and no risk rule stands in its way. Positions
that are not the desk's are never touched.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core.domain.ledger import Change
from core.domain.notice import Notice, NoticeKind
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit, Trade, TradeStatus
from core.ending import expiry
from core.ports import Broker, Clock, Ledger
from core.positions import ClosePosition

PASSES = 2


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

    async def __call__(self) -> Panicked:
        now = self.clock.now()
        settings = await self.ledger.settings(self.account)
        await self.ledger.commit(
            replace(settings, paused=True, paused_at=now), *await self._forgotten(now)
        )
        orders = len(await self.broker.open_orders())
        closed: list[Trade] = []
        for _ in range(PASSES):
            closed += [
                await self.close(trade.id, Exit.PANIC, urgent=True) for trade in await self._open()
            ]
        done = Panicked(
            closed=tuple(trade for trade in closed if not trade.is_live),
            net=sum((trade.net for trade in closed), Decimal(0)),
            cancelled=orders - len(await self.broker.open_orders()),
            left=tuple(trade.symbol for trade in await self._open()),
        )
        await self.ledger.commit(self._notice(done))
        return done

    async def _open(self) -> list[Trade]:
        live = await self.ledger.live_trades(self.account)
        return [trade for trade in live if trade.status is TradeStatus.OPEN]

    async def _forgotten(self, now: datetime) -> list[Change]:
        waiting = await self.ledger.proposals(self.account, status=ProposalStatus.PENDING)
        return [change for card in waiting for change in expiry(card, now)]

    def _notice(self, done: Panicked) -> Notice:
        numbers: dict[str, Decimal | datetime | int | str] = {
            "closed": len(done.closed),
            "net": done.net,
            "cancelled": done.cancelled,
            "left": ", ".join(done.left),
        }
        return Notice(self.account, NoticeKind.PANIC_DONE, self.clock.now(), numbers=numbers)
