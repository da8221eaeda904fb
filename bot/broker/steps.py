"""Puts an order on its venue's steps, never with more risk than was asked."""

from dataclasses import replace
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.trading import Order, OrderType, Refused, Side


def fitted(order: Order, instrument: Instrument) -> Order | Refused:
    """Smaller rather than larger, a limit that is no worse, a stop that is no farther away.

    Too small an entry is refused here, before a byte leaves; what reduces is the venue's to judge.
    """
    amount = instrument.round_amount(order.amount)
    if amount <= 0:
        return Refused(order.client_order_id, "step")
    on_steps = replace(
        order,
        amount=amount,
        price=_better(order.price, order.side, instrument),
        stop_price=_trigger(order, instrument),
        stop_loss=_nearer(order.stop_loss, order.side.opposite, instrument),
    )
    return on_steps if _is_enough(on_steps, instrument) else _too_small(order)


def _trigger(order: Order, instrument: Instrument) -> Decimal | None:
    if order.type is OrderType.STOP_MARKET:
        return _nearer(order.stop_price, order.side, instrument)
    return _better(order.stop_price, order.side, instrument)


def _better(price: Decimal | None, side: Side, instrument: Instrument) -> Decimal | None:
    """For whoever trades on this side at this price."""
    if price is None:
        return None
    return instrument.price_down(price) if side is Side.BUY else instrument.price_up(price)


def _nearer(price: Decimal | None, side: Side, instrument: Instrument) -> Decimal | None:
    """A stop to sell lies below the market, so nearer is higher."""
    return _better(price, side, instrument)


def _is_enough(order: Order, instrument: Instrument) -> bool:
    price = order.price or order.stop_loss
    if order.reduce_only or price is None:
        return True
    return order.amount * price >= instrument.min_notional


def _too_small(order: Order) -> Refused:
    return Refused(order.client_order_id, "min_notional")
