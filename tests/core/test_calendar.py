"""Days, weeks and months begin at 00:00 UTC; thirty days roll."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import ROLLING, day_start, month_start, period_starts, week_start
from core.risk import Period

MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
WEDNESDAY = datetime(2024, 5, 1, 9, 30, 15, 123, tzinfo=UTC)


def test_a_wednesday_at_half_past_nine():
    assert period_starts(WEDNESDAY) == {
        Period.DAY: datetime(2024, 5, 1, tzinfo=UTC),
        Period.WEEK: datetime(2024, 4, 29, tzinfo=UTC),
        Period.MONTH: datetime(2024, 5, 1, tzinfo=UTC),
        Period.ROLLING: datetime(2024, 4, 1, 9, 30, 15, 123, tzinfo=UTC),
    }


@pytest.mark.parametrize("begins", [day_start, week_start, month_start])
def test_a_beginning_is_its_own_beginning(begins):
    assert begins(begins(WEDNESDAY)) == begins(WEDNESDAY)


@given(MOMENTS)
def test_a_week_begins_on_the_last_monday(now):
    start = week_start(now)

    assert start.weekday() == 0
    assert timedelta(0) <= now - start < timedelta(days=7)


@given(MOMENTS)
def test_every_period_holds_its_moment_and_is_asked_for(now):
    starts = period_starts(now)

    assert set(starts) == set(Period)
    assert all(start <= now for start in starts.values())
    assert timedelta(days=30) == ROLLING == now - starts[Period.ROLLING]
    assert starts[Period.DAY] >= starts[Period.WEEK]
    assert starts[Period.MONTH].day == 1
