"""How a trade's levels follow the price by rule: break-even, trail, time stop. Never looser."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.trade import Trade
from core.domain.trading import Side


def break_even(trade: Trade, instrument: Instrument) -> Decimal:
    """The stop price that pays back the entry and both taker fees."""
    return paid_back(trade.entry_price, trade.side, instrument)


def paid_back(entry_price: Decimal, side: Side, instrument: Instrument) -> Decimal:
    """Where an exit as a taker costs nothing after both fees."""
    price = entry_price + side.sign * entry_price * instrument.taker_fee * 2
    return instrument.price_up(price) if side.sign > 0 else instrument.price_down(price)


def tightened(trade: Trade, stop: Decimal) -> Trade:
    """With this stop if it is tighter than the one there is, else unchanged."""
    if (stop - trade.stop) * trade.side.sign <= 0:
        return trade
    return replace(trade, stop=stop, revision=trade.revision + 1)


def followed(trade: Trade, price: Decimal, instrument: Instrument) -> Trade:
    """After a candle closed at `price`: break-even once a target is hit, then the trail."""
    sign = trade.side.sign
    if (price - trade.extreme) * sign > 0:
        trade = replace(trade, extreme=price)
    if trade.targets_hit and trade.plan.trail is not None:
        trade = tightened(trade, break_even(trade, instrument))
        trade = replace(trade, trailing=True)
    if not trade.trailing:
        return trade
    distance = trade.plan.trail or abs(trade.plan.entry_limit - trade.plan.stop_loss)
    trailed = instrument.round_price(trade.extreme - sign * distance)
    if (price - trailed) * sign <= 0:
        return trade
    return tightened(trade, trailed)


def is_over(trade: Trade, now: datetime) -> bool:
    """Has the time stop passed?"""
    return trade.opened_at is not None and now >= trade.opened_at + trade.plan.time_stop
