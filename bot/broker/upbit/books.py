"""Upbit's one list of orders: what is sent into it, and what is found there."""

import asyncio
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.broker.fate import Answer
from bot.broker.names import Names
from bot.broker.told import Told, number, number_or, row, rows, text, told_by, venues_own
from bot.broker.upbit.money import WON, Money, Owned
from bot.broker.upbit.orders import order_of, receipt, request, state_of
from bot.broker.wire import Wire
from core.domain.trading import Order, OrderState, OrderType, Refused, Side
from core.errors import BrokerUnavailable

PAGE, MOST_PAGES = 100, 100
ABOVE, FEE = Decimal("1.01"), Decimal("1.0005")
WAITING = ("wait", "watch")


@dataclass(frozen=True, slots=True)
class Books:
    wire: Wire
    names: Names
    money: Money

    async def send(self, order: Order) -> Answer:
        """A name is used up even by an order that is refused: what could not be paid is not sent.
        What reduces waits for no such proof.
        """
        try:
            with told_by(self.wire.title):
                price, owned = await self._price(order), await self.money.owned()
        except BrokerUnavailable:
            if not order.reduce_only:
                return Refused(order.client_order_id, "unread")
            price, owned = order.price, {}
        if owned and not _can_pay(order, price, owned):
            side = "bid" if order.side is Side.BUY else "ask"
            return Refused(order.client_order_id, f"insufficient_funds_{side}")
        asked = request(order, self.names.id(order.symbol), price)
        return receipt(await self.wire.send("privatePostOrders", asked))

    async def _price(self, order: Order) -> Decimal | None:
        if order.type is not OrderType.MARKET or order.side is Side.SELL:
            return order.price
        books = rows(
            await self.wire.ask("publicGetOrderbook", markets=self.names.id(order.symbol))
        )
        offers = rows(books[0]["orderbook_units"])
        return number(offers[0], "ask_price") * ABOVE

    async def cancel(self, order: Order) -> None:
        told = await self.wire.withdraw("privateDeleteOrder", _named(order))
        row(told or {})

    async def find(self, order: Order) -> OrderState | None:
        asked = _named(order)
        answer = await self.wire.look("privateGetOrder", **asked)
        if answer is None:
            return None
        told = row(answer)
        if any(told.get(key) != value for key, value in asked.items()):
            raise ValueError("another order was told than was asked for")
        amount = number_or(told, "volume", order.amount)
        return state_of(told, replace(order, amount=amount))

    async def open_orders(self) -> tuple[OrderState, ...]:
        lists = await asyncio.gather(*(self.waiting(state) for state in WAITING))
        told = [one for each in lists for one in each]
        orders = [(one, order_of(one, self.names.symbol(text(one, "market")))) for one in told]
        return tuple(state_of(one, order) for one, order in orders if order)

    async def waiting(self, state: str = WAITING[0]) -> list[Told]:
        found: list[Told] = []
        for page in range(1, MOST_PAGES):
            asked = {"state": state, "page": page, "limit": PAGE}
            told = rows(await self.wire.ask("privateGetOrdersOpen", **asked))
            found += told
            if len(told) < PAGE:
                return found
        raise ValueError("the list of open orders has no end")


def _named(order: Order) -> dict[str, str]:
    if own := venues_own(order.client_order_id):
        return {"uuid": own}
    return {"identifier": order.client_order_id}


def _can_pay(order: Order, price: Decimal | None, owned: dict[str, Owned]) -> bool:
    """A buyer pays the fee on top."""
    if order.side is Side.SELL:
        there = owned.get(order.symbol.partition("/")[0])
        return there is not None and there.free >= order.amount
    won = owned.get(WON)
    return won is not None and won.free >= order.amount * (price or Decimal(0)) * FEE
