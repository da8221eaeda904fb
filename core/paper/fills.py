"""What one fill does to a page: position, fee, profit, funding, and the orders left behind."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core.domain.market import FundingStamp
from core.domain.paper import Holding
from core.domain.trading import (
    Cause,
    Fill,
    FundingPayment,
    Liquidity,
    Order,
    OrderState,
    OrderStatus,
)
from core.margin import funding_fee, owes_funding
from core.paper.holding import (
    bankruptcy_of,
    closable,
    enlarged,
    is_ruinous,
    margin_for,
    money,
    realized,
    reduced,
    side_of,
)
from core.paper.page import Page

LIQUIDATION = "liquidation"


@dataclass(frozen=True, slots=True)
class Deal:
    """What the market offers an order: a price, how much at most, as what, and when."""

    price: Decimal
    amount: Decimal
    liquidity: Liquidity
    time: datetime


def fill(page: Page, client_order_id: str, deal: Deal) -> Page:
    """Let a waiting order take the deal, as far as it may.

    A close that would lose more than the margin is a liquidation instead; an order that would
    open more than the free margin carries is dropped.
    """
    state = page.waiting(client_order_id)
    amount = min(deal.amount, fillable(page, state)) if state else Decimal(0)
    if not state or amount <= 0:
        return page
    holding = page.book.holding
    closing = min(amount, closable(holding, state.order.side))
    if holding and closing and is_ruinous(holding, deal.price):
        return liquidate(page, deal.time)
    after = _exchange(page, state, replace(deal, amount=amount), closing)
    if amount > closing and after.free < 0:
        return page.dismiss([state], OrderStatus.EXPIRED)
    return after


def fillable(page: Page, state: OrderState) -> Decimal:
    """What an order still wants; a reduce-only one never more than there is to close."""
    left = state.order.amount - state.filled
    if state.order.reduce_only:
        return min(left, closable(page.book.holding, state.order.side))
    return left


def liquidate(page: Page, time: datetime) -> Page:
    """The venue takes the position and its whole margin, and cancels the symbol's orders."""
    holding = page.book.holding
    if holding is None:
        return page
    taken = Fill(
        seq=page.seq + 1,
        client_order_id=LIQUIDATION,
        symbol=page.book.symbol,
        side=side_of(holding).opposite,
        price=bankruptcy_of(holding),
        amount=abs(holding.amount),
        fee=Decimal(0),
        realized_pnl=-holding.margin,
        liquidity=Liquidity.TAKER,
        time=time,
        cause=Cause.LIQUIDATION,
    )
    page = page.record(taken, -holding.margin).hold(None)
    return page.dismiss(page.book.orders, OrderStatus.CANCELED)


def pay_funding(page: Page, stamp: FundingStamp, amount: Decimal) -> Page:
    """Settle one stamp for a signed amount of base units."""
    paid = money(funding_fee(amount, stamp.mark, stamp.rate))
    payment = FundingPayment(
        seq=page.seq + 1,
        symbol=page.book.symbol,
        rate=stamp.rate,
        amount=paid,
        time=stamp.time,
    )
    return page.record(payment, paid)


def _exchange(page: Page, state: OrderState, deal: Deal, closing: Decimal) -> Page:
    order = state.order
    before = page.book.holding
    after = _changed(before, order, deal, closing)
    done = _fill_of(page, order, deal, closing)
    page = page.record(done, done.realized_pnl - done.fee).hold(after)
    page = _pay_for_opening(page, (deal.amount - closing) * order.side.sign, deal.time)
    page = _progress(page, state, deal.amount)
    if after is None or (before and side_of(before) is not side_of(after)):
        exits = [other for other in page.book.orders if other.order.reduce_only]
        page = page.dismiss(exits, OrderStatus.CANCELED)
    return page


def _changed(
    holding: Holding | None, order: Order, deal: Deal, closing: Decimal
) -> Holding | None:
    left = reduced(holding, closing) if holding and closing else holding
    opening = (deal.amount - closing) * order.side.sign
    if not opening:
        return left
    if left is not None:
        return enlarged(left, opening, deal.price)
    return Holding(
        amount=opening,
        entry_price=deal.price,
        margin=margin_for(opening, deal.price, order.leverage),
        leverage=order.leverage,
        opened_at=deal.time,
    )


def _fill_of(page: Page, order: Order, deal: Deal, closing: Decimal) -> Fill:
    holding = page.book.holding
    instrument = page.instrument
    is_maker = deal.liquidity is Liquidity.MAKER
    rate = instrument.maker_fee if is_maker else instrument.taker_fee
    return Fill(
        seq=page.seq + 1,
        client_order_id=order.client_order_id,
        symbol=order.symbol,
        side=order.side,
        price=deal.price,
        amount=deal.amount,
        fee=money(deal.price * deal.amount * rate),
        realized_pnl=realized(holding, closing, deal.price) if holding else Decimal(0),
        liquidity=deal.liquidity,
        time=deal.time,
    )


def _pay_for_opening(page: Page, opening: Decimal, time: datetime) -> Page:
    if not opening:
        return page
    for stamp in page.stamps:
        if owes_funding(stamp.time, time):
            page = pay_funding(page, stamp, opening)
    return page


def _progress(page: Page, state: OrderState, amount: Decimal) -> Page:
    filled = replace(state, filled=state.filled + amount)
    if filled.filled < state.order.amount:
        return page.update(filled)
    return page.update(filled).dismiss([filled], OrderStatus.FILLED)
