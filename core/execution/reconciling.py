"""Holds an account against its venue, at the start and every few seconds: the venue is the truth.

What is gone was closed there, what is more was added there; both are told. A position that no
trade of the desk's explains is never touched: people are asked about it. Orders are looked after by
protection, which runs beside this.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from core.domain.trade import Trade, TradeStatus
from core.domain.trading import Account, Fill, Liquidity
from core.errors import BrokerUnavailable, NoMarketData, NotFound
from core.execution.booking import book
from core.execution.comparing import Holding, compared
from core.execution.editing import EditTrades
from core.execution.folding import ended, mixed, shrank
from core.execution.meeting import MeetStrangers
from core.execution.sightings import Sightings
from core.execution.truth import Checked
from core.ports import Broker, Clock, Ledger, MarketData, Quotes

ADDED, GONE = timedelta(seconds=12), timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Reconcile:
    """`truth` says whether the account may be believed; a failed read is never a zero."""

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    market: MarketData
    quotes: Quotes
    edit: EditTrades
    truth: Checked
    sightings: Sightings = field(default_factory=Sightings)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_reconciled(self) -> bool:
        return self.truth.is_reconciled

    async def __call__(self) -> bool:
        """Has the venue answered? If not, the truth of the last time grows old."""
        async with self._turn:
            try:
                held = await self.broker.account()
                await self.broker.open_orders()
            except BrokerUnavailable:
                return False
            if await self._compare(held):
                self.truth.at = self.clock.now()
            return True

    async def _compare(self, held: Account) -> bool:
        """Is everything explained?"""
        live = await self.ledger.live_trades(self.account)
        holdings = tuple(compared(held, live))
        explained = [await self._explain(one) for one in holdings]
        strange = [one.strange for one in holdings if one.strange]
        limits = (await self.ledger.settings(self.account)).limits
        meet = MeetStrangers(self.account, self.clock, self.ledger, self.market, self.sightings)
        known = await meet(strange, limits.month_loss * held.equity)
        return known and all(explained)

    async def _explain(self, holding: Holding) -> bool:
        """A difference that lasts is taken over; until then it is left unexplained."""
        trade, now = holding.trade, self.clock.now()
        if trade is None or not (holding.more or holding.gone):
            self.sightings.since.pop(f"trade {holding.symbol}", None)
            return True
        patience = ADDED if holding.more else GONE
        seen = (trade.id, holding.more, holding.gone)
        if not self.sightings.lasts(f"trade {holding.symbol}", seen, now, patience):
            return False
        if holding.gone and await self._is_untold(trade):
            return False
        with suppress(NotFound):
            await (
                self._added(trade, holding.more) if holding.more else self._lost(trade, holding)
            )
        return True

    async def _is_untold(self, trade: Trade) -> bool:
        """May fills that explain it still be on their way? None is made up before the venue has said
        that there is nothing to book.
        """
        cursor = await self.ledger.cursor(self.account)
        try:
            return bool(await self.broker.activity(cursor, {trade.symbol}))
        except BrokerUnavailable:
            return True

    async def _added(self, trade: Trade, more: Decimal) -> None:
        """Somebody trades the same position by hand: the desk goes on with its own part."""
        after = replace(trade, beside=trade.beside + more)
        told = () if trade.beside else (mixed(after, self.clock.now()),)
        await self.edit(trade.id, lambda t: replace(t, beside=t.beside + more), *told)

    async def _lost(self, trade: Trade, holding: Holding) -> None:
        """Closed by hand, liquidated or deleveraged, and no fill was told: booked at the price now."""
        fill = await self._unseen(trade, holding)
        after = book(trade, fill)
        by = trade.remaining - after.remaining
        told = [shrank(after, by, fill.time)] if by else []
        told = [ended(after)] if after.status is TradeStatus.CLOSED else told
        await self.edit(trade.id, lambda current: book(current, fill), *told)

    async def _unseen(self, trade: Trade, holding: Holding) -> Fill:
        price, sign = await self._price(trade, holding), trade.side.sign
        return Fill(
            seq=0,
            client_order_id="",
            symbol=trade.symbol,
            side=trade.side.opposite,
            price=price,
            amount=holding.gone,
            fee=Decimal(0),
            realized_pnl=(price - trade.entry_price) * sign * holding.gone,
            liquidity=Liquidity.TAKER,
            time=self.clock.now(),
        )

    async def _price(self, trade: Trade, holding: Holding) -> Decimal:
        try:
            return (await self.quotes.quote(trade.symbol)).mark
        except NoMarketData:
            return holding.position.mark_price if holding.position else trade.stop
