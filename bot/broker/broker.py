"""A real account at a venue: core's Broker, whatever the venue's manners are."""

from collections import OrderedDict
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from bot.broker.chronicle import Chronicle
from bot.broker.fate import fate
from bot.broker.ports import Dialect
from bot.broker.standing import Standing
from bot.broker.steps import fitted
from bot.broker.told import told_by
from bot.broker.transfers import EVERY, Transfers
from bot.broker.wire import Wire
from core.domain.trading import (
    Account,
    Activity,
    Order,
    OrderState,
    OrderType,
    Outcome,
    Placed,
    Refused,
    Unknown,
)
from core.errors import BrokerUnavailable, UnknownSymbol
from core.ports import MarketData

REMEMBERED = 20_000
# What is asked now and then, and a venue's own delay on top.
TRANSFER_LAG = EVERY + timedelta(seconds=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class CcxtBroker:
    """`sent` are the ids that have left this process and were not refused: none leaves twice.
    What another process sent is the ledger's to know.
    """

    wire: Wire
    dialect: Dialect
    market: MarketData
    chronicle: Chronicle
    standing: Standing
    transfers: Transfers
    sent: OrderedDict[str, None] = field(default_factory=OrderedDict)

    @property
    def arrival(self) -> timedelta:
        return self.dialect.arrival

    @property
    def lag(self) -> timedelta:
        return TRANSFER_LAG

    async def place(self, order: Order) -> Outcome:
        if order.client_order_id in self.sent:
            return await self._again(order)
        self._remember(order.client_order_id)
        outcome = await self._place(order)
        if isinstance(outcome, Refused):
            self.sent.pop(order.client_order_id, None)
        return outcome

    async def _place(self, order: Order) -> Outcome:
        """Everything that can be known beforehand, then the one message."""
        ready = self._prepared(order)
        if isinstance(ready, Refused):
            return ready
        if objection := await self._objection(ready):
            return Refused(order.client_order_id, objection)
        answer = await self.dialect.send(ready)
        return fate(answer, order.client_order_id, self.dialect.codes)

    async def _objection(self, order: Order) -> str:
        """What protects is held up by nothing but the proof that there is nothing to protect."""
        if order.reduce_only:
            return "no_position" if await self._is_pointless(order) else ""
        if self.wire.rests:
            return "resting"
        return "" if await self.standing.holds(order) else "setting"

    async def _is_pointless(self, order: Order) -> bool:
        if order.type is not OrderType.STOP_MARKET:
            return False
        with suppress(BrokerUnavailable), told_by(self.wire.title):
            return await self.dialect.is_pointless(order)
        return False

    def _prepared(self, order: Order) -> Order | Refused:
        if unable := self.dialect.unable(order):
            return Refused(order.client_order_id, unable)
        try:
            return fitted(order, self.market.instrument(order.symbol))
        except UnknownSymbol:
            return Refused(order.client_order_id, "symbol")

    async def _again(self, order: Order) -> Outcome:
        """It was sent: all that may be done is to look for it."""
        with suppress(BrokerUnavailable):
            if await self.find(order):
                return Placed(order.client_order_id)
        return Unknown(order.client_order_id)

    def _remember(self, client_order_id: str) -> None:
        self.sent[client_order_id] = None
        if len(self.sent) > REMEMBERED:
            self.sent.popitem(last=False)

    async def cancel(self, order: Order) -> None:
        with told_by(self.wire.title):
            await self.dialect.cancel(order)

    async def find(self, order: Order) -> OrderState | None:
        with told_by(self.wire.title):
            return await self.dialect.find(order)

    async def open_orders(self) -> tuple[OrderState, ...]:
        with told_by(self.wire.title):
            return await self.dialect.open_orders()

    async def account(self) -> Account:
        with told_by(self.wire.title):
            return await self.dialect.account()

    async def activity(self, after: int, symbols: Collection[str]) -> tuple[Activity, ...]:
        with told_by(self.wire.title):
            await self.chronicle.catch_up(symbols)
        return await self.chronicle.diary.read(self.chronicle.account, after)

    async def moved(self, start: datetime, end: datetime) -> Decimal:
        with told_by(self.wire.title):
            return await self.transfers.moved(start, end)

    async def aclose(self) -> None:
        await self.wire.client.close()
