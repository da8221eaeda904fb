"""The cap is the least of what may bind it, unless the owner says otherwise."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spending.caps import Bound, Caps, Wish, caps_for, usual_caps

MONEY = st.decimals(0, 10_000_000, places=2)
RATE = st.none() | st.decimals(1, 5_000, places=2)


@pytest.mark.parametrize(
    ("equity", "krw", "month", "by"),
    [
        (100_000, None, "100.00", Bound.CEILING),
        (100_000, 1_440, "100.00", Bound.CEILING),
        (100_000, 1_600, "93.75", Bound.WON),
        (10_000, 1_440, "25.00", Bound.EQUITY),
        (0, 1_440, "0.00", Bound.EQUITY),
        (-5, 1_440, "0.00", Bound.EQUITY),
        (None, 1_440, "100.00", Bound.CEILING),
    ],
)
def test_the_least_of_the_three_binds(equity, krw, month, by):
    equity, krw = (None if x is None else Decimal(x) for x in (equity, krw))
    caps = usual_caps(equity, krw)
    assert (caps.month, caps.by) == (Decimal(month), by)


@given(st.none() | MONEY, RATE)
def test_no_cap_is_above_any_of_the_bounds(equity, krw):
    caps = usual_caps(equity, krw)
    assert 0 <= caps.day * 15 <= caps.month <= 100
    if krw:
        assert caps.month * krw <= 150_000
    if equity is not None:
        assert caps.month <= equity / 400


def test_the_owner_s_word_goes_first():
    usual = usual_caps(Decimal(10_000), Decimal(1_440))
    assert caps_for(Wish(), usual) == usual
    assert caps_for(Wish(month=Decimal(60)), usual) == Caps(month=Decimal(60), day=Decimal(4))
    both = caps_for(Wish(month=Decimal(60), day=Decimal(10)), usual)
    assert (both.day, both.by) == (Decimal(10), Bound.OWNER)


def test_a_day_alone_leaves_the_month_and_never_exceeds_it():
    usual = usual_caps(Decimal(10_000), None)
    caps = caps_for(Wish(day=Decimal(40)), usual)
    assert (caps.month, caps.day, caps.by) == (Decimal(25), Decimal(25), Bound.EQUITY)


def test_a_cap_below_nothing_is_no_cap():
    with pytest.raises(ValueError, match="negative"):
        Caps(month=Decimal(-1), day=Decimal(0))
