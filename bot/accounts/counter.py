"""Where a real account is dealt with: opened when its venue answers, and asked for until it does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from bot.accounts.opening import OpenBroker
from bot.errors import Stop
from core.domain.account import DeskAccount
from core.domain.trading import Account, Activity, Order, OrderState, Outcome
from core.errors import BrokerUnavailable
from core.ports import Clock

logger = logging.getLogger(__name__)

PATIENCE = 30.0
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=1)


@dataclass
class Counter:
    """`core.ports.Broker` and `Transfers` of an account. Before it is open there is nothing behind it, and whatever
    is asked raises BrokerUnavailable.
    """

    of: DeskAccount
    clock: Clock
    opens: Callable[[], Awaitable[OpenBroker]]
    broker: OpenBroker | None = None
    pause: timedelta = FIRST_PAUSE
    again: datetime | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def wake(self) -> None:
        """Raises BrokerUnavailable as long as it cannot be opened."""
        async with self._turn:
            if self.broker is None:
                await self._open()

    async def _open(self) -> None:
        now = self.clock.now()
        if self.again is not None and now < self.again:
            raise self._closed()
        try:
            async with asyncio.timeout(PATIENCE):
                self.broker = await self.opens()
        except (Stop, BrokerUnavailable, TimeoutError) as error:
            logger.warning("%s is not open yet: %s", self.of.name, str(error) or "no answer")
            self.again, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)
            raise self._closed() from error
        logger.info("%s is open (%s)", self.of.name, self.of.mode.value)

    def _closed(self) -> BrokerUnavailable:
        return BrokerUnavailable(account=self.of.name)

    @property
    def _there(self) -> OpenBroker:
        if self.broker is None:
            raise self._closed()
        return self.broker

    @property
    def arrival(self) -> timedelta:
        return self._there.arrival

    @property
    def lag(self) -> timedelta:
        return self._there.lag

    async def account(self) -> Account:
        return await self._there.account()

    async def place(self, order: Order) -> Outcome:
        return await self._there.place(order)

    async def cancel(self, order: Order) -> None:
        await self._there.cancel(order)

    async def find(self, order: Order) -> OrderState | None:
        return await self._there.find(order)

    async def open_orders(self) -> tuple[OrderState, ...]:
        return await self._there.open_orders()

    async def activity(self, after: int, symbols: Collection[str]) -> tuple[Activity, ...]:
        return await self._there.activity(after, symbols)

    async def moved(self, start: datetime, end: datetime) -> Decimal:
        return await self._there.moved(start, end)

    async def aclose(self) -> None:
        if self.broker is not None:
            await self.broker.aclose()
