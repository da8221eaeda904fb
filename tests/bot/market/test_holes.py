"""What is missing lies in a hole, whatever is kept, and near holes are one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.market.holes import Hole, holes

STEP = 60


def kept(*numbers):
    return np.array(sorted(numbers), np.int64) * STEP


def found(numbers, start, end, page):
    pieces = holes(kept(*numbers), STEP, start * STEP, end * STEP, page)
    return [(hole.start // STEP, hole.end // STEP) for hole in pieces]


def test_nothing_kept_is_one_hole():
    assert holes(kept(), STEP, 0, 10 * STEP, 3) == (Hole(0, 10 * STEP),)


def test_everything_kept_is_none():
    assert found(range(20), 5, 15, 3) == []


def test_holes_are_at_both_ends_and_between():
    assert found([3, 4, 9], 0, 12, 2) == [(0, 3), (5, 9), (10, 12)]


def test_what_one_page_covers_is_asked_at_once():
    assert found([2, 4, 30], 0, 32, 5) == [(0, 4), (5, 30), (31, 32)]


@given(st.sets(st.integers(0, 60)), st.integers(0, 30), st.integers(1, 40), st.integers(2, 12))
def test_every_missing_row_lies_in_one_hole_and_holes_come_in_order(numbers, start, more, page):
    end = start + more
    pieces = found(numbers, start, end, page)
    edges = [edge for piece in pieces for edge in piece]

    assert edges == sorted(edges)
    assert all(first < last for first, last in pieces)
    covered = {row for first, last in pieces for row in range(first, last)}
    assert set(range(start, end)) - numbers <= covered <= set(range(start, end))
    assert all(not {first, last - 1} & numbers for first, last in pieces)
