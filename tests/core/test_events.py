"""Which event forbids to enter now."""

from datetime import timedelta

from core.events import NO_EVENTS, in_force, resting_for
from tests.builders import NOON, event
from tests.fakes import FakeCalendar

HOUR = timedelta(hours=1)


async def test_an_empty_calendar_forbids_nothing():
    assert await resting_for(NO_EVENTS, NOON) is None


async def test_of_two_events_at_once_the_one_that_rests_longer_is_said():
    cpi, fomc = event(), event(id="fomc", at=NOON + HOUR / 4)
    assert await resting_for(FakeCalendar((fomc, cpi)), NOON) == fomc


async def test_an_event_of_yesterday_with_a_long_rest_still_counts():
    long = event(at=NOON - 23 * HOUR, after=24 * HOUR)
    assert await resting_for(FakeCalendar((long,)), NOON) == long


def test_what_is_muted_or_over_is_passed_by():
    assert in_force((event(muted=True), event(at=NOON - 2 * HOUR)), NOON) is None
