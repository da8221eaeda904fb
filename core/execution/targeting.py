"""Keeps a trade's take-profits in the market as the desk wants them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from core.domain.intent import Role
from core.domain.trade import Trade
from core.domain.trading import Order, OrderState
from core.execution.clearing import belongs, is_target
from core.execution.issuing import IssueExit
from core.execution.names import place_of
from core.execution.orders import target_amounts, target_order
from core.execution.sending import SendIntent
from core.ports import MarketData

Level = tuple[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class KeepTargets:
    """One that waits untouched for less than its share is replaced: the entry has grown."""

    market: MarketData
    send: SendIntent
    issue: IssueExit

    async def __call__(self, trade: Trade, states: Sequence[OrderState]) -> None:
        wanted = list(target_amounts(trade, self.market.instrument(trade.symbol)))
        levels = _levels(trade)
        there = {_level(s): s for s in states if is_target(s.order) and belongs(s.order, trade)}
        small = {
            (n, price) for n, price, share in wanted if _is_small(there.get((n, price)), share)
        }
        await self._cancel(s for level, s in there.items() if level not in levels - small)
        for place, price, amount in wanted:
            if (place, price) not in there.keys() - small:
                make = partial(_order, trade, price, amount)
                await self.issue(trade, Role.TARGET, make, place=place)

    async def _cancel(self, states: Iterable[OrderState]) -> None:
        for state in states:
            await self.send.cancel(state.order)


def _order(trade: Trade, price: Decimal, amount: Decimal, name: str) -> Order:
    return target_order(trade, name, price, amount)


def _levels(trade: Trade) -> set[Level]:
    """Targets that are still to be hit. A last one may have nothing of its own left to sell."""
    waiting = range(trade.targets_hit, len(trade.targets))
    return {(place, trade.targets[place].price) for place in waiting}


def _level(state: OrderState) -> Level:
    """Which target an order is for, and at what price it waits."""
    return place_of(state.order.client_order_id), state.order.stop_price


def _is_small(state: OrderState | None, share: Decimal) -> bool:
    return state is not None and not state.filled and state.order.amount < share
