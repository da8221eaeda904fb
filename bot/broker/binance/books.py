"""Binance's two books: sends into the right one, and looks into both."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.broker.binance.codes import NO_SUCH_LIFETIME
from bot.broker.binance.orders import (
    BECAME_ORDERS,
    conditional,
    order_of,
    plain,
    receipt,
    stage_of,
    state_of,
    waiting_of,
)
from bot.broker.binance.sight import Sight
from bot.broker.fate import Answer, code_of
from bot.broker.names import Names
from bot.broker.told import Told, flag, number, row, rows, text
from bot.broker.wire import Wire
from core.domain.trading import Order, OrderState, OrderType

LISTS = ("fapiPrivateGetOpenOrders", "fapiPrivateGetOpenAlgoOrders")


@dataclass(frozen=True, slots=True)
class Books:
    wire: Wire
    names: Names
    sight: Sight = field(default_factory=Sight)

    async def send(self, order: Order) -> Answer:
        name = self.names.id(order.symbol)
        self.sight.sent(name, self.wire.now())
        if order.type is OrderType.STOP_MARKET:
            return await self._send_stop(order, name)
        return receipt(await self.wire.send("fapiPrivatePostOrder", plain(order, name)))

    async def _send_stop(self, order: Order, name: str) -> Answer:
        """Where its lifetime is refused, and so the order, with the usual one."""
        call = "fapiPrivatePostAlgoOrder"
        if not order.reduce_only:
            return receipt(await self.wire.send(call, conditional(order, name, "GTC")))
        answer = await self.wire.send(call, conditional(order, name))
        if isinstance(answer, Exception) and code_of(answer) in NO_SUCH_LIFETIME:
            answer = await self.wire.send(call, conditional(order, name, "GTC"))
        return receipt(answer)

    async def cancel(self, order: Order) -> None:
        """In every book where one of its type may be; gone already is as good."""
        if order.type is not OrderType.STOP_MARKET:
            asked = {"symbol": self.names.id(order.symbol)}
            asked["origClientOrderId"] = order.client_order_id
            told = await self.wire.withdraw("fapiPrivateDeleteOrder", asked)
            if told is not None:
                row(told)
                return
        if order.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}:
            asked = {"clientAlgoId": order.client_order_id}
            told = await self.wire.withdraw("fapiPrivateDeleteAlgoOrder", asked)
            row(told or {})

    async def find(self, order: Order) -> OrderState | None:
        if order.type is not OrderType.STOP_MARKET:
            told = await self._order(order.symbol, origClientOrderId=order.client_order_id)
            if told is not None:
                return state_of(told, replace(order, amount=number(told, "origQty")))
        if order.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}:
            return await self._find_algo(order)
        return None

    async def _find_algo(self, order: Order) -> OrderState | None:
        told = await self.wire.look("fapiPrivateGetAlgoOrder", clientAlgoId=order.client_order_id)
        if told is None:
            return None
        if text(row(told), "clientAlgoId") != order.client_order_id:
            raise ValueError("another order was told than was asked for")
        became = told.get("actualOrderId")
        if text(told, "algoStatus") in BECAME_ORDERS and became not in {None, "", "0"}:
            own = await self._order(order.symbol, orderId=str(became))
            if own is not None:
                return state_of(own, order)
        return stage_of(told, order)

    async def _order(self, symbol: str, **asked: str) -> Told | None:
        """What is told must be what was asked for."""
        name = self.names.id(symbol)
        told = await self.wire.look("fapiPrivateGetOrder", symbol=name, **asked)
        if told is None:
            return None
        theirs = {"orderId": "orderId", "origClientOrderId": "clientOrderId"}
        if any(text(row(told), theirs[key]) != value for key, value in asked.items()):
            raise ValueError("another order was told than was asked for")
        return row(told)

    async def open_orders(self) -> tuple[OrderState, ...]:
        now = self.wire.now()
        wanted = self.sight.narrow(now)
        book, algos = await asyncio.gather(*(self._listed(call, wanted) for call in LISTS))
        if wanted is None:
            self.sight.saw({text(told, "symbol") for told in (*book, *algos)}, now)
        resting = [self._resting(told) for told in book]
        return (*resting, *await self._waiting(algos))

    async def _listed(self, call: str, wanted: frozenset[str] | None) -> list[Told]:
        asked = [{}] if wanted is None else [{"symbol": name} for name in sorted(wanted)]
        lists = await asyncio.gather(*(self.wire.ask(call, **one) for one in asked))
        return [told for each in lists for told in rows(each)]

    def _resting(self, told: Told) -> OrderState:
        return state_of(told, order_of(told, self.names.symbol(text(told, "symbol"))))

    async def _waiting(self, algos: Sequence[Told]) -> list[OrderState]:
        there: dict[str, Decimal] = {}
        if any(flag(told, "closePosition") for told in algos):
            held = rows(await self.wire.ask("fapiPrivateV3GetPositionRisk"))
            there = {text(p, "symbol"): abs(number(p, "positionAmt")) for p in held}
        states = []
        for told in algos:
            name = text(told, "symbol")
            order = waiting_of(told, self.names.symbol(name), there.get(name, Decimal(0)))
            states += [stage_of(told, order)] if order else []
        return states
