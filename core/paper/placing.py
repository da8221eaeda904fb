"""What becomes of a paper order at the moment it is placed, and of one that is taken back.

MARKET fills whole at the quote with slippage. IOC fills when the quote is within its price, up to
a share of the last candle's volume, and drops the rest. A LIMIT that could trade at once does, at
the quote with slippage or its price, whichever is better for us; so does a TAKE_PROFIT. A stop
that the quote has passed already fills like a market order: nothing stays unprotected. All of
these are taker fills. Everything else waits.
"""

from datetime import datetime
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.market import Quote
from core.domain.trading import (
    Liquidity,
    Order,
    OrderState,
    OrderStatus,
    OrderType,
    Refused,
    Side,
)
from core.paper.costs import Costs
from core.paper.fills import Deal, fill
from core.paper.holding import closable
from core.paper.levels import STOPS, is_reached, level
from core.paper.page import Page


def submit(
    page: Page, order: Order, quote: Quote, at: datetime, volume: Decimal | None = None
) -> Page | Refused:
    """The page with the order filled or waiting, or the code of the rule that refuses it.

    `volume` is the last closed candle's; without one an IOC order finds all it wants.
    """
    code = refusal(page, order, quote.last)
    if code:
        return Refused(order.client_order_id, code)
    state = OrderState(order, OrderStatus.OPEN, Decimal(0), at)
    page = page.queue(state)
    price = price_now(order, quote.last, page.costs)
    if price is not None:
        amount = _available(page, order, volume)
        deal = Deal(price, amount, Liquidity.TAKER, at)
        page = fill(page, order.client_order_id, deal)
    if order.type in {OrderType.IOC, OrderType.MARKET}:
        page = _end(page, order.client_order_id, OrderStatus.EXPIRED)
    return page


def withdraw(page: Page, client_order_id: str) -> Page:
    """Take an order off the page; one that is gone changes nothing."""
    return _end(page, client_order_id, OrderStatus.CANCELED)


def price_now(order: Order, last: Decimal, costs: Costs) -> Decimal | None:
    """What an order would trade at right away; None when it has to wait."""
    slipped = costs.slipped(last, order.side)
    if order.type is OrderType.MARKET:
        return slipped
    if not is_reached(order, last):
        return None
    if order.type in STOPS:
        return slipped
    better = min if order.side is Side.BUY else max
    return better(slipped, level(order))


def refusal(page: Page, order: Order, last: Decimal) -> str | None:
    """Which rule of the venue forbids the order."""
    if misfit := _misfit(page.instrument, order, last):
        return misfit
    if order.reduce_only:
        return None if closable(page.book.holding, order.side) else "reduce_only"
    price = _price_to_judge(page, order, last)
    if order.amount * price < page.instrument.min_notional:
        return "min_notional"
    return None if _is_affordable(page, order, price) else "insufficient_margin"


def _misfit(instrument: Instrument, order: Order, last: Decimal) -> str | None:
    """What is wrong with an order whoever sends it."""
    if not 1 <= order.leverage <= _most_leverage(instrument, order, last):
        return "leverage"
    if order.amount % instrument.step_size:
        return "step_size"
    if any(p is not None and p % instrument.tick_size for p in (order.price, order.stop_price)):
        return "tick_size"
    rests = order.type is not OrderType.POST_ONLY or not is_reached(order, last)
    return None if rests else "post_only"


def _most_leverage(instrument: Instrument, order: Order, last: Decimal) -> int:
    """Larger positions may have less; what only closes is never refused for its size."""
    if order.reduce_only:
        return instrument.max_leverage
    return instrument.leverage_at(order.amount * (order.price or order.stop_price or last))


def _price_to_judge(page: Page, order: Order, last: Decimal) -> Decimal:
    if order.type is OrderType.MARKET:
        return page.costs.slipped(last, order.side)
    return level(order)


def _is_affordable(page: Page, order: Order, price: Decimal) -> bool:
    """Fill it on trial: an order that does not only close must fit into the free margin."""
    trial = OrderState(order, OrderStatus.OPEN, Decimal(0), page.book.seen)
    deal = Deal(price, order.amount, Liquidity.TAKER, page.book.seen)
    after = fill(page.queue(trial), order.client_order_id, deal)
    return all(state.status is not OrderStatus.EXPIRED for state in after.closed)


def _available(page: Page, order: Order, volume: Decimal | None) -> Decimal:
    if order.type is not OrderType.IOC or volume is None:
        return order.amount
    return page.instrument.round_amount(volume * page.costs.volume_share)


def _end(page: Page, client_order_id: str, status: OrderStatus) -> Page:
    state = page.waiting(client_order_id)
    return page.dismiss([state], status) if state else page
