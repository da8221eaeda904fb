"""What a fill or a funding payment makes of a trade. Pure: value in, value out."""

from dataclasses import replace
from decimal import Decimal

from core.domain.intent import Role
from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import Activity, Cause, Fill, Side
from core.execution.names import is_ours, place_of, role_of


def book(trade: Trade, activity: Activity, *, done: bool = True) -> Trade:
    """The trade after this; fills must come in their order. `done`: its order is over."""
    if not isinstance(activity, Fill):
        return replace(trade, funding=trade.funding + activity.amount)
    if activity.cause is Cause.LIQUIDATION:
        return _reduced(trade, activity, Exit.LIQUIDATION)
    if not is_ours(activity.client_order_id):
        return _foreign(trade, activity)
    role = role_of(activity.client_order_id)
    if role is Role.ENTRY:
        return _entered(trade, activity)
    if role is Role.TARGET and done:
        hit = place_of(activity.client_order_id) + 1
        trade = replace(trade, targets_hit=max(trade.targets_hit, hit))
    return _reduced(trade, activity, _exit(trade, role))


def _foreign(trade: Trade, fill: Fill) -> Trade:
    """Somebody else's order took a part of the position away; one that added to it is theirs."""
    if fill.side is trade.side:
        return trade
    return _reduced(trade, replace(fill, amount=min(fill.amount, trade.remaining)), Exit.VENUE)


def _entered(trade: Trade, fill: Fill) -> Trade:
    amount = trade.amount + fill.amount
    cost = trade.entry_price * trade.amount + fill.price * fill.amount
    return replace(
        trade,
        status=TradeStatus.OPEN,
        amount=amount,
        remaining=trade.remaining + fill.amount,
        entry_price=cost / amount,
        extreme=fill.price,
        fees=trade.fees + fill.fee,
        opened_at=trade.opened_at or fill.time,
    )


def _reduced(trade: Trade, fill: Fill, why: Exit) -> Trade:
    remaining = trade.remaining - fill.amount
    booked = replace(
        trade,
        remaining=remaining,
        realized=trade.realized + fill.realized_pnl,
        fees=trade.fees + fill.fee,
        exit_price=fill.price,
    )
    if remaining > 0:
        return booked
    return replace(booked, status=TradeStatus.CLOSED, exit=why, closed_at=fill.time)


def _exit(trade: Trade, role: Role) -> Exit:
    if role is Role.CLOSE:
        return trade.ending or Exit.PERSON
    if role is Role.TARGET:
        return Exit.TARGET
    return way_out(trade.stop - trade.entry_price, trade.side, trailing=trade.trailing)


def way_out(above: Decimal, side: Side, *, trailing: bool) -> Exit:
    """What a stop was that lies so far above the entry (below: negative)."""
    if above * side.sign < 0:
        return Exit.STOP
    return Exit.TRAIL if trailing else Exit.BREAK_EVEN
