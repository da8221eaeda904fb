"""What a fill or a funding payment makes of a trade."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import Cause, Fill, Side
from core.execution.booking import book
from tests.builders import NOON, fill, funding, plan, trade

OPENING = trade(
    id="k7q2e3",
    status=TradeStatus.OPENING,
    amount=Decimal(0),
    remaining=Decimal(0),
    entry_price=Decimal(0),
    extreme=Decimal(0),
    fees=Decimal(0),
    opened_at=None,
)
LATER = NOON + timedelta(hours=3)


def bought(amount: str, price: str, fee: str = "0") -> Fill:
    return fill(
        client_order_id="k7q2e3e1", amount=Decimal(amount), price=Decimal(price), fee=Decimal(fee)
    )


def sold(name: str, amount: str, price: str, pnl: str = "0", fee: str = "0") -> Fill:
    return fill(
        client_order_id=f"k7q2e3{name}",
        side=Side.SELL,
        amount=Decimal(amount),
        price=Decimal(price),
        realized_pnl=Decimal(pnl),
        fee=Decimal(fee),
        time=LATER,
    )


def opened(**changes) -> Trade:
    return replace(book(OPENING, bought("0.026", "64000")), **changes)


def stopped(**changes) -> Exit | None:
    return book(opened(**changes), sold("s1", "0.026", "64000")).exit


def test_the_first_fill_opens_the_trade():
    after = book(OPENING, bought("0.026", "64000", fee="0.832"))
    assert (after.status, after.opened_at) == (TradeStatus.OPEN, NOON)
    assert (after.amount, after.remaining) == (Decimal("0.026"), Decimal("0.026"))
    assert (after.entry_price, after.extreme) == (Decimal(64_000), Decimal(64_000))
    assert after.net == Decimal("-0.832")


def test_an_entry_in_pieces_costs_their_average():
    first = book(OPENING, bought("0.010", "64000"))
    after = book(first, replace(bought("0.030", "64008"), time=LATER))
    assert (after.amount, after.entry_price) == (Decimal("0.040"), Decimal(64_006))
    assert after.opened_at == NOON


def test_a_part_that_is_sold_leaves_the_rest_open():
    after = book(opened(), sold("c1", "0.010", "65000", pnl="10", fee="0.3"))
    assert (after.status, after.remaining) == (TradeStatus.OPEN, Decimal("0.016"))
    assert (after.amount, after.net) == (Decimal("0.026"), Decimal("9.7"))
    assert (after.exit, after.closed_at) == (None, None)


def test_the_last_part_closes_the_trade():
    after = book(opened(), sold("c1", "0.026", "65000"))
    assert (after.status, after.remaining) == (TradeStatus.CLOSED, Decimal(0))
    assert (after.exit_price, after.closed_at) == (Decimal(65_000), LATER)


def test_funding_moves_the_result_and_nothing_else():
    after = book(opened(), funding(amount=Decimal("-0.1664")))
    assert after == opened(funding=Decimal("-0.1664"))
    assert after.net == Decimal("-0.1664")


def test_a_stop_on_the_losing_side_of_the_entry_is_a_stop():
    assert stopped() is Exit.STOP
    assert stopped(trailing=True) is Exit.STOP


def test_a_stop_at_the_entry_or_better_is_break_even_or_trail():
    assert stopped(stop=Decimal(64_000)) is Exit.BREAK_EVEN
    assert stopped(stop=Decimal(64_500), trailing=True) is Exit.TRAIL


def test_a_short_loses_above_its_entry():
    short = plan(side=Side.SELL)
    assert stopped(plan=short, stop=Decimal(64_880)) is Exit.STOP
    assert stopped(plan=short, stop=Decimal(63_900)) is Exit.BREAK_EVEN


def test_targets_are_counted_as_they_are_hit():
    first = book(opened(), sold("ta1", "0.013", "65100"))
    assert (first.targets_hit, first.status) == (1, TradeStatus.OPEN)
    second = book(first, sold("tb1", "0.013", "66100"))
    assert (second.targets_hit, second.exit) == (2, Exit.TARGET)


@pytest.mark.parametrize("why", [Exit.PERSON, Exit.PANIC, Exit.TIME, Exit.NAKED])
def test_a_close_ends_for_the_reason_it_was_sent_for(why):
    after = book(opened(ending=why), sold("c1", "0.026", "64000"))
    assert after.exit is why


def test_a_close_without_a_reason_was_a_persons():
    assert book(opened(), sold("c1", "0.026", "64000")).exit is Exit.PERSON


def test_what_the_venue_liquidates_was_liquidated():
    taken = fill(
        client_order_id="liquidation",
        side=Side.SELL,
        price=Decimal(42_700),
        realized_pnl=Decimal(-555),
        fee=Decimal(0),
        cause=Cause.LIQUIDATION,
    )
    after = book(opened(), taken)
    assert (after.status, after.exit) == (TradeStatus.CLOSED, Exit.LIQUIDATION)
    assert after.net == Decimal(-555)


pieces = st.integers(1, 40).map(lambda step: Decimal(step) / 1000)
prices = st.integers(600_000, 680_000).map(lambda tick: Decimal(tick) / 10)
fees = st.integers(0, 999).map(lambda grain: Decimal(grain) / 10**6)
lots = st.lists(st.tuples(pieces, prices, fees), min_size=1, max_size=6)


@given(lots, lots)
@settings(max_examples=100, deadline=None)
def test_booking_in_pieces_adds_up_to_the_whole(entries, exits):
    state = OPENING
    for amount, price, fee in entries:
        state = book(state, bought(str(amount), str(price), str(fee)))
    full = state.amount
    for amount, price, fee in exits:
        if amount < state.remaining:
            gain = (price - state.entry_price) * amount
            state = book(state, sold("c1", str(amount), str(price), str(gain), str(fee)))
    spent = sum(amount * price for amount, price, _ in entries)
    assert full == sum(amount for amount, _, _ in entries)
    assert abs(state.entry_price * full - spent) < Decimal("1e-18")
    assert state.status is TradeStatus.OPEN
    assert 0 < state.remaining <= full


def stranger(amount: str, side: Side = Side.SELL) -> Fill:
    return fill(
        client_order_id="web_4711", side=side, amount=Decimal(amount), fee=Decimal(0), time=LATER
    )


def test_what_somebody_else_sells_is_missing_from_the_trade():
    after = book(opened(), stranger("0.010"))
    assert (after.status, after.remaining) == (TradeStatus.OPEN, Decimal("0.016"))


def test_a_position_that_somebody_else_closes_was_closed_at_the_venue():
    after = book(opened(), stranger("0.030"))
    assert (after.status, after.exit, after.remaining) == (TradeStatus.CLOSED, Exit.VENUE, 0)


def test_what_somebody_else_adds_is_theirs():
    assert book(opened(), stranger("0.010", Side.BUY)) == opened(beside=Decimal("0.010"))


def test_what_somebody_else_takes_back_was_theirs_first():
    mixed = opened(beside=Decimal("0.010"))
    after = book(mixed, stranger("0.015"))
    assert (after.beside, after.remaining) == (0, Decimal("0.021"))
    assert book(mixed, stranger("0.010")) == opened()


def test_an_exit_that_sells_more_than_the_desk_holds_has_sold_what_was_beside_it():
    after = book(
        opened(beside=Decimal("0.010")), sold("s1", "0.036", "64000", pnl="36", fee="3.6")
    )
    assert (after.status, after.remaining, after.beside) == (TradeStatus.CLOSED, 0, 0)
    assert (after.realized, after.fees) == (Decimal(26), Decimal("2.6"))


@given(lots, lots)
@settings(max_examples=100, deadline=None)
def test_the_desks_part_and_what_is_beside_it_add_up_to_the_position(added, taken):
    """Whatever strangers do with the position on its side, nothing of it is lost or invented."""
    state, whole = opened(), Decimal("0.026")
    for amount, _, _ in added:
        state, whole = book(state, stranger(str(amount), Side.BUY)), whole + amount
    for amount, _, _ in taken:
        whole = max(Decimal(0), whole - amount)
        state = book(state, stranger(str(amount))) if state.is_live else state
        assert state.remaining + state.beside == whole


def test_a_target_that_is_filled_in_part_is_not_hit_yet():
    first = book(opened(), sold("ta1", "0.003", "65100"), done=False)
    assert (first.targets_hit, first.remaining) == (0, Decimal("0.023"))
    assert book(first, sold("ta1", "0.010", "65100")).targets_hit == 1


def test_a_later_target_counts_those_before_it():
    assert book(opened(), sold("tb2", "0.013", "66100")).targets_hit == 2
