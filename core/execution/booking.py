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
    """Somebody else's order: what it adds is theirs, and what it takes away is theirs first."""
    if fill.side is trade.side:
        return replace(trade, beside=trade.beside + fill.amount)
    theirs = min(fill.amount, trade.beside)
    trade = replace(trade, beside=trade.beside - theirs)
    ours = min(fill.amount - theirs, trade.remaining)
    return _reduced(trade, _part(fill, ours), Exit.VENUE) if ours else trade


def _part(fill: Fill, amount: Decimal) -> Fill:
    """A fill's own share of its money for a part of its amount."""
    part = amount / fill.amount
    gain, fee = fill.realized_pnl * part, fill.fee * part
    return replace(fill, amount=amount, realized_pnl=gain, fee=fee)


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
    """What a fill takes beyond the desk's own part was somebody else's."""
    over = fill.amount - trade.remaining
    if over > 0 and trade.remaining:
        beside = max(Decimal(0), trade.beside - over)
        return _reduced(replace(trade, beside=beside), _part(fill, trade.remaining), why)
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
