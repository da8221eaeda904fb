"""Find out what became of what was sent, and book what the account has lived through.

The same code runs after every send, in its own loop, and at start-up.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.ledger import Booked
from core.domain.notice import Notice, NoticeKind
from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import Activity, Fill, OrderStatus
from core.execution.booking import book
from core.execution.editing import EditTrades
from core.execution.names import order_id, trade_of
from core.execution.orders import close_order, intent_for
from core.execution.sending import SendIntent
from core.ports import Broker, Clock, Ledger, Won

FRESH = timedelta(seconds=30)
UNSETTLED = (IntentStatus.NEW, IntentStatus.SENDING)


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

    async def __call__(self) -> None:
        async with self._turn:
            await self._all()

    async def _all(self) -> None:
        for intent in await self.ledger.intents(self.account, UNSETTLED):
            await self._settle(intent)
        await self._book()
        for trade in await self.ledger.live_trades(self.account):
            if trade.status is TradeStatus.OPENING:
                await self._missed(trade)
            elif trade.ending:
                await self._finish(trade)

    async def _settle(self, intent: Intent) -> None:
        if intent.id in self.send.flying:
            return
        age = self.clock.now() - (intent.sent_at or intent.created_at)
        if intent.status is IntentStatus.NEW and age <= FRESH and await self._may_go(intent):
            await self.send(intent)
        elif intent.status is IntentStatus.NEW:
            await self.ledger.commit(replace(intent, status=IntentStatus.ABSENT))
        elif await self.broker.find(intent.order):
            await self.ledger.commit(replace(intent, status=IntentStatus.ACCEPTED))
        elif age > self.broker.arrival:
            await self.ledger.commit(replace(intent, status=IntentStatus.ABSENT))

    async def _may_go(self, intent: Intent) -> bool:
        """Somebody paused, or panicked, between the yes and the sending: nothing is entered."""
        if intent.role is not Role.ENTRY:
            return True
        return not (await self.ledger.settings(self.account)).paused

    async def _book(self) -> None:
        """One transaction for all that is new, so that it is booked once."""
        news = await self._news()
        if news:
            async with self.edit.turn:
                await self._fold(news)

    async def _news(self) -> Sequence[Activity]:
        live = await self.ledger.live_trades(self.account)
        symbols = {trade.symbol for trade in live}
        return await self.broker.activity(await self.ledger.cursor(self.account), symbols)

    async def _fold(self, news: Sequence[Activity]) -> None:
        trades = {trade.id: trade for trade in await self.ledger.live_trades(self.account)}
        before = dict(trades)
        booked = []
        for activity in news:
            trade = _owner(activity, trades)
            if trade:
                trades[trade.id] = book(trade, activity, done=await self._is_done(trade, activity))
            booked.append(self._booked(trade, activity))
        changed = [trade for trade in trades.values() if trade != before[trade.id]]
        notices = [n for trade in changed for n in _notices(before[trade.id], trade)]
        await self.ledger.commit(*booked, *changed, *notices)

    def _booked(self, trade: Trade | None, activity: Activity) -> Booked:
        won = self.won.rate()
        rate = won.rate if won else None
        return Booked(self.account, trade.id if trade else "", activity, rate)

    async def _is_done(self, trade: Trade, activity: Activity) -> bool:
        """Has the order behind a fill filled whole? One that was taken back has not."""
        if not isinstance(activity, Fill):
            return True
        intents = await self.ledger.trade_intents(trade.id)
        sent = next((i for i in intents if i.id == activity.client_order_id), None)
        if sent is None or sent.role is not Role.TARGET:
            return True
        state = await self.broker.find(sent.order)
        return state is None or state.status is OrderStatus.FILLED

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
        over = {OrderStatus.EXPIRED, OrderStatus.CANCELED}
        return state is not None and state.status in over and not state.filled

    async def _finish(self, trade: Trade) -> None:
        """A close that never arrived is sent again, under another id: it can only reduce. What
        panic found still on its way in is closed now.
        """
        before = await self.ledger.trade_intents(trade.id)
        closes = [intent for intent in before if intent.role is Role.CLOSE]
        is_lost = bool(closes) and closes[-1].status is IntentStatus.ABSENT
        if not is_lost and (closes or trade.ending is not Exit.PANIC):
            return
        amount = min(trade.remaining, closes[-1].order.amount) if closes else trade.remaining
        order = close_order(trade, order_id(trade.id, Role.CLOSE, before), amount)
        intent = intent_for(trade, Role.CLOSE, order, self.clock.now())
        await self.ledger.commit(intent)
        await self.send(intent)
        await self._book()

    def _void(self, trade: Trade, intent: Intent) -> tuple[Callable[[Trade], Trade], Notice]:
        now = self.clock.now()
        refused = intent.status is IntentStatus.REFUSED
        kind = NoticeKind.ENTRY_REFUSED if refused else NoticeKind.ENTRY_MISSED

        def void(current: Trade) -> Trade:
            return replace(current, status=TradeStatus.VOID, closed_at=now)

        return void, Notice(self.account, kind, now, trade.id, {"code": intent.code})


def _owner(activity: Activity, trades: dict[str, Trade]) -> Trade | None:
    """The trade that this belongs to: by order id, else the live one of the symbol."""
    if isinstance(activity, Fill) and trade_of(activity.client_order_id) in trades:
        return trades[trade_of(activity.client_order_id)]
    live = (t for t in trades.values() if t.symbol == activity.symbol and t.is_live)
    return next(live, None)


def _notices(before: Trade, after: Trade) -> Iterator[Notice]:
    """What a person wants to hear of this change."""
    at = after.closed_at or after.opened_at or after.created_at
    if before.status is TradeStatus.OPENING and after.status is not TradeStatus.OPENING:
        yield Notice(after.account, NoticeKind.ENTRY_FILLED, at, after.id)
    if after.status is TradeStatus.CLOSED:
        quiet = after.exit in {Exit.TARGET, Exit.PANIC}
        yield Notice(after.account, NoticeKind.TRADE_CLOSED, at, after.id, silent=quiet)
    elif after.targets_hit > before.targets_hit:
        yield Notice(after.account, NoticeKind.TARGET_HIT, at, after.id, silent=True)
