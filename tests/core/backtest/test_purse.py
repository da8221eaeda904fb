"""Money that remembers what it was at every mark."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.purse import Purse

# (moment, after the mark?, money): what happens at a moment before or after it has been marked
MOVES = st.lists(
    st.tuples(st.integers(0, 20), st.booleans(), st.integers(-99, 99)), max_size=12
).map(sorted)


def filled(moves):
    purse = Purse(Decimal(1000))
    for moment, after, money in moves:
        purse.turn = 2 * moment + after
        purse.move(Decimal(money))
    return purse


def at(moves, moment):
    """By looking through all of it."""
    return 1000 + sum(money for when, after, money in moves if 2 * when + after <= 2 * moment)


def test_what_happens_after_a_mark_shows_at_the_next_one():
    purse = filled([(5, False, 10), (5, True, -3), (7, False, 1)])
    assert [purse.at_mark(moment) for moment in range(4, 8)] == [1000, 1010, 1007, 1008]
    assert purse.wallet == 1008


def test_a_purse_in_which_nothing_happens_stays_what_it_was():
    purse = Purse(Decimal(7))
    assert purse.at_mark(0) == 7
    assert purse.column(np.array([1, 2, 3])).tolist() == [7, 7, 7]
    assert purse.column(np.array([], np.int64)).tolist() == []


@given(MOVES)
def test_a_purse_remembers_what_it_held_at_every_mark(moves):
    purse = filled(moves)
    assert [purse.at_mark(moment) for moment in range(22)] == [at(moves, m) for m in range(22)]


@given(MOVES, st.lists(st.integers(0, 24), min_size=1, max_size=9, unique=True).map(sorted))
def test_the_column_is_the_memory_at_many_marks(moves, moments):
    """The last mark is the end, and sees everything."""
    column = filled(moves).column(np.array(moments, np.int64))
    known = [float(at(moves, moment)) for moment in moments]
    assert column[:-1].tolist() == known[:-1]
    assert column[-1] == pytest.approx(1000 + sum(money for *_, money in moves))
