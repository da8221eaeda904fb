"""Times are labelled at round moments of the reader's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.time_axis import ticks, zone_name
from core.domain.market import from_millis, to_millis

FIRST = datetime(2026, 12, 5, 3, tzinfo=UTC)


def labels(length: timedelta, timezone: str = "UTC", most: int = 6, first: datetime = FIRST):
    found = ticks(to_millis(first), to_millis(first + length), timezone, most)
    return [tick.label for tick in found]


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(minutes=25), ["03:00", "03:05", "03:10", "03:15", "03:20", "03:25"]),
        (timedelta(hours=30), ["06:00", "12:00", "18:00", "12/06", "06:00"]),
        (timedelta(days=5), ["12/06", "12/07", "12/08", "12/09", "12/10"]),
        (timedelta(days=120), ["2027/01", "2027/02", "2027/03", "2027/04"]),
        (timedelta(days=1500), ["2027/01", "2028/01", "2029/01", "2030/01", "2031/01"]),
    ],
)
def test_steps_grow_with_the_span(length, expected):
    assert labels(length) == expected


def test_a_new_day_is_strong_among_hours_and_midnight_is_the_readers():
    found = ticks(to_millis(FIRST), to_millis(FIRST + timedelta(hours=30)), "Asia/Seoul", 6)
    midnight = next(tick for tick in found if tick.strong)
    assert midnight.label == "12/06"
    assert from_millis(midnight.time) == datetime(2026, 12, 5, 15, tzinfo=UTC)


def test_hours_stay_round_when_the_clocks_change():
    first = datetime(2026, 11, 1, 0, tzinfo=ZoneInfo("America/New_York"))
    assert labels(timedelta(hours=30), "America/New_York", first=first) == [
        "11/01",
        "06:00",
        "12:00",
        "18:00",
        "11/02",
        "06:00",
    ]


def test_a_span_without_a_round_moment_is_labelled_at_its_start():
    assert labels(timedelta(seconds=10), first=FIRST + timedelta(seconds=5)) == ["12/05 03:00"]


def test_a_clock_is_called_what_its_readers_call_it():
    assert zone_name(to_millis(FIRST), "Asia/Seoul") == "KST"


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 60 * 24 * 365 * 40),
    st.integers(0, 60 * 24 * 365 * 8),
    st.sampled_from(["UTC", "Asia/Seoul", "America/New_York", "Asia/Kathmandu"]),
)
def test_labels_are_few_rising_and_within_the_span(start, length, timezone):
    first = start * 60_000
    found = ticks(first, first + length * 60_000, timezone, 6)
    times = [tick.time for tick in found]
    assert 1 <= len(times) <= 8
    assert times == sorted(set(times))
    assert first <= times[0]
    assert times[-1] <= first + length * 60_000
