"""The account that is examined: its broker, one contract, and orders under names of their own."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal

from bot.broker.broker import CcxtBroker
from bot.exchanges.venues import Venue
from core.domain.account import DeskAccount
from core.domain.instrument import Instrument
from core.domain.intent import Role
from core.domain.secret import Credential
from core.domain.trading import Order, OrderState, OrderType, Placed, Position, Side
from core.execution.names import is_ours, named, trade_of
from core.ports import Clock

AWAY = Decimal("0.03")
SPARE = Decimal("1.05")
TRIES = 20
LEVERAGE = 2


class Failed(Exception):
    """A step saw something else than it wanted; the sentence says what."""


@dataclass(slots=True, kw_only=True)
class Patient:
    """`trade` is the id under which all orders of this examination go; `price` is the contract's
    as it was last asked.
    """

    account: DeskAccount
    venue: Venue
    credential: Credential
    broker: CcxtBroker
    contract: Instrument
    clock: Clock
    trade: str
    pause: float = 0.5
    price: Decimal = Decimal(0)
    sent: list[Order] = field(default_factory=list)

    def smallest(self, price: Decimal) -> Decimal:
        """That the venue takes, with a little to spare for a price that moves."""
        wanted = self.contract.min_notional * SPARE / price / self.contract.step_size
        steps = max(Decimal(1), wanted.to_integral_value(ROUND_CEILING))
        return steps * self.contract.step_size

    def far(self) -> Decimal:
        return self.contract.price_down(self.price * (1 - AWAY))

    def order(self, role: Role, kind: OrderType, amount: Decimal) -> Order:
        """To buy, or to sell what was bought."""
        exits = role is not Role.ENTRY
        number = sum(o.client_order_id[6] == named(self.trade, role, 1)[6] for o in self.sent) + 1
        far = self.far()
        return Order(
            client_order_id=named(self.trade, role, number),
            symbol=self.contract.symbol,
            side=Side.SELL if exits else Side.BUY,
            type=kind,
            amount=amount,
            price=far if kind is OrderType.POST_ONLY else None,
            stop_price=far if kind is OrderType.STOP_MARKET else None,
            reduce_only=exits,
            leverage=LEVERAGE,
        )

    async def send(self, order: Order) -> None:
        """Raises Failed for whatever is not proven to be placed."""
        self.sent.append(order)
        outcome = await self.broker.place(order)
        if not isinstance(outcome, Placed):
            code = getattr(outcome, "code", "")
            raise Failed(f"{order.client_order_id}: {type(outcome).__name__} {code}".strip())

    async def position(self) -> Position | None:
        found = (await self.broker.account()).position(self.contract.symbol)
        return found if found and found.amount else None

    async def orders(self) -> tuple[OrderState, ...]:
        """Of this examination, as they wait in the market."""
        listed = await self.broker.open_orders()
        names = ((state, state.order.client_order_id) for state in listed)
        return tuple(s for s, name in names if is_ours(name) and trade_of(name) == self.trade)

    async def until(self, holds: Callable[[], Awaitable[bool]], what: str) -> None:
        """Venues show things a moment late. Raises Failed."""
        for _ in range(TRIES):
            if await holds():
                return
            await asyncio.sleep(self.pause)
        raise Failed(what)

    def at(self, leverage: int) -> Order:
        """An entry that is never sent: what its symbol is set to is."""
        entry = self.order(Role.ENTRY, OrderType.MARKET, self.smallest(self.price))
        return replace(entry, leverage=leverage)
