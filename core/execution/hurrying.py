"""Questions whose answers somebody waits for who may be bare: a slow one is asked a second time.

Only reading: whichever answer comes first counts.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from core.domain.trading import Account, Order, OrderState
from core.ports import Broker

SOON = 0.6

T = TypeVar("T")
Question = Callable[[], Coroutine[None, None, T]]


@dataclass(frozen=True, slots=True)
class Hurried:
    """What is asked of a broker, asked impatiently. Raises BrokerUnavailable as the broker does."""

    broker: Broker

    @property
    def arrival(self) -> timedelta:
        return self.broker.arrival

    async def account(self) -> Account:
        return await first_of_two(self.broker.account)

    async def find(self, order: Order) -> OrderState | None:
        return await first_of_two(lambda: self.broker.find(order))

    async def open_orders(self) -> tuple[OrderState, ...]:
        return await first_of_two(self.broker.open_orders)


async def first_of_two(ask: Question[T]) -> T:
    """What the first question brings if that comes soon, failure or not; else what comes first."""
    asked = [asyncio.ensure_future(ask())]
    try:
        await asyncio.wait(asked, timeout=SOON)
        if not asked[0].done():
            asked.append(asyncio.ensure_future(ask()))
            await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        waits = [one for one in asked if not one.done()]
        told = [one for one in asked if one.done() and one.exception() is None]
        if told or not waits:
            return (told or asked)[0].result()
        return await waits[0]
    finally:
        for one in asked:
            one.cancel()
