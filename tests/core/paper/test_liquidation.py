"""When a paper position is taken away, and that it never costs more than its margin."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.domain.trading import Cause, OrderStatus, Side
from core.paper.costs import Costs
from core.paper.matching import match
from tests.core.paper.builders import (
    HOUR,
    START,
    bar,
    exits,
    fills,
    limit,
    long,
    page,
    placed,
    short,
    stop,
    target,
)

BUY, SELL = Side.BUY, Side.SELL
SLIPPING = Costs(slippage=Decimal("0.001"), volume_share=Decimal(1))
TENTH = Costs(slippage=Decimal(0), volume_share=Decimal("0.1"))
MID = START + timedelta(minutes=20)


def test_liquidation_takes_the_whole_margin_and_no_more():
    before = placed(long("2", leverage=10), limit(BUY, "1", "80", name="add"))

    after = match(before, bar("100 101 70 75"))

    taken = fills(after.activity)[1]
    assert (taken.cause, taken.client_order_id) == (Cause.LIQUIDATION, "liquidation")
    assert (taken.side, taken.amount) == (SELL, 2)
    assert (taken.price, taken.fee, taken.realized_pnl) == (90, 0, -20)
    assert after.wallet == 1000 - Decimal("0.1") - 20
    assert after.book.is_empty
    assert after.closed[-1].status is OrderStatus.CANCELED


def test_liquidation_takes_a_short_when_the_mark_rises():
    after = match(short("2", leverage=10), bar("100 108.95 99 100"))

    assert fills(after.activity)[1].realized_pnl == -20
    assert fills(after.activity)[1].price == 110


def test_liquidation_reads_the_mark_and_not_the_last_price():
    before = long(leverage=10)

    assert not exits(match(before, bar("100 101 80 90", mark="100 101 91 95")))
    assert exits(match(before, bar("100 101 99 100", mark="100 101 90.9 95")))


def test_liquidation_starts_where_binances_formula_says():
    before = long(leverage=10)  # (10 - 100) / (0.01 - 1) = 90.909...

    assert not exits(match(before, bar("100 101 90.91 95")))
    assert exits(match(before, bar("100 101 90.90 95")))


def test_a_stop_reads_the_last_price_and_not_the_mark():
    before = placed(long(), stop(SELL, "1", "95"))

    assert not exits(match(before, bar("100 101 96 100", mark="100 101 90 100")))


def test_a_stop_before_the_liquidation_price_is_hit_first():
    before = placed(long(leverage=10), stop(SELL, "1", "92"))

    assert exits(match(before, bar("100 101 80 85"))) == [("stop_market-sell", Decimal(92))]


def test_a_stop_beyond_the_liquidation_price_comes_too_late():
    before = placed(long(leverage=10), stop(SELL, "1", "90.5"))

    assert exits(match(before, bar("100 101 80 85"))) == [("liquidation", Decimal(90))]


def test_a_stop_beyond_the_liquidation_price_of_a_short_comes_too_late():
    before = placed(short(leverage=10), stop(BUY, "1", "109.5"))

    assert exits(match(before, bar("100 120 99 115"))) == [("liquidation", Decimal(110))]


def test_a_mark_that_opens_beyond_liquidates_at_the_open():
    after = match(long(leverage=10), bar("85 99 84 99"))

    assert fills(after.activity)[1].cause is Cause.LIQUIDATION
    assert fills(after.activity)[1].time == START


def test_a_mark_that_opens_beyond_leaves_nothing_for_the_target():
    before = placed(long(leverage=10), target(SELL, "1", "105"))

    after = match(before, bar("106 107 105 106", mark="85 100 85 100"))

    assert exits(after) == [("liquidation", Decimal(90))]


def test_liquidation_of_a_short_reads_the_mark_too():
    before = short(leverage=10)

    assert not exits(match(before, bar("100 120 99 100", mark="100 108 99 100")))
    assert exits(match(before, bar("100 101 99 100", mark="100 109 99 100")))


def test_a_gap_that_would_lose_more_than_the_margin_is_a_liquidation():
    before = placed(long(leverage=10), stop(SELL, "1", "95"))

    after = match(before, bar("85 86 84 85", mark="95 96 94 95"))

    assert exits(after) == [("liquidation", Decimal(90))]
    assert after.wallet == 1000 - Decimal("0.05") - 10


def test_a_mark_that_opened_beyond_before_we_came_does_not_liquidate_at_the_open():
    before = long(leverage=10)
    young = before.hold(replace(before.book.holding, opened_at=MID))

    after = match(young, bar("100 101 99 100", mark="85 100 85 100"))

    assert fills(after.activity)[1].time == START + HOUR


def test_what_opened_in_the_bar_may_be_liquidated_in_it():
    before = placed(page(), limit(BUY, "1", "95", leverage=50))

    after = match(before, bar("100 101 90 96"))

    assert [f.cause for f in fills(after.activity)] == [Cause.ORDER, Cause.LIQUIDATION]
    assert after.wallet == 1000 - Decimal("0.019") - Decimal("1.9")
