"""Find out what became of what was sent, and book what the account has lived through.

The same code runs after every send, in its own loop, and at start-up. A venue that does not answer
about one order, or about the account, keeps nobody from asking about the rest.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.notice import Notice, NoticeKind
from core.domain.trade import Trade, TradeStatus
from core.domain.trading import OrderStatus
from core.errors import BrokerUnavailable, NotFound
from core.execution.closing import CloseOut
from core.execution.editing import EditTrades
from core.execution.folding import BookActivity
from core.execution.patience import Patience
from core.execution.sending import SendIntent
from core.ports import Broker, Clock, Ledger, Won

ABSENT = "absent"
FRESH = timedelta(seconds=30)
UNSETTLED = (IntentStatus.NEW, IntentStatus.SENDING)
OVER = frozenset({OrderStatus.EXPIRED, OrderStatus.CANCELED})


@dataclass(frozen=True, slots=True)
class SettleIntents:
    """Prove every order's fate by asking for it; then fold new fills into trades."""

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    send: SendIntent
    edit: EditTrades
    won: Won
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    patience: Patience = field(default_factory=Patience)
    lately: dict[str, datetime] = field(default_factory=dict)

    async def __call__(self) -> None:
        async with self._turn:
            await self._all()

    async def _all(self) -> None:
        async with self.edit.turn:
            await self.send.unwritten.write(self.account, self.ledger)
        for intent in await self.ledger.intents(self.account, UNSETTLED):
            with suppress(BrokerUnavailable):
                await self._settle(intent)
        await self._book()
        for trade in await self.ledger.live_trades(self.account):
            with suppress(BrokerUnavailable, NotFound):
                await self._carry_on(trade)

    async def _settle(self, intent: Intent) -> None:
        if intent.id in self.send.flying:
            return
        if intent.status is IntentStatus.NEW:
            await self._start(intent)
            return
        asked = self.clock.now()
        if await self.broker.find(intent.order):
            await self._judge(intent, IntentStatus.ACCEPTED)
        elif self.patience.is_over(intent, asked, self.broker.arrival):
            await self._judge(intent, IntentStatus.ABSENT)

    async def _start(self, intent: Intent) -> None:
        """Written down and never sent: it may go while it is fresh, and for the first time only."""
        age = self.clock.now() - intent.created_at
        if age <= FRESH and await self._may_go(intent):
            await self.send(intent)
        else:
            await self._judge(intent, IntentStatus.ABSENT)

    async def _judge(self, intent: Intent, status: IntentStatus) -> None:
        self.patience.forget(intent)
        await self.ledger.commit(replace(intent, status=status))

    async def _may_go(self, intent: Intent) -> bool:
        """Somebody paused, or panicked, between the yes and the sending: nothing is entered."""
        if intent.role is not Role.ENTRY:
            return True
        return not (await self.ledger.settings(self.account)).paused

    async def _book(self) -> None:
        with suppress(BrokerUnavailable):
            await BookActivity(
                self.account,
                self.broker,
                self.ledger,
                self.edit,
                self.won,
                self.clock,
                self.lately,
            )()

    async def _carry_on(self, trade: Trade) -> None:
        if trade.status is TradeStatus.OPENING:
            await self._missed(trade)
        elif trade.ending:
            await CloseOut(self.clock, self.broker, self.ledger, self.send, self.edit).again(trade)
            await self._book()

    async def _missed(self, trade: Trade) -> None:
        """An entry that was refused, never arrived, or found nothing within its limit."""
        for intent in await self.ledger.trade_intents(trade.id):
            if intent.role is Role.ENTRY and await self._is_dead(intent):
                void, notice = self._void(trade, intent)
                await self.edit(trade.id, void, notice)

    async def _is_dead(self, intent: Intent) -> bool:
        if intent.status in {IntentStatus.REFUSED, IntentStatus.ABSENT}:
            return True
        if intent.status is not IntentStatus.ACCEPTED:
            return False
        state = await self.broker.find(intent.order)
        return state is not None and state.status in OVER and not state.filled

    def _void(self, trade: Trade, intent: Intent) -> tuple[Callable[[Trade], Trade], Notice]:
        now = self.clock.now()
        refused = intent.status is IntentStatus.REFUSED
        kind = NoticeKind.ENTRY_REFUSED if refused else NoticeKind.ENTRY_MISSED

        def void(current: Trade) -> Trade:
            return replace(current, status=TradeStatus.VOID, closed_at=now)

        code = ABSENT if intent.status is IntentStatus.ABSENT else intent.code
        return void, Notice(self.account, kind, now, trade.id, {"code": code})
