"""How a trade's stop follows the price: break-even, trail and time stop."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.trading import Side
from core.execution.levels import break_even, followed, is_over, tightened
from tests.builders import INSTRUMENT, NOON, plan, trade

SIDES = pytest.mark.parametrize("side", Side)
TAKER = INSTRUMENT.taker_fee


def hold(side: Side = Side.BUY, **changes):
    """Entered at 64,000, the stop 880 away."""
    terms = plan(
        side=side,
        entry_limit=Decimal(64_000),
        stop_loss=Decimal(64_000) - side.sign * 880,
        trail=changes.pop("trail", Decimal(880)),
    )
    return trade(plan=terms, stop=terms.stop_loss, **changes)


def seen(trade, *closes: int):
    for close in closes:
        trade = followed(trade, Decimal(close), INSTRUMENT)
    return trade


@SIDES
def test_break_even_pays_back_the_entry_and_both_fees(side):
    held = hold(side)
    price = break_even(held, INSTRUMENT)
    fees = TAKER * (held.entry_price + price)
    gained = (price - held.entry_price) * side.sign
    assert abs(gained - fees) <= INSTRUMENT.tick_size
    assert price % INSTRUMENT.tick_size == 0


@SIDES
def test_nothing_moves_before_the_first_target(side):
    held = hold(side)
    after = seen(held, 64_000 + side.sign * 700)
    assert (after.stop, after.revision, after.trailing) == (held.stop, 1, False)


@SIDES
def test_the_first_target_brings_the_stop_to_break_even_and_starts_the_trail(side):
    held = hold(side, targets_hit=1)
    after = seen(held, 64_000 + side.sign * 100)
    assert after.stop == break_even(held, INSTRUMENT)
    assert after.trailing
    assert after.revision == 2


@SIDES
def test_the_trail_follows_at_the_planned_distance(side):
    after = seen(hold(side, targets_hit=1), 64_000 + side.sign * 2_000)
    assert after.stop == 64_000 + side.sign * (2_000 - 880)


@SIDES
def test_the_trail_measures_from_the_best_close(side):
    best = seen(hold(side, targets_hit=1), 64_000 + side.sign * 2_000)
    after = seen(best, 64_000 + side.sign * 1_500)
    assert (after.stop, after.extreme) == (best.stop, best.extreme)


def test_a_plan_without_a_trail_keeps_its_stop():
    held = hold(targets_hit=1, trail=None)
    assert seen(held, 66_000).stop == held.stop


def test_a_trail_that_a_person_switched_on_keeps_the_distance_of_the_card():
    assert seen(hold(trailing=True, trail=None), 66_000).stop == 66_000 - 880


def test_a_trail_that_lies_behind_the_price_already_waits():
    """The best price is far off: a stop there would sell at once."""
    held = hold(trailing=True, extreme=Decimal(66_000))
    assert seen(held, 65_000).stop == held.stop


@SIDES
def test_a_stop_is_never_loosened(side):
    held = hold(side)
    assert tightened(held, held.stop - side.sign) is held
    assert tightened(held, held.stop) is held
    assert tightened(held, held.stop + side.sign).revision == held.revision + 1


closes = st.lists(st.integers(60_000, 68_000), min_size=1, max_size=25)


@given(closes, st.sampled_from(Side), st.booleans(), st.integers(0, 1))
@settings(max_examples=150, deadline=None)
def test_whatever_the_price_does_stop_and_extreme_only_improve(path, side, trailing, hit):
    state = hold(side, trailing=trailing, targets_hit=hit)
    for close in path:
        after = followed(state, Decimal(close), INSTRUMENT)
        assert (after.stop - state.stop) * side.sign >= 0
        assert (after.extreme - state.extreme) * side.sign >= 0
        assert (after.revision > state.revision) is (after.stop != state.stop)
        state = after


def test_the_time_stop_counts_from_the_fill():
    opened = trade(opened_at=NOON)
    assert not is_over(opened, NOON + timedelta(hours=23, minutes=59))
    assert is_over(opened, NOON + timedelta(hours=24))
    assert not is_over(replace(opened, opened_at=None), NOON + timedelta(days=9))
