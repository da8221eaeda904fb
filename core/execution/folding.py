"""Folds what an account has lived through into its trades, once, and says what people want to hear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.intent import Role
from core.domain.ledger import Booked
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import Activity, Fill, OrderStatus
from core.execution.booking import book
from core.execution.editing import EditTrades
from core.execution.names import is_ours, trade_of
from core.ports import Broker, Clock, Ledger, Won

LATELY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class BookActivity:
    """One transaction for all that is new, so that it is booked once. `lately` is when each symbol
    was last traded: what a trade has left behind may be told after its end.
    """

    account: str
    broker: Broker
    ledger: Ledger
    edit: EditTrades
    won: Won
    clock: Clock
    lately: dict[str, datetime]

    async def __call__(self) -> None:
        """Raises BrokerUnavailable; then nothing of it is booked."""
        asked = await self._symbols()
        heard = await self.ledger.cursor(self.account)
        news = await self.broker.activity(heard, asked)
        partly = {n.client_order_id for n in news if isinstance(n, Fill) and await self._waits(n)}
        if not news:
            return
        async with self.edit.turn:
            live = await self.ledger.live_trades(self.account)
            if await self._symbols() <= asked and await self._is_unbooked_since(heard):
                await self._fold(live, news, partly)

    async def _is_unbooked_since(self, heard: int) -> bool:
        """Another process may book the same account, as a panic at the console does."""
        return await self.ledger.cursor(self.account) == heard

    async def _symbols(self) -> set[str]:
        """A trade that has begun since they were asked for would lose its first fills for good:
        what comes later may have been told already. Then all of it is asked for again.
        """
        now = self.clock.now()
        live = await self.ledger.live_trades(self.account)
        self.lately.update({trade.symbol: now for trade in live})
        return {symbol for symbol, last in self.lately.items() if now - last <= LATELY}

    async def _waits(self, fill: Fill) -> bool:
        """Is the target behind a fill still to fill? One that was taken back has not filled whole."""
        intents = await self.ledger.trade_intents(trade_of(fill.client_order_id))
        sent = next((i for i in intents if i.id == fill.client_order_id), None)
        if sent is None or sent.role is not Role.TARGET:
            return False
        state = await self.broker.find(sent.order)
        return state is not None and state.status is not OrderStatus.FILLED

    async def _fold(
        self, live: Sequence[Trade], news: Sequence[Activity], partly: set[str]
    ) -> None:
        trades = {trade.id: trade for trade in live}
        before = dict(trades)
        booked: list[Booked] = []
        taken: list[Notice] = []
        for activity in news:
            trade = _owner(activity, trades)
            if trade:
                done = not isinstance(activity, Fill) or activity.client_order_id not in partly
                trades[trade.id] = book(trade, activity, done=done)
                taken += _taken(trade, trades[trade.id], activity)
            booked.append(self._booked(trade, activity))
        changed = [trade for trade in trades.values() if trade != before[trade.id]]
        notices = [n for trade in changed for n in _notices(before[trade.id], trade)]
        await self.ledger.commit(*booked, *changed, *taken, *notices)

    def _booked(self, trade: Trade | None, activity: Activity) -> Booked:
        won = self.won.rate()
        rate = won.rate if won else None
        return Booked(self.account, trade.id if trade else "", activity, rate)


def _owner(activity: Activity, trades: dict[str, Trade]) -> Trade | None:
    """The trade that this belongs to: by order id, else the live one of the symbol."""
    if isinstance(activity, Fill) and trade_of(activity.client_order_id) in trades:
        return trades[trade_of(activity.client_order_id)]
    live = (t for t in trades.values() if t.symbol == activity.symbol and t.is_live)
    return next(live, None)


def _taken(before: Trade, after: Trade, activity: Activity) -> Iterator[Notice]:
    """A stranger's order has sold a part of what is the desk's."""
    by = before.remaining - after.remaining
    is_ours_to_tell = isinstance(activity, Fill) and not is_ours(activity.client_order_id)
    if is_ours_to_tell and by > 0 and after.is_live:
        yield shrank(after, by, activity.time)


def _notices(before: Trade, after: Trade) -> Iterator[Notice]:
    """What a person wants to hear of this change."""
    at = after.closed_at or after.opened_at or after.created_at
    if before.status is TradeStatus.OPENING and after.status is not TradeStatus.OPENING:
        yield Notice(after.account, NoticeKind.ENTRY_FILLED, at, after.id)
    if after.status is TradeStatus.CLOSED:
        yield ended(after)
    elif after.targets_hit > before.targets_hit:
        yield Notice(after.account, NoticeKind.TARGET_HIT, at, after.id, silent=True)
    if after.beside and not before.beside:
        yield mixed(after, at)


def ended(trade: Trade) -> Notice:
    at = trade.closed_at or trade.created_at
    quiet = trade.exit in {Exit.TARGET, Exit.PANIC}
    return Notice(trade.account, NoticeKind.TRADE_CLOSED, at, trade.id, silent=quiet)


def shrank(trade: Trade, by: Decimal, at: datetime) -> Notice:
    """Somebody, or the venue, has taken a part of it away."""
    numbers: dict[str, Number] = {"symbol": trade.symbol, "by": by, "left": trade.remaining}
    return Notice(trade.account, NoticeKind.POSITION_SHRANK, at, trade.id, numbers)


def mixed(trade: Trade, at: datetime) -> Notice:
    """Somebody has added to the position: whose stop covers what is said once."""
    numbers: dict[str, Number] = {
        "symbol": trade.symbol,
        "beside": trade.beside,
        "own": trade.remaining,
    }
    return Notice(trade.account, NoticeKind.POSITION_MIXED, at, trade.id, numbers)
