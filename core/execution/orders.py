"""Which orders a trade wants in the market."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.intent import Intent, IntentStatus, Role
from core.domain.proposal import Target
from core.domain.trade import Trade
from core.domain.trading import Order, OrderType


def intent_for(trade: Trade, role: Role, order: Order, now: datetime) -> Intent:
    """Not sent yet: to be written down first."""
    return Intent(
        account=trade.account,
        trade_id=trade.id,
        role=role,
        order=order,
        status=IntentStatus.NEW,
        created_at=now,
    )


def entry_order(trade: Trade, client_order_id: str) -> Order:
    """Immediate unless it is to rest, and never beyond the limit on the card."""
    return Order(
        client_order_id=client_order_id,
        symbol=trade.symbol,
        side=trade.side,
        type=OrderType.LIMIT if trade.plan.rests else OrderType.IOC,
        amount=trade.plan.amount,
        price=trade.plan.entry_limit,
        stop_loss=trade.stop,
        leverage=trade.plan.leverage,
    )


def stop_order(trade: Trade, client_order_id: str) -> Order:
    return Order(
        client_order_id=client_order_id,
        symbol=trade.symbol,
        side=trade.side.opposite,
        type=OrderType.STOP_MARKET,
        amount=trade.remaining,
        stop_price=trade.stop,
        reduce_only=True,
        leverage=trade.plan.leverage,
    )


def target_order(trade: Trade, client_order_id: str, price: Decimal, amount: Decimal) -> Order:
    return Order(
        client_order_id=client_order_id,
        symbol=trade.symbol,
        side=trade.side.opposite,
        type=OrderType.TAKE_PROFIT,
        amount=amount,
        stop_price=price,
        reduce_only=True,
        leverage=trade.plan.leverage,
    )


def close_order(trade: Trade, client_order_id: str, amount: Decimal) -> Order:
    return Order(
        client_order_id=client_order_id,
        symbol=trade.symbol,
        side=trade.side.opposite,
        type=OrderType.MARKET,
        amount=amount,
        reduce_only=True,
        leverage=trade.plan.leverage,
    )


def target_amounts(trade: Trade, instrument: Instrument) -> Iterator[tuple[int, Decimal, Decimal]]:
    """(place, price, amount) of each target not yet hit; the last takes what rounding left over."""
    waiting = range(trade.targets_hit, len(trade.targets))
    yield from shared(trade.targets, trade.amount, trade.remaining, waiting, instrument)


def shared(
    targets: Sequence[Target],
    amount: Decimal,
    left: Decimal,
    waiting: Iterable[int],
    instrument: Instrument,
) -> Iterator[tuple[int, Decimal, Decimal]]:
    """Deal out what is left of an entered amount to the targets that wait, by their places."""
    for place in waiting:
        target = targets[place]
        whole = instrument.round_amount(amount * target.share)
        share = left if place == len(targets) - 1 else min(left, whole)
        if share > 0:
            yield place, target.price, share
        left -= share
