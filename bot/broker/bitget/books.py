"""Bitget's two books: sends into the right one, and looks into both."""

import asyncio
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.broker.bitget.money import Money
from bot.broker.bitget.orders import (
    MONEY,
    OF_POSITION,
    PRODUCT,
    STOPS,
    TARGETS,
    data_of,
    order_of,
    plain,
    protecting,
    receipt,
    stage_of,
    state_of,
    waiting_of,
)
from bot.broker.bitget.pages import Pages
from bot.broker.fate import Answer
from bot.broker.names import Names
from bot.broker.told import Told, number, text, venues_own
from bot.broker.wire import Wire
from core.domain.trading import Order, OrderState, OrderType

PENDING = "privateMixGetV2MixOrderOrdersPlanPending"
ENDED = "privateMixGetV2MixOrderOrdersPlanHistory"
PLANS = (OF_POSITION, "normal_plan", "track_plan")
ROWS = "entrustedList"


@dataclass(frozen=True, slots=True)
class Books:
    wire: Wire
    names: Names
    money: Money

    async def send(self, order: Order) -> Answer:
        name = self.names.id(order.symbol)
        if order.type is OrderType.STOP_MARKET:
            call, asked = "privateMixPostV2MixOrderPlaceTpslOrder", protecting(order, name)
        else:
            call, asked = "privateMixPostV2MixOrderPlaceOrder", plain(order, name)
        return receipt(await self.wire.send(call, asked))

    async def cancel(self, order: Order) -> None:
        asked = MONEY | {"symbol": self.names.id(order.symbol)}
        if order.type is not OrderType.STOP_MARKET:
            call = "privateMixPostV2MixOrderCancelOrder"
            told = await self.wire.withdraw(call, asked | _named(order))
            if told is not None:
                text(data_of(told), "orderId")
                return
        kinds = {OrderType.STOP_MARKET: STOPS, OrderType.TAKE_PROFIT: TARGETS}
        for kind in kinds.get(order.type, ()):
            if await self._is_canceled(order, asked | {"planType": kind}):
                return

    async def _is_canceled(self, order: Order, asked: dict[str, str]) -> bool:
        """A kind says that it has no such order, or names it among the failures."""
        call = "privateMixPostV2MixOrderCancelPlanOrder"
        told = await self.wire.withdraw(call, {**asked, "orderIdList": [_named(order)]})
        return told is not None and bool(data_of(told)["successList"])

    async def find(self, order: Order) -> OrderState | None:
        if order.type is not OrderType.STOP_MARKET:
            told = await self._order(order.symbol, _named(order))
            if told is not None:
                return state_of(told, replace(order, amount=number(told, "size")))
        if order.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}:
            return await self._find_plan(order)
        return None

    async def _find_plan(self, order: Order) -> OrderState | None:
        """By its name in the lists, for plans cannot be asked for alone."""
        told = await self._plan(order)
        if told is None:
            return None
        became = str(told.get("executeOrderId") or "")
        if became:
            own = await self._order(order.symbol, {"orderId": became})
            if own is not None:
                return state_of(own, order)
        return stage_of(told, order)

    async def _plan(self, order: Order) -> Told | None:
        ((key, name),) = _named(order).items()
        asked = {"symbol": self.names.id(order.symbol), key: name}
        for call in (PENDING, ENDED):
            for kind in PLANS[: 1 if venues_own(order.client_order_id) is None else None]:
                told = await Pages(self.wire).whole(call, ROWS, **asked, planType=kind)
                fits = [one for one in told if one.get(key) == name]
                if fits:
                    return fits[0]
        return None

    async def _order(self, symbol: str, asked: dict[str, str]) -> Told | None:
        name = PRODUCT | {"symbol": self.names.id(symbol)}
        answer = await self.wire.look("privateMixGetV2MixOrderDetail", **name, **asked)
        if answer is None:
            return None
        told = data_of(answer)
        if any(told.get(key) != value for key, value in asked.items()):
            raise ValueError("another order was told than was asked for")
        return told

    async def open_orders(self) -> tuple[OrderState, ...]:
        pages = Pages(self.wire)
        lists = (pages.whole(PENDING, ROWS, planType=kind) for kind in PLANS)
        resting = pages.whole("privateMixGetV2MixOrderOrdersPending", ROWS)
        book, *kinds = await asyncio.gather(resting, *lists)
        states = [state_of(one, order_of(one, self._symbol(one))) for one in book]
        return (*states, *await self._waiting([told for kind in kinds for told in kind]))

    async def _waiting(self, plans: list[Told]) -> list[OrderState]:
        there: dict[str, Decimal] = {}
        if any(not told.get("size") for told in plans):
            there = {p.symbol: abs(p.amount) for p in await self.money.positions()}
        orders = [
            (told, waiting_of(told, self._symbol(told), there.get(self._symbol(told), Decimal(0))))
            for told in plans
        ]
        return [stage_of(told, order) for told, order in orders if order]

    def _symbol(self, told: Told) -> str:
        return self.names.symbol(text(told, "symbol"))


def _named(order: Order) -> dict[str, str]:
    if own := venues_own(order.client_order_id):
        return {"orderId": own}
    return {"clientOid": order.client_order_id}
