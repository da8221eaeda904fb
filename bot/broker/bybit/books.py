"""Bybit's one list of orders of every kind: what is sent into it, and what is found there."""

from dataclasses import dataclass, replace

from bot.broker.bybit.orders import order_of, receipt, request, result_of, state_of
from bot.broker.bybit.pages import Pages
from bot.broker.fate import Answer
from bot.broker.names import Names
from bot.broker.quotes import USDT
from bot.broker.told import Told, number, rows, text, venues_own
from bot.broker.wire import Wire
from core.domain.trading import Order, OrderState

PAGE = 50
PLACES = ("privateGetV5OrderRealtime", "privateGetV5OrderHistory")


@dataclass(frozen=True, slots=True)
class Books:
    wire: Wire
    names: Names

    async def send(self, order: Order) -> Answer:
        asked = request(order, self.names.id(order.symbol))
        return receipt(await self.wire.send("privatePostV5OrderCreate", asked))

    async def cancel(self, order: Order) -> None:
        answer = await self.wire.withdraw("privatePostV5OrderCancel", self._asked(order))
        if answer is not None:
            text(result_of(answer), "orderId")

    async def find(self, order: Order) -> OrderState | None:
        """Among the open ones and the newest of the closed, then in the history."""
        for place in PLACES:
            told = rows(result_of(await self.wire.ask(place, **self._asked(order)))["list"])
            if told:
                return state_of(self._same(told, order), self._as_taken(told[0], order))
        return None

    def _asked(self, order: Order) -> dict[str, str]:
        asked = {"category": "linear", "symbol": self.names.id(order.symbol)}
        if own := venues_own(order.client_order_id):
            return asked | {"orderId": own}
        return asked | {"orderLinkId": order.client_order_id}

    def _same(self, told: list[Told], order: Order) -> Told:
        """What is told must be what was asked for, and it alone."""
        own = venues_own(order.client_order_id)
        key, name = ("orderId", own) if own else ("orderLinkId", order.client_order_id)
        if len(told) != 1 or told[0].get(key) != name:
            raise ValueError("another order was told than was asked for")
        return told[0]

    def _as_taken(self, told: Told, order: Order) -> Order:
        return replace(order, amount=number(told, "qty") or order.amount)

    async def open_orders(self) -> tuple[OrderState, ...]:
        pages = Pages(self.wire)
        told = await pages.whole(PLACES[0], PAGE, category="linear", settleCoin=USDT)
        orders = [(one, order_of(one, self.names.symbol(text(one, "symbol")))) for one in told]
        return tuple(state_of(one, order) for one, order in orders if order)
