"""What a fill does to a position and to the orders beside it."""

from dataclasses import replace
from decimal import Decimal

from core.domain.trading import OrderStatus, Side
from core.paper.costs import Costs
from core.paper.matching import match
from tests.core.paper.builders import (
    bar,
    exits,
    fills,
    limit,
    long,
    market,
    placed,
    short,
    stop,
    target,
)

BUY, SELL = Side.BUY, Side.SELL
SLIPPING = Costs(slippage=Decimal("0.001"), volume_share=Decimal("0.1"))


def test_reduce_only_is_clipped_to_the_holding():
    after = placed(long("2"), market(SELL, "5", reduce_only=True))

    assert after.book.is_empty
    assert (after.closed[-1].status, after.closed[-1].filled) == (OrderStatus.CANCELED, 2)


def test_the_last_close_takes_every_reduce_only_order_with_it():
    before = placed(
        long(), stop(SELL, "1", "95"), target(SELL, "1", "110"), limit(BUY, "1", "90", name="add")
    )

    after = placed(before, market(SELL, reduce_only=True))

    assert [state.order.client_order_id for state in after.book.orders] == ["add"]
    gone = {s.order.client_order_id: s.status for s in after.closed}
    assert gone["stop_market-sell"] is OrderStatus.CANCELED
    assert gone["take_profit-sell"] is OrderStatus.CANCELED


def test_more_of_the_same_averages_the_entry():
    after = placed(long("1", leverage=2), market(BUY, "3", name="more"), last="120")

    holding = after.book.holding
    assert (holding.amount, holding.entry_price) == (4, 115)
    assert (holding.leverage, holding.margin) == (2, 230)


def test_a_part_closed_keeps_its_entry_and_its_share_of_the_margin():
    after = placed(long("4", leverage=4), market(SELL, "1", reduce_only=True), last="110")

    holding = after.book.holding
    assert (holding.amount, holding.entry_price, holding.margin) == (3, 100, 75)
    assert fills(after.activity)[1].realized_pnl == 10
    assert after.wallet == 1000 - Decimal("0.2") + 10 - Decimal("0.055")


def test_an_opposite_order_may_flip_the_holding():
    before = placed(long("1"), stop(SELL, "1", "95"))

    after = placed(before, market(SELL, "3", leverage=5, name="flip"), last="110")

    flip = fills(after.activity)[1]
    holding = after.book.holding
    assert (flip.amount, flip.realized_pnl, flip.fee) == (3, 10, Decimal("0.165"))
    assert (holding.amount, holding.entry_price) == (-2, 110)
    assert (holding.margin, holding.leverage) == (44, 5)
    assert not after.book.orders


def test_a_short_earns_when_the_price_falls():
    after = placed(short("2"), market(BUY, "2", reduce_only=True), last="90")

    assert fills(after.activity)[1].realized_pnl == 20
    assert after.wallet == 1000 - Decimal("0.1") + 20 - Decimal("0.09")


def test_a_close_beyond_bankruptcy_is_a_liquidation():
    after = placed(long("1", leverage=10), market(SELL, reduce_only=True), last="80")

    assert fills(after.activity)[1].client_order_id == "liquidation"
    assert after.wallet == 1000 - Decimal("0.05") - 10


def test_an_exit_needs_no_free_margin():
    before = replace(placed(long("2"), stop(SELL, "1", "95")), elsewhere=Decimal(5000))

    assert exits(match(before, bar("100 101 94 96"))) == [("stop_market-sell", Decimal(95))]
