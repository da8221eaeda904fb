"""How every account is, for programs: money as text, times in ISO 8601, null for what is unknown."""

from datetime import datetime
from typing import Any

from bot.rescue.holder import Holder
from bot.rescue.looking import Seen, Shown, Whole, confirmed
from core.domain.trade import Trade

Json = dict[str, Any]


def as_json(whole: Whole) -> Json:
    return {
        "at": whole.at.isoformat(),
        "lock": _holder(whole.holder),
        "disk_free": whole.free,
        "accounts": [_account(one) for one in whole.accounts],
    }


def _holder(holder: Holder | None) -> Json | None:
    return {"words": holder.words, "lives": holder.lives} if holder else None


def _account(one: Seen) -> Json:
    settings, sure = one.settings, one.sure
    return {
        "name": one.account.name,
        "venue": one.account.venue,
        "mode": one.account.mode.value,
        "paused": settings.paused if settings else None,
        "state": settings.trading.value if settings else None,
        "causes": [f"{cause.reason}" for cause in settings.causes] if settings else [],
        "equity": str(one.mark.equity) if one.mark else None,
        "equity_at": _time(one.mark.at) if one.mark else None,
        "reconciled_at": _time(sure.reconciled) if sure else None,
        "desk_seen_at": _time(sure.at) if sure else None,
        "lease": one.lease.holder.partition(":")[0] or None if one.lease else None,
        "positions": [_trade(one, trade) for trade in one.trades],
        "pending": [{"id": i.id, "status": i.status.value} for i in one.pending],
        "at_venue": _shown(one.shown) if one.shown else None,
        "trouble": one.trouble or None,
    }


def _trade(one: Seen, trade: Trade) -> Json:
    return {
        "id": trade.id,
        "symbol": trade.symbol,
        "side": trade.side.value,
        "status": trade.status.value,
        "remaining": str(trade.remaining),
        "entry_price": str(trade.entry_price),
        "stop": str(trade.stop),
        "stop_confirmed_at": _time(confirmed(one, trade)),
        "stop_at_venue": str(one.shown.stop_of(trade)) if one.shown else None,
        "ending": trade.ending.value if trade.ending else None,
    }


def _shown(shown: Shown) -> Json:
    return {
        "at": shown.at.isoformat(),
        "equity": str(shown.account.equity),
        "positions": {p.symbol: str(p.amount) for p in shown.account.positions if p.amount},
        "orders": [state.order.client_order_id for state in shown.orders],
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
