"""Which prices an order waits for, and what a stretch of trading offers it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self

from core.domain.market import Bar
from core.domain.trading import Order, OrderType, Side

STOPS = {OrderType.STOP_MARKET}
CONDITIONAL = {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}


def level(order: Order) -> Decimal:
    """The price an order waits for."""
    price = order.stop_price if order.type in CONDITIONAL else order.price
    if price is None:
        raise ValueError(f"a {order.type} order waits for no price")
    return price


def waits_for_rise(order: Order) -> bool:
    """Stops follow the price, resting orders let it come."""
    return (order.side is Side.BUY) is (order.type in STOPS)


def is_reached(order: Order, price: Decimal) -> bool:
    return price >= level(order) if waits_for_rise(order) else price <= level(order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a bar whose prices are known only by their range; fills in it are dated `time`."""

    open: Decimal
    low: Decimal
    high: Decimal
    mark_low: Decimal
    mark_high: Decimal
    volume: Decimal
    time: datetime

    @classmethod
    def opening(cls, bar: Bar) -> Self:
        last, mark = bar.candle.open, bar.mark.open
        return cls(
            open=last,
            low=last,
            high=last,
            mark_low=mark,
            mark_high=mark,
            volume=bar.candle.volume,
            time=bar.candle.open_time,
        )

    @classmethod
    def inside(cls, bar: Bar) -> Self:
        return cls(
            open=bar.candle.open,
            low=bar.candle.low,
            high=bar.candle.high,
            mark_low=bar.mark.low,
            mark_high=bar.mark.high,
            volume=bar.candle.volume,
            time=bar.close_time,
        )

    def reaches(self, order: Order) -> bool:
        return is_reached(order, self.high if waits_for_rise(order) else self.low)

    def price_for(self, order: Order) -> Decimal:
        """The level itself, or the nearest price that was there."""
        return min(max(level(order), self.low), self.high)

    def distance(self, order: Order) -> Decimal:
        return abs(level(order) - self.open)

    def liquidates(self, side: Side, liquidation: Decimal) -> bool:
        if side is Side.BUY:
            return self.mark_low <= liquidation
        return self.mark_high >= liquidation
