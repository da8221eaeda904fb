"""A long past is read in pieces, whichever end of it a venue shows first."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broker.ports import Span
from bot.broker.spans import GRAIN, pieces, whole
from tests.builders import NOON

WEEK = timedelta(days=7)


@pytest.mark.parametrize("newest", [True, False])
@given(st.sets(st.integers(0, 40_000), max_size=40), st.integers(1, 5))
async def test_nothing_is_missed_and_nothing_comes_twice(newest, moments, most):
    rows = sorted(NOON + n * GRAIN for n in moments)

    async def ask(span):
        fits = [row for row in rows if span.start <= row <= span.end]
        assert span.end - span.start <= timedelta(seconds=15)
        return fits[-most:] if newest else fits[:most]

    span = Span(NOON, NOON + timedelta(seconds=40))
    assert sorted(await whole(ask, span, reach=timedelta(seconds=15), most=most)) == rows


def test_pieces_lie_side_by_side():
    found = [*pieces(Span(NOON, NOON + 3 * WEEK), WEEK)]
    assert (found[0].start, found[-1].end) == (NOON, NOON + 3 * WEEK)
    assert all(b.start - a.end == GRAIN for a, b in pairwise(found))
