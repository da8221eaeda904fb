"""What an order becomes at the moment it is placed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.instrument import MaintenanceTier
from core.domain.trading import Liquidity, OrderStatus, Refused, Side
from core.paper.costs import Costs
from core.paper.placing import submit, withdraw
from tests.core.paper.builders import (
    START,
    fills,
    instrument,
    ioc,
    limit,
    long,
    market,
    page,
    placed,
    quote,
    stop,
    target,
)

BUY, SELL = Side.BUY, Side.SELL
SLIPPING = Costs(slippage=Decimal("0.001"), volume_share=Decimal("0.1"))


def code(before, order, last="100"):
    outcome = submit(before, order, quote(last), START)
    assert isinstance(outcome, Refused)
    return outcome.code


def test_a_market_order_fills_whole_at_the_quote_with_slippage_as_a_taker():
    after = placed(page(costs=SLIPPING), market(BUY, "2", leverage=4))

    (fill,) = fills(after.activity)
    assert (fill.price, fill.amount, fill.liquidity) == (Decimal("100.1"), 2, Liquidity.TAKER)
    assert fill.fee == Decimal("0.1001")
    assert after.wallet == Decimal("999.8999")
    assert after.book.holding.margin == Decimal("50.05")
    assert after.free == Decimal("949.8499")
    assert after.closed[0].status is OrderStatus.FILLED


def test_slippage_is_against_a_seller_too():
    after = placed(page(costs=SLIPPING), market(SELL))

    assert fills(after.activity)[0].price == Decimal("99.9")
    assert after.book.holding.amount == -1


@pytest.mark.parametrize(
    ("side", "price", "expected"),
    [
        (BUY, "100.5", "100.1"),
        (BUY, "100", "100"),
        (SELL, "99.5", "99.9"),
        (SELL, "100", "100"),
    ],
)
def test_an_ioc_order_never_pays_more_than_its_price(side, price, expected):
    after = placed(page(costs=SLIPPING), ioc(side, "1", price))

    assert fills(after.activity)[0].price == Decimal(expected)
    assert fills(after.activity)[0].liquidity is Liquidity.TAKER


def test_an_ioc_order_expires_when_the_quote_is_beyond_its_price():
    after = placed(page(), ioc(BUY, "1", "99.9"))

    assert not after.activity
    assert after.book.is_empty
    assert (after.closed[0].status, after.closed[0].filled) == (OrderStatus.EXPIRED, 0)


def test_an_ioc_order_takes_its_share_of_the_last_candle_and_drops_the_rest():
    before = page(wallet="10000", costs=SLIPPING)

    after = submit(before, ioc(BUY, "5", "101"), quote("100"), START, Decimal("12.3456"))

    assert after.book.holding.amount == Decimal("1.234")
    assert not after.book.orders
    assert (after.closed[0].status, after.closed[0].filled) == (
        OrderStatus.EXPIRED,
        Decimal("1.234"),
    )


def test_an_ioc_order_without_a_candle_finds_all_it_wants():
    after = placed(page(costs=SLIPPING), ioc(BUY, "5", "101"))

    assert after.book.holding.amount == 5
    assert after.closed[0].status is OrderStatus.FILLED


def test_a_market_order_asks_for_no_volume():
    after = submit(page(costs=SLIPPING), market(BUY, "2"), quote("100"), START, Decimal(1))

    assert after.book.holding.amount == 2


def test_a_limit_that_could_trade_at_once_is_a_taker():
    after = placed(page(costs=SLIPPING), limit(BUY, "1", "101"))

    (fill,) = fills(after.activity)
    assert (fill.price, fill.liquidity) == (Decimal("100.1"), Liquidity.TAKER)


def test_a_limit_away_from_the_price_waits():
    after = placed(page(), limit(BUY, "1", "99"))

    assert not after.activity
    assert after.waiting("limit-buy").placed_at == START
    assert after.free == 1000


def test_a_stop_that_the_price_has_passed_fills_at_once():
    after = placed(long(costs=SLIPPING), stop(SELL, "1", "95"), last="90")

    assert fills(after.activity)[1].price == Decimal("89.91")
    assert after.book.is_empty


def test_a_target_that_the_price_has_passed_is_taken_at_once():
    after = placed(long(), target(SELL, "1", "105"), last="110")

    assert fills(after.activity)[1].price == 110
    assert fills(after.activity)[1].realized_pnl == 10


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (market(BUY, leverage=51), "leverage"),
        (market(BUY, leverage=0), "leverage"),
        (market(BUY, "0.0005"), "step_size"),
        (limit(BUY, "1", "99.95"), "tick_size"),
        (stop(SELL, "1", "99.95"), "tick_size"),
        (market(BUY, "0.04"), "min_notional"),
        (limit(BUY, "0.05", "99.9"), "min_notional"),
        (stop(SELL, "1", "95"), "reduce_only"),
        (market(SELL, reduce_only=True), "reduce_only"),
        (market(BUY, "10"), "insufficient_margin"),
        (limit(BUY, "10.1", "99"), "insufficient_margin"),
        (limit(BUY, "10", "110"), "insufficient_margin"),
    ],
)
def test_the_venue_says_which_rule_refuses(order, expected):
    assert code(page(), order) == expected


def test_margin_and_fee_must_both_fit():
    assert code(page("100.04"), market(BUY)) == "insufficient_margin"
    assert placed(page("100.05"), market(BUY)).free == 0


def test_margin_held_by_other_symbols_is_not_free():
    assert code(page("150", elsewhere=Decimal(60)), market(BUY)) == "insufficient_margin"


def test_leverage_lends_the_rest():
    after = placed(page("21"), market(BUY, "10", leverage=50))

    assert after.book.holding.margin == 20
    assert after.free == Decimal("0.5")


def test_reduce_only_on_the_holdings_own_side_is_refused():
    assert code(long(), market(BUY, reduce_only=True)) == "reduce_only"


def test_a_close_is_never_too_small():
    after = placed(long("0.053"), market(SELL, "0.05", reduce_only=True))

    after = placed(after, market(SELL, "0.003", reduce_only=True, name="dust"))

    assert after.book.is_empty


def test_an_order_taken_back_is_canceled_and_one_that_is_gone_is_no_error():
    before = placed(page(), limit(BUY, "1", "99"))

    after = withdraw(before, "limit-buy")

    assert after.closed[0].status is OrderStatus.CANCELED
    assert withdraw(after, "limit-buy") == after


def test_steps_of_the_venue_are_its_own():
    coarse = instrument(step_size=Decimal(10), min_notional=Decimal(0))
    before = page("100000")
    before = type(before)(book=before.book, instrument=coarse, wallet=before.wallet)

    assert code(before, market(BUY, "15")) == "step_size"


def test_a_larger_position_may_have_less_leverage_but_may_always_be_closed():
    tiers = (
        MaintenanceTier(Decimal(0), Decimal("0.01")),
        MaintenanceTier(Decimal(1_000), Decimal("0.02"), leverage=2),
    )
    rich = replace(page(wallet="10000"), instrument=instrument(tiers=tiers))

    assert code(rich, market(BUY, "11", leverage=5)) == "leverage"
    assert fills(placed(rich, market(BUY, "9", leverage=5)).activity)
    assert code(rich, market(BUY, "11", leverage=5, reduce_only=True)) == "reduce_only"
