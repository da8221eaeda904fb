"""A trade that nobody made, on a page of its own, to see what it would have come to."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from core.domain.market import Instrument, Quote
from core.domain.paper import Book
from core.domain.proposal import TradePlan
from core.domain.trading import Order, OrderType, Refused
from core.paper.costs import STANDARD, Costs
from core.paper.page import Page
from core.paper.placing import submit

PURSE = Decimal(10) ** 9


def open_shadow(
    plan: TradePlan,
    price: Decimal,
    at: datetime,
    instrument: Instrument,
    costs: Costs = STANDARD,
) -> Page:
    """A page entered at this price, with the plan's stop and targets waiting.

    Walk it with `match`, change it with `submit` and `withdraw`, read it with `shadow_net`.
    """
    book = Book(symbol=plan.symbol, seen=at, mark=price)
    page = Page(book=book, instrument=instrument, costs=costs, wallet=PURSE)
    quote = Quote(plan.symbol, at, price, price)
    for order in (_entry(plan), _stop(plan), *_targets(plan, instrument)):
        page = _placed(page, order, quote)
    return page


def shadow_net(page: Page) -> Decimal:
    """Profit after fees and funding, without what is still open."""
    return page.wallet - PURSE


def _placed(page: Page, order: Order, quote: Quote) -> Page:
    after = submit(page, order, quote, quote.time)
    return page if isinstance(after, Refused) else after


def _entry(plan: TradePlan) -> Order:
    return Order(
        client_order_id="entry",
        symbol=plan.symbol,
        side=plan.side,
        type=OrderType.MARKET,
        amount=plan.amount,
        leverage=plan.leverage,
    )


def _stop(plan: TradePlan) -> Order:
    return Order(
        client_order_id="stop",
        symbol=plan.symbol,
        side=plan.side.opposite,
        type=OrderType.STOP_MARKET,
        amount=plan.amount,
        stop_price=plan.stop_loss,
        reduce_only=True,
    )


def _targets(plan: TradePlan, instrument: Instrument) -> list[Order]:
    """Each share rounded down to the step; the last takes what rounding left of a whole."""
    amounts = [instrument.round_amount(plan.amount * t.share) for t in plan.targets]
    if sum(target.share for target in plan.targets) == 1:
        amounts[-1] += plan.amount - sum(amounts)
    return [
        replace(
            _stop(plan),
            client_order_id=f"target{number}",
            type=OrderType.TAKE_PROFIT,
            amount=amount,
            stop_price=target.price,
        )
        for number, (target, amount) in enumerate(zip(plan.targets, amounts, strict=True), 1)
        if amount
    ]
