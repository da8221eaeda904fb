"""How a paper position and its orders live through a closed candle.

The law, in the order in which it is applied to one bar of one symbol:

1. *Funding.* Stamps in (open, close] are paid on the holding that came into the bar, before any
   exit: amount x mark x rate, longs pay a positive rate. Whatever opens in the bar pays, for its
   own part, the stamps at its time, less than 15 s before it, or later in the bar.
2. *The open decides first* about everything that was there when it came: a stop that the open has
   passed fills at the open, so does a resting order that the open betters, and a mark that opens
   beyond the liquidation price liquidates.
3. *Then the adverse side* of the candle's range: stops against the holding, and liquidation when
   its level lies nearer to the open than the stop's. Stops read last prices, liquidation reads mark
   prices. A stop fills whole, at its price, with slippage, as a taker.
4. *Then the kind side:* exits before entries, each nearest first. They rest, so they fill at their
   price as makers, and only up to a share of the candle's volume; the rest goes on waiting.
5. *Then liquidation again,* for what has opened meanwhile.

An order placed while the bar was running lives through the bar's whole range, but its open came
too early for it. Reduce-only orders never open, and go when the holding goes. No fill loses more
than the isolated margin: where it would, the position is liquidated, without a fee.
"""

from dataclasses import replace

from core.domain.market import Bar
from core.domain.trading import Liquidity, Order, OrderState
from core.margin import owes_funding
from core.paper.fills import Deal, fill, liquidate, pay_funding
from core.paper.holding import liquidation_of, side_of
from core.paper.levels import STOPS, Stretch, is_reached, level
from core.paper.page import Page


def match(page: Page, bar: Bar) -> Page:
    """The page after one more closed bar."""
    if not page.book.is_empty:
        page = _live_through(_pay_stamps(page, bar), bar)
    book = replace(page.book, seen=bar.close_time, mark=bar.mark.close)
    return replace(page, book=book, stamps=bar.funding)


def _pay_stamps(page: Page, bar: Bar) -> Page:
    if not bar.funding:
        return page
    holding = page.book.holding
    for stamp in bar.funding:
        if holding and owes_funding(stamp.time, holding.opened_at):
            page = pay_funding(page, stamp, holding.amount)
    return replace(page, stamps=page.stamps + bar.funding)


def _live_through(page: Page, bar: Bar) -> Page:
    opening = Stretch.opening(bar)
    early = _waiting_at(page, opening)
    page = _adverse(page, opening, early)
    page = _kind(page, opening, early)
    inside = Stretch.inside(bar)
    rest = [s for s in page.book.orders if not _is_decided(s, opening)]
    page = _adverse(page, inside, rest)
    page = _kind(page, inside, rest)
    return _liquidate_if_reached(page, inside)


def _waiting_at(page: Page, opening: Stretch) -> list[OrderState]:
    return [state for state in page.book.orders if state.placed_at <= opening.time]


def _is_decided(state: OrderState, opening: Stretch) -> bool:
    return state.placed_at <= opening.time and is_reached(state.order, opening.open)


def _adverse(page: Page, stretch: Stretch, states: list[OrderState]) -> Page:
    holding = page.book.holding
    side = side_of(holding) if holding else None
    stops = [s for s in states if s.order.type in STOPS and stretch.reaches(s.order)]
    for state in sorted(stops, key=lambda s: (s.order.side is side, stretch.distance(s.order))):
        if _is_liquidated_before(page, stretch, state.order):
            return liquidate(page, stretch.time)
        price = page.costs.slipped(stretch.price_for(state.order), state.order.side)
        deal = Deal(price, state.order.amount, Liquidity.TAKER, stretch.time)
        page = fill(page, state.order.client_order_id, deal)
    return _liquidate_if_reached(page, stretch)


def _kind(page: Page, stretch: Stretch, states: list[OrderState]) -> Page:
    share = page.instrument.round_amount(stretch.volume * page.costs.volume_share)
    resting = [s for s in states if s.order.type not in STOPS and stretch.reaches(s.order)]
    for state in sorted(
        resting, key=lambda s: (not s.order.reduce_only, stretch.distance(s.order))
    ):
        deal = Deal(stretch.price_for(state.order), share, Liquidity.MAKER, stretch.time)
        page = fill(page, state.order.client_order_id, deal)
    return page


def _is_liquidated_before(page: Page, stretch: Stretch, order: Order) -> bool:
    holding = page.book.holding
    if holding is None or not _is_liquidated(page, stretch):
        return False
    side = side_of(holding)
    gap = level(order) - liquidation_of(holding, page.instrument)
    return order.side is side or gap * side.sign < 0


def _liquidate_if_reached(page: Page, stretch: Stretch) -> Page:
    return liquidate(page, stretch.time) if _is_liquidated(page, stretch) else page


def _is_liquidated(page: Page, stretch: Stretch) -> bool:
    """A holding that is younger than the stretch has not seen it."""
    holding = page.book.holding
    if holding is None or holding.opened_at > stretch.time:
        return False
    return stretch.liquidates(side_of(holding), liquidation_of(holding, page.instrument))
