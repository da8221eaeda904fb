"""Calendars as the world exports them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.ics import icalendar
from core.domain.event import EventKind, Importance, Source

SEOUL = ZoneInfo("Asia/Seoul")


def calendar(*entries):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *entries, "END:VCALENDAR", ""])


def entry(*lines):
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def read(*entries):
    return icalendar(calendar(*entries), Source.FEED, SEOUL)


@pytest.mark.parametrize(
    ("start", "at"),
    [
        ("DTSTART:20261210T133000Z", datetime(2026, 12, 10, 13, 30, tzinfo=UTC)),
        (
            "DTSTART;TZID=America/New_York:20261210T083000",
            datetime(2026, 12, 10, 13, 30, tzinfo=UTC),
        ),
        ("DTSTART:20261210T223000", datetime(2026, 12, 10, 13, 30, tzinfo=UTC)),
    ],
    ids=["utc", "a zone", "the reader's own"],
)
def test_a_time_is_read_in_its_zone(start, at):
    (event,) = read(entry(start, "SUMMARY:US CPI")).events
    assert event.at == at
    assert event.kind is EventKind.CPI
    assert event.forbids


def test_a_day_without_a_time_forbids_nothing():
    (event,) = read(entry("DTSTART;VALUE=DATE:20261210", "SUMMARY:Holiday")).events
    assert event.whole_day
    assert not event.forbids


@pytest.mark.parametrize(
    ("lines", "importance"),
    [
        (("SUMMARY:Dentist",), Importance.MEDIUM),
        (("SUMMARY:Dentist", "PRIORITY:1"), Importance.HIGH),
        (("SUMMARY:US CPI",), Importance.HIGH),
        (("SUMMARY:US CPI", "PRIORITY:9"), Importance.LOW),
    ],
)
def test_only_what_matters_forbids_entries(lines, importance):
    (event,) = read(entry("DTSTART:20261210T133000Z", *lines)).events
    assert event.importance is importance
    assert event.forbids is (importance is Importance.HIGH)


def test_long_lines_are_unfolded_and_signs_unescaped():
    said = entry(
        "DTSTART:20261210T133000Z", "SUMMARY:Rate decision\\, st", " atement", "PRIORITY:6"
    )
    (event,) = read(said).events
    assert event.title == "Rate decision, statement"
    assert event.importance is Importance.LOW


def test_a_title_hides_and_turns_round_nothing():
    (event,) = read(
        entry("DTSTART:20261210T133000Z", "SUMMARY:\u202eUS\u2066 C\u200bPI \u3164")
    ).events
    assert (event.title, event.kind) == ("US CPI", EventKind.CPI)


def test_what_was_cancelled_is_no_event():
    gone = entry("DTSTART:20261210T133000Z", "SUMMARY:US CPI", "STATUS:Cancelled")
    kept = entry("DTSTART:20261211T133000Z", "SUMMARY:US PPI", "STATUS:CONFIRMED")
    readout = read(gone, kept)
    assert [event.title for event in readout.events] == ["US PPI"]
    assert readout.complaints == ()


def test_an_alarm_inside_an_entry_does_not_speak_for_it():
    alarm = ("BEGIN:VALARM", "SUMMARY:Wake up", "END:VALARM")
    (event,) = read(entry("DTSTART:20261210T133000Z", *alarm, "SUMMARY:US CPI")).events
    assert event.title == "US CPI"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("SUMMARY:No date",), "date"),
        (("DTSTART:99991231T133000Z", "SUMMARY:Late"), "date"),
        (("DTSTART:tomorrow", "SUMMARY:Soon"), "date"),
        (("DTSTART:20261210T133000Z",), "title"),
        (("DTSTART;TZID=Korea Standard Time:20261210T133000", "SUMMARY:CPI"), "zone"),
    ],
)
def test_a_bad_entry_is_said_with_its_line_and_the_rest_is_kept(lines, why):
    readout = read(entry(*lines), entry("DTSTART:20261210T133000Z", "SUMMARY:Fine"))
    assert [event.title for event in readout.events] == ["Fine"]
    assert [(c.line, c.why) for c in readout.complaints] == [(3, why)]


def test_a_page_that_is_no_calendar_is_said():
    readout = icalendar("<html>404</html>", Source.FEED, SEOUL)
    assert [c.why for c in readout.complaints] == ["not_ics"]


@given(st.text(max_size=300))
def test_no_text_is_too_strange_to_be_read(text):
    icalendar(calendar(entry(text)), Source.FEED, SEOUL)
    icalendar(calendar(entry("DTSTART:" + text, "SUMMARY:x")), Source.FEED, SEOUL)
