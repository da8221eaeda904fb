"""Tags are moved apart, no further than they must be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.tags import spread

HEIGHTS = st.lists(st.floats(0, 600), min_size=1, max_size=7).map(sorted)


@settings(max_examples=60, deadline=None)
@given(HEIGHTS)
def test_tags_lie_a_pitch_apart_within_their_room(wanted):
    heights = spread(wanted, 50, 0, 600)
    assert (np.diff(heights) >= 50 - 1e-9).all()
    assert heights[0] >= 0
    assert heights[-1] <= 600 + 1e-9


@settings(max_examples=60, deadline=None)
@given(HEIGHTS)
def test_tags_that_are_apart_already_stay(wanted):
    heights = spread(wanted, 50, 0, 600)
    assert spread(heights, 50, 0, 600) == pytest.approx(heights)


def test_two_tags_at_one_price_move_equally_far():
    assert spread([300, 300], 50, 0, 600) == pytest.approx([275, 325])


def test_at_the_edge_only_the_other_tag_moves():
    assert spread([0, 10], 50, 0, 600) == pytest.approx([0, 50])


def test_no_tags_need_no_room():
    assert len(spread([], 50, 0, 600)) == 0
