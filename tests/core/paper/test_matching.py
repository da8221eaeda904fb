"""The law of one bar, case by case, computed by hand."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.trading import Liquidity, OrderStatus, Side
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


def test_a_quiet_bar_changes_nothing_but_what_was_seen():
    before = placed(long(), stop(SELL, "1", "95"), target(SELL, "1", "110"))

    after = match(before, bar("100 109.9 95.1 104", mark="100 108 96 103"))

    assert after.book == replace(before.book, seen=START + HOUR, mark=Decimal(103))
    assert after.activity == before.activity


def test_an_empty_book_only_moves_on():
    after = match(page(), bar("100 200 1 100"))

    assert after.book.seen == START + HOUR
    assert not after.activity


def test_a_stop_inside_the_candle_fills_at_its_price_with_slippage():
    before = placed(long(costs=SLIPPING), stop(SELL, "1", "95"))

    after = match(before, bar("100 101 94 96"))

    hit = fills(after.activity)[1]
    assert (hit.price, hit.liquidity, hit.time) == (
        Decimal("94.905"),
        Liquidity.TAKER,
        START + HOUR,
    )
    assert hit.fee == Decimal("0.0474525")
    assert hit.realized_pnl == Decimal("-5.195")
    assert after.book.is_empty


@pytest.mark.parametrize(
    ("before", "order", "prices", "expected"),
    [
        (long(), stop(SELL, "1", "95"), "93 94 92 93", "93"),
        (short(), stop(BUY, "1", "105"), "107 108 106 107", "107"),
    ],
)
def test_a_gap_through_the_stop_fills_at_the_open(before, order, prices, expected):
    after = match(placed(before, order), bar(prices))

    assert exits(after) == [(order.client_order_id, Decimal(expected))]
    assert fills(after.activity)[1].time == START


def test_a_stop_that_is_only_touched_is_hit():
    assert exits(match(placed(long(), stop(SELL, "1", "95")), bar("100 101 95 96")))


@pytest.mark.parametrize(
    ("before", "order", "prices", "expected"),
    [
        (long(), target(SELL, "1", "110"), "100 110 99 105", "110"),
        (long(), target(SELL, "1", "110"), "112 113 111 112", "112"),
        (short(), target(BUY, "1", "90"), "100 101 90 95", "90"),
        (short(), target(BUY, "1", "90"), "88 89 87 88", "88"),
    ],
)
def test_a_target_fills_as_a_maker_at_its_price_or_a_better_open(before, order, prices, expected):
    after = match(placed(before, order), bar(prices))

    hit = fills(after.activity)[1]
    assert (hit.price, hit.liquidity) == (Decimal(expected), Liquidity.MAKER)
    assert hit.fee == hit.price * Decimal("0.0002")


def test_the_stop_comes_before_the_target_of_the_same_candle():
    before = placed(long(), target(SELL, "1", "110"), stop(SELL, "1", "95"))

    after = match(before, bar("100 120 90 115"))

    assert exits(after) == [("stop_market-sell", Decimal(95))]
    assert after.closed[-1].status is OrderStatus.CANCELED


def test_what_the_open_decides_comes_before_the_stop_inside():
    before = placed(long(), target(SELL, "1", "110"), stop(SELL, "1", "95"))

    after = match(before, bar("111 112 90 95"))

    assert exits(after) == [("take_profit-sell", Decimal(111))]


def test_a_target_takes_no_more_than_its_share_of_the_volume():
    before = placed(long("5", costs=TENTH), target(SELL, "5", "110"))

    after = match(before, bar("100 111 99 105", volume="12.3456"))

    state = after.waiting("take_profit-sell")
    assert (state.status, state.filled) == (OrderStatus.OPEN, Decimal("1.234"))
    assert after.book.holding.amount == Decimal("3.766")
    assert after.book.holding.margin == Decimal("376.6")

    after = match(after, bar("111 112 110 111", hour=1, volume="100"))

    assert after.book.is_empty
    assert (after.closed[-1].status, after.closed[-1].filled) == (OrderStatus.FILLED, 5)


def test_the_share_of_a_candle_is_taken_once_even_when_the_open_was_better():
    before = placed(long("5", costs=TENTH), target(SELL, "5", "110"))

    after = match(before, bar("112 115 109 113", volume="20"))

    assert exits(after) == [("take_profit-sell", Decimal(112))]
    assert after.waiting("take_profit-sell").filled == 2


def test_a_candle_without_volume_fills_no_resting_order():
    before = placed(long(), target(SELL, "1", "110"))

    assert not exits(match(before, bar("111 111 111 111", volume="0")))


def test_a_stop_needs_no_share_of_the_volume():
    before = placed(long("5", costs=TENTH), stop(SELL, "5", "95"))

    assert match(before, bar("94 94 94 94", volume="0")).book.is_empty


@pytest.mark.parametrize(
    ("side", "price", "prices", "expected"),
    [
        (BUY, "95", "100 101 95 96", "95"),
        (BUY, "95", "93 94 92 93", "93"),
        (SELL, "105", "100 105 99 104", "105"),
        (SELL, "105", "107 108 106 107", "107"),
    ],
)
def test_a_limit_entry_fills_when_the_candle_touches_it(side, price, prices, expected):
    after = match(placed(page(), limit(side, "1", price)), bar(prices))

    (entry,) = fills(after.activity)
    assert (entry.price, entry.liquidity) == (Decimal(expected), Liquidity.MAKER)
    assert after.book.holding.entry_price == Decimal(expected)


def test_a_limit_entry_takes_its_share_of_the_volume_and_goes_on_waiting():
    after = match(
        placed(page(costs=TENTH), limit(BUY, "2", "95")), bar("100 101 94 96", volume="5")
    )

    assert after.book.holding.amount == Decimal("0.5")
    assert after.waiting("limit-buy").filled == Decimal("0.5")


def test_a_limit_entry_that_has_become_too_dear_is_dropped():
    before = replace(placed(page(), limit(BUY, "5", "95")), elsewhere=Decimal(900))

    after = match(before, bar("100 101 94 96"))

    assert not after.activity
    assert after.closed[0].status is OrderStatus.EXPIRED


def test_exits_come_before_entries_and_the_nearer_exit_first():
    before = placed(
        long("2"),
        limit(SELL, "1", "105", name="entry-short"),
        target(SELL, "1", "120", name="far"),
        target(SELL, "1", "110", name="near"),
    )

    after = match(before, bar("100 125 99 120"))

    assert [name for name, _ in exits(after)] == ["near", "far", "entry-short"]
    assert after.book.holding.amount == -1


def test_a_stop_entry_opens_when_the_price_breaks_out():
    before = placed(page(costs=SLIPPING), stop(BUY, "1", "105", reduce_only=False))

    after = match(before, bar("100 106 99 106"))

    assert after.book.holding.entry_price == Decimal("105.105")


def test_of_two_stop_entries_the_nearer_is_hit_first():
    before = placed(
        page("10000"),
        stop(BUY, "1", "105", reduce_only=False),
        stop(SELL, "1", "98", reduce_only=False),
    )

    after = match(before, bar("100 106 97 101"))

    assert [f.side for f in fills(after.activity)] == [SELL, BUY]
    assert after.book.is_empty


def test_a_second_stop_finds_nothing_left_to_close():
    before = placed(long(), stop(SELL, "1", "95", name="a"), stop(SELL, "1", "94", name="b"))

    after = match(before, bar("100 100 90 91"))

    assert exits(after) == [("a", Decimal(95))]
    assert after.closed[-1].status is OrderStatus.CANCELED


def test_the_open_came_too_early_for_an_order_placed_while_the_bar_ran():
    before = placed(long(), target(SELL, "1", "98"), last="95", at=MID)

    after = match(before, bar("100 100 94 97"))

    assert exits(after) == [("take_profit-sell", Decimal(98))]


def test_an_order_placed_while_the_bar_ran_lives_through_its_whole_range():
    before = placed(long(), stop(SELL, "1", "94"), last="97", at=MID)

    assert exits(match(before, bar("100 100 93 98"))) == [("stop_market-sell", Decimal(94))]


def test_an_order_placed_at_the_open_lives_through_that_bar():
    assert exits(match(placed(long(), stop(SELL, "1", "95")), bar("100 101 94 96")))
