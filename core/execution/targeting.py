"""Keeps a trade's take-profits in the market as the desk wants them: each of them once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import takewhile

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.trade import Trade
from core.domain.trading import Order, OrderState, OrderStatus, Refused
from core.execution.clearing import MAY_LIVE, belongs, is_target
from core.execution.codes import REDUCE_ONLY
from core.execution.issuing import IssueExit
from core.execution.names import place_of
from core.execution.orders import target_amounts, target_order
from core.execution.shelter import is_hasty, may_come
from core.ports import Broker, MarketData

Level = tuple[int, Decimal | None]
OVER = frozenset({OrderStatus.CANCELED, OrderStatus.EXPIRED})
FIRST_REST, LONGEST_REST = timedelta(seconds=2), timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class KeepTargets:
    """One that waits untouched for less than its share is replaced: the entry has grown."""

    market: MarketData
    broker: Broker
    issue: IssueExit

    async def __call__(self, trade: Trade, states: Sequence[OrderState]) -> None:
        wanted = list(target_amounts(trade, self.market.instrument(trade.symbol)))
        shares: dict[Level, Decimal] = {(n, price): amount for n, price, amount in wanted}
        listed = [s for s in states if is_target(s.order) and belongs(s.order, trade)]
        there = dict(_kept(listed, _levels(trade), shares))
        kept = {state.order.client_order_id for state in there.values()}
        await self._cancel(s for s in listed if s.order.client_order_id not in kept)
        for place, price, amount in wanted:
            if (place, price) not in there and not await self._may_live(trade, (place, price)):
                make = partial(_order, trade, price, amount)
                outcome = await self.issue(trade, Role.TARGET, make, place=place)
                if isinstance(outcome, Refused) and outcome.code == REDUCE_ONLY:
                    await self._cancel(
                        s for level, s in there.items() if _is_more(s, shares.get(level))
                    )

    async def _cancel(self, states: Iterable[OrderState]) -> None:
        for state in states:
            await self.issue.send.cancel(state.order)

    async def _may_live(self, trade: Trade, level: Level) -> bool:
        """One that was sent and is not listed is asked for by name, before another one is sent."""
        written, now = await self.issue.ledger.trade_intents(trade.id), self.issue.clock.now()
        latest = _latest(written, level)
        if latest is None:
            return _rests(written, level, now) or is_hasty(written, Role.TARGET, now)
        state = await self.broker.find(latest.order)
        if state is None:
            return may_come(latest, now, self.broker.arrival)
        return state.status not in OVER or _rests(written, level, now)


def _order(trade: Trade, price: Decimal, amount: Decimal, name: str) -> Order:
    return target_order(trade, name, price, amount)


def _levels(trade: Trade) -> set[Level]:
    """Targets that are still to be hit. A last one may have nothing of its own left to sell."""
    waiting = range(trade.targets_hit, len(trade.targets))
    return {(place, trade.targets[place].price) for place in waiting}


def _kept(
    listed: Sequence[OrderState], levels: set[Level], shares: dict[Level, Decimal]
) -> Iterator[tuple[Level, OrderState]]:
    """The first at each level that is large enough, or has begun to fill."""
    taken: set[Level] = set()
    for state in listed:
        level = _level(state.order)
        is_large = bool(state.filled) or state.order.amount >= shares.get(level, Decimal(0))
        if level in levels - taken and is_large:
            taken.add(level)
            yield level, state


def _level(order: Order) -> Level:
    """Which target an order is for, and at what price it waits."""
    return place_of(order.client_order_id), order.stop_price


def _is_more(state: OrderState, share: Decimal | None) -> bool:
    """Does it lay claim to what others are for? It comes back with its own share, if it has one."""
    return not state.filled and state.order.amount > (share or 0)


def _rests(written: Sequence[Intent], level: Level, now: datetime) -> bool:
    """One that is refused again and again is tried more and more seldom."""
    tried = [i for i in written if i.role is Role.TARGET and _level(i.order) == level]
    refused = list(takewhile(lambda i: i.status is IntentStatus.REFUSED, reversed(tried)))
    if not refused:
        return False
    return now - refused[0].created_at < min(FIRST_REST * (1 << len(refused) - 1), LONGEST_REST)


def _latest(written: Sequence[Intent], level: Level) -> Intent | None:
    sent = [i for i in written if i.role is Role.TARGET and i.status in MAY_LIVE]
    return next((i for i in reversed(sent) if _level(i.order) == level), None)
