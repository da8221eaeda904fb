"""A report says whether a model could have known how it ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.backtest.banner import banner
from core.backtest.record import Banner

START, END = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
LONG_BEFORE, JUST_BEFORE = date(2025, 1, 29), date(2025, 1, 30)
LONG_AFTER, WITHIN = date(2026, 1, 1), date(2025, 3, 15)


@pytest.mark.parametrize(
    ("cutoffs", "says"),
    [
        ([], Banner.CLEAN),
        ([LONG_BEFORE], Banner.CLEAN),
        ([JUST_BEFORE], Banner.MIXED),
        ([WITHIN], Banner.MIXED),
        ([date(2025, 4, 30)], Banner.MIXED),
        ([date(2025, 5, 1)], Banner.CONTAMINATED),
        ([LONG_AFTER], Banner.CONTAMINATED),
        ([None], Banner.CONTAMINATED),
        ([LONG_BEFORE, WITHIN], Banner.MIXED),
        ([WITHIN, LONG_BEFORE], Banner.MIXED),
        ([LONG_BEFORE, LONG_AFTER], Banner.CONTAMINATED),
        ([WITHIN, None, LONG_BEFORE], Banner.CONTAMINATED),
    ],
)
def test_the_worst_of_the_models_decides(cutoffs, says):
    assert banner(cutoffs, START, END) is says


CUTOFFS = st.lists(st.dates(date(2024, 1, 1), date(2026, 1, 1)) | st.none(), max_size=4)
ORDER = list(Banner)


@given(CUTOFFS, CUTOFFS)
def test_another_model_never_makes_it_cleaner(some, more):
    few, all_ = banner(some, START, END), banner([*some, *more], START, END)
    assert ORDER.index(all_) >= ORDER.index(few)


@given(CUTOFFS, st.integers(0, 400))
def test_a_later_stretch_is_never_dirtier(cutoffs, days):
    later = timedelta(days=days)
    before, after = banner(cutoffs, START, END), banner(cutoffs, START + later, END + later)
    assert ORDER.index(after) <= ORDER.index(before)
