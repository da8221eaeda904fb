"""What an event forbids, and from when to when."""

from datetime import timedelta

import pytest

from core.domain.event import EventKind, Importance, kind_of, rest_of
from tests.builders import NOON, event

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("minutes", "forbidden"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)]
)
def test_nobody_enters_from_half_an_hour_before_to_an_hour_after(minutes, forbidden):
    assert event().covers(NOON + minutes * MINUTE) is forbidden


def test_a_muted_event_is_told_and_forbids_nothing():
    assert not event(muted=True).covers(NOON)


def test_an_event_that_rests_for_no_time_forbids_nothing():
    assert not event(before=timedelta(0), after=timedelta(0)).forbids


@pytest.mark.parametrize("length", [-MINUTE, timedelta(days=1) + MINUTE])
def test_entries_rest_a_day_at_most(length):
    with pytest.raises(ValueError, match="up to a day"):
        event(after=length)


def test_a_day_without_a_time_is_over_when_it_ends_and_forbids_nothing():
    before, after = rest_of(Importance.HIGH, whole_day=True)
    day = event(whole_day=True, before=before, after=after)
    assert not day.forbids
    assert day.over == NOON + timedelta(days=1)


def test_only_what_matters_much_rests_by_itself():
    assert rest_of(Importance.HIGH, whole_day=False) == (30 * MINUTE, 60 * MINUTE)
    assert rest_of(Importance.MEDIUM, whole_day=False) == (timedelta(0), timedelta(0))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("US CPI", EventKind.CPI),
        ("미국 소비자물가지수", EventKind.CPI),
        ("FOMC statement", EventKind.FOMC),
        ("Nonfarm payrolls", EventKind.JOBS),
        ("SOL unlock", EventKind.OTHER),
    ],
)
def test_a_kind_is_read_from_a_title(title, kind):
    assert kind_of(title) is kind
