"""OKX's two books: sends into the right one, and looks into both."""

import asyncio
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.broker.fate import Answer
from bot.broker.names import Names
from bot.broker.okx.money import Money
from bot.broker.okx.orders import (
    conditional,
    data_of,
    order_of,
    plain,
    receipt,
    stage_of,
    state_of,
    waiting_of,
)
from bot.broker.okx.pages import Pages
from bot.broker.told import Told, number, text, venues_own
from bot.broker.wire import Wire
from core.domain.trading import Order, OrderState, OrderType

ALGOS = ("conditional,oco", "trigger", "move_order_stop")
BECAME_ORDERS = frozenset({"effective", "partially_effective"})


@dataclass(frozen=True, slots=True)
class Books:
    wire: Wire
    names: Names
    money: Money

    async def send(self, order: Order) -> Answer:
        name, size = self.names.id(order.symbol), self.names.size(order.symbol)
        if order.type is OrderType.STOP_MARKET:
            asked = conditional(order, name, size)
            return receipt(await self.wire.send("privatePostTradeOrderAlgo", asked))
        return receipt(await self.wire.send("privatePostTradeOrder", plain(order, name, size)))

    async def cancel(self, order: Order) -> None:
        name = self.names.id(order.symbol)
        if order.type is not OrderType.STOP_MARKET:
            asked = {"instId": name} | _named(order, "clOrdId", "ordId")
            told = await self.wire.withdraw("privatePostTradeCancelOrder", asked)
            if told is not None:
                data_of(told)
                return
        if order.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}:
            algo = {"instId": name} | _named(order, "algoClOrdId", "algoId")
            told = await self.wire.withdraw("privatePostTradeCancelAlgos", [algo])
            data_of(told or {"data": []})

    async def find(self, order: Order) -> OrderState | None:
        if order.type is not OrderType.STOP_MARKET:
            told = await self._order(order.symbol, _named(order, "clOrdId", "ordId"))
            if told is not None:
                return self._state(told, order)
        if order.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}:
            return await self._find_algo(order)
        return None

    def _state(self, told: Told, order: Order) -> OrderState:
        size = self.names.size(order.symbol)
        return state_of(told, replace(order, amount=number(told, "sz") * size), size)

    async def _find_algo(self, order: Order) -> OrderState | None:
        asked = _named(order, "algoClOrdId", "algoId")
        answer = await self.wire.look("privateGetTradeOrderAlgo", **asked)
        if answer is None:
            return None
        told = _same(data_of(answer), asked)
        became = str(told.get("ordId") or "")
        if text(told, "state") in BECAME_ORDERS and became:
            own = await self._order(order.symbol, {"ordId": became})
            if own is not None:
                return state_of(own, order, self.names.size(order.symbol))
        return stage_of(told, order)

    async def _order(self, symbol: str, asked: dict[str, str]) -> Told | None:
        name = self.names.id(symbol)
        answer = await self.wire.look("privateGetTradeOrder", instId=name, **asked)
        return None if answer is None else _same(data_of(answer), asked)

    async def open_orders(self) -> tuple[OrderState, ...]:
        pages = Pages(self.wire)
        algos = (
            pages.whole("privateGetTradeOrdersAlgoPending", "algoId", instType="SWAP", ordType=k)
            for k in ALGOS
        )
        plain_ones = pages.whole("privateGetTradeOrdersPending", "ordId", instType="SWAP")
        book, *kinds = await asyncio.gather(plain_ones, *algos)
        resting = [self._resting(told) for told in book]
        return (*resting, *await self._waiting([told for kind in kinds for told in kind]))

    def _resting(self, told: Told) -> OrderState:
        symbol = self.names.symbol(text(told, "instId"))
        size = self.names.size(symbol)
        return state_of(told, order_of(told, symbol, size), size)

    async def _waiting(self, algos: list[Told]) -> list[OrderState]:
        """One that closes whatever is there covers as much as is there."""
        there: dict[tuple[str, str], Decimal] = {}
        if any(not told["sz"] for told in algos):
            there = await self.money.held()
        states = []
        for told in algos:
            symbol = self.names.symbol(text(told, "instId"))
            whole = there.get((symbol, text(told, "tdMode")), Decimal(0))
            amount = number(told, "sz") * self.names.size(symbol) if told["sz"] else whole
            order = waiting_of(told, symbol, amount)
            states += [stage_of(told, order)] if order else []
        return states


def _named(order: Order, name: str, own: str) -> dict[str, str]:
    if theirs := venues_own(order.client_order_id):
        return {own: theirs}
    return {name: order.client_order_id}


def _same(told: list[Told], asked: dict[str, str]) -> Told:
    """What is told must be what was asked for, and it alone."""
    if len(told) != 1 or any(told[0].get(key) != value for key, value in asked.items()):
        raise ValueError("another order was told than was asked for")
    return told[0]
