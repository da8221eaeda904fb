"""Whatever a venue has and however it answers, all of it arrives, and the asking ends."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.market.holes import Hole
from bot.market.pages import Pace, pages
from core.domain.history import FundingHistory

PAGE = 10


def venue(rows, most, asked):
    """Answers with the first rows from a moment on."""

    async def ask(start):
        asked.append(start)
        times = np.array([row for row in sorted(rows) if row >= start][:most], np.int64)
        return FundingHistory(times, np.zeros(len(times)))

    return ask


@settings(max_examples=200, deadline=None)
@given(st.sets(st.integers(0, 399), max_size=80), st.integers(1, PAGE))
async def test_all_that_a_venue_has_arrives(rows, most):
    asked = []
    found = [page async for page in pages(venue(rows, most, asked), Hole(0, 400), Pace(1, PAGE))]

    assert [time for page in found for time in page.time.tolist()] == sorted(rows)
    assert len(asked) <= len(rows) + 12 + 400 // PAGE


async def test_a_venue_that_has_nothing_is_asked_a_few_times_only():
    asked = []
    found = [page async for page in pages(venue((), 5, asked), Hole(0, 10**6), Pace(1, PAGE))]
    assert found == []
    assert len(asked) < 22


async def test_an_island_in_a_long_silence_is_found_where_a_venue_looks_a_page_ahead():
    rows = [*range(50), *range(455, 475), *range(1_500, 1_600)]

    async def ask(start):
        times = np.array([row for row in rows if start <= row < start + PAGE], np.int64)
        return FundingHistory(times, np.zeros(len(times)))

    found = [page async for page in pages(ask, Hole(0, 1_600), Pace(1, PAGE))]
    assert [time for page in found for time in page.time.tolist()] == rows
