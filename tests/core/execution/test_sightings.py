"""A difference has to last to count."""

from datetime import timedelta

from core.execution.sightings import Sightings
from tests.builders import NOON

WAIT = timedelta(seconds=10)


def test_what_is_seen_twice_over_the_time_lasts_and_what_changes_begins_anew():
    seen = Sightings()
    assert not seen.lasts("a", 1, NOON, WAIT)
    assert not seen.lasts("a", 1, NOON + WAIT / 2, WAIT)
    assert seen.lasts("a", 1, NOON + WAIT, WAIT)
    assert not seen.lasts("a", 2, NOON + WAIT, WAIT)


def test_what_is_not_kept_has_never_been_seen():
    seen = Sightings()
    for name in "ab":
        seen.lasts(name, 1, NOON, WAIT)
    seen.keep({"a"})
    assert seen.lasts("a", 1, NOON + WAIT, WAIT)
    assert not seen.lasts("b", 1, NOON + WAIT, WAIT)
