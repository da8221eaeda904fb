"""What a fill or a funding payment makes of a trade. Pure: value in, value out."""

from dataclasses import replace
from decimal import Decimal

from core.domain.intent import Role
from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import Activity, Cause, Fill
from core.execution.names import role_of


def book(trade: Trade, activity: Activity) -> Trade:
    """The trade after this; fills must come in their order."""
    if not isinstance(activity, Fill):
        return replace(trade, funding=trade.funding + activity.amount)
    if activity.cause is Cause.LIQUIDATION:
        return _reduced(trade, activity, Exit.LIQUIDATION)
    role = role_of(activity.client_order_id)
    if role is Role.ENTRY:
        return _entered(trade, activity)
    if role is Role.TARGET:
        trade = replace(trade, targets_hit=max(trade.targets_hit, _place(trade, activity) + 1))
    return _reduced(trade, activity, _exit(trade, role))


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
    return Exit.STOP if _loses(trade) else Exit.TRAIL if trade.trailing else Exit.BREAK_EVEN


def _loses(trade: Trade) -> bool:
    """Is the stop still on the losing side of the entry?"""
    return (trade.stop - trade.entry_price) * trade.side.sign < 0


def _place(trade: Trade, fill: Fill) -> int:
    """Which target this was: the one whose price lies nearest."""

    def distance(place: int) -> Decimal:
        return abs(trade.targets[place].price - fill.price)

    return min(range(len(trade.targets)), key=distance)
