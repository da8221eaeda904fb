"""A person's table of events: what is good is kept, what is not is said with its line."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.file import shipped
from bot.events.rows import table
from core.domain.event import EventKind, Importance, Source

SEOUL = ZoneInfo("Asia/Seoul")


def read(text, zone=SEOUL):
    return table(text, Source.FILE, zone)


def test_a_row_needs_a_date_and_a_title():
    (event,) = read("date,time,title\n2026-12-10,22:30,US CPI\n").events

    assert event.at == datetime(2026, 12, 10, 13, 30, tzinfo=UTC)
    assert (event.kind, event.title, event.importance) == (
        EventKind.CPI, "US CPI", Importance.HIGH,
    )  # fmt: skip
    assert (event.before, event.after) == (timedelta(minutes=30), timedelta(minutes=60))


def test_a_row_may_say_everything():
    (event,) = read(
        "title,date,time,zone,importance,before,after\n"
        '"Unlock, SOL",2026-12-01,09:00,UTC,low,5,15\n'
    ).events

    assert event.at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert (event.title, event.importance) == ("Unlock, SOL", Importance.LOW)
    assert (event.before, event.after) == (timedelta(minutes=5), timedelta(minutes=15))


def test_a_day_without_a_time_forbids_nothing():
    (event,) = read("date,title\n2026-12-10,Golden week\n").events
    assert event.whole_day
    assert not event.forbids
    assert event.at == datetime(2026, 12, 10, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-13-01,22:30,,CPI,high,,", "date"),
        ("9999-12-31,22:30,,CPI,high,,", "date"),
        ("0001-01-01,00:00,,CPI,high,,", "date"),
        ("10.12.2026,22:30,,CPI,high,,", "date"),
        ("2026-12-10,half past ten,,CPI,high,,", "time"),
        ("2026-12-10,22:30,Mars/Olympus,CPI,high,,", "zone"),
        ("2026-12-10,22:30,../../etc/passwd,CPI,high,,", "zone"),
        ("2026-12-10,22:30,,,high,,", "title"),
        ("2026-12-10,22:30,,CPI,huge,,", "importance"),
        ("2026-12-10,22:30,,CPI,high,1441,", "minutes"),
        ("2026-12-10,22:30,,CPI,high,,-5", "minutes"),
        ("2026-12-10,22:30,,CPI,high,00000099999,", "minutes"),
        ("2026-12-10,22:30,,CPI,high,²,", "minutes"),
        (f"2026-12-10,22:30,,{'x' * 140_000},high,,", "row"),
        ("", None),
    ],
)
def test_a_bad_row_is_said_with_its_line_and_the_rest_is_kept(row, why):
    readout = read(
        f"# mine\ndate,time,zone,title,importance,before,after\n{row}\n2026-12-11,22:30,,Fine,,,\n"
    )

    assert [event.title for event in readout.events] == ["Fine"]
    assert [(c.line, c.why) for c in readout.complaints] == ([(3, why)] if why else [])


def test_a_header_too_long_to_be_one_is_said():
    assert [c.why for c in read(f"date,title,{'x' * 140_000}\n").complaints] == ["header"]


def test_a_file_without_a_header_is_said():
    readout = read("2026-12-10,22:30,US CPI\n")
    assert [(c.line, c.why) for c in readout.complaints] == [(1, "header")]


@pytest.mark.parametrize("at", ["2026-03-08,03:15", "2026-11-01,02:15", "2026-11-01,00:30"])
def test_a_rest_is_as_long_as_it_says_while_clocks_are_set(at):
    (event,) = read(
        f"date,time,zone,title,before,after\n{at},America/New_York,CPI,90,120\n"
    ).events
    assert event.at.astimezone(UTC) - event.starts == timedelta(minutes=90)
    assert event.ends - event.at.astimezone(UTC) == timedelta(minutes=120)
    assert event.over == event.ends


def test_an_event_keeps_its_name_when_the_file_is_read_again():
    text = "date,time,title\n2026-12-10,22:30,US CPI\n"
    assert read(text).events[0].id == read(text).events[0].id


def test_two_of_one_name_on_one_day_are_two_and_the_first_keeps_its_name():
    head, early, late = (
        "date,time,title\n",
        "2026-12-10,10:00,Powell\n",
        "2026-12-10,15:00,Powell\n",
    )
    first, second = read(head + early + late + early).events
    assert (first.at.hour, second.at.hour) == (10, 15)
    assert first == read(head + early).events[0]
    assert second.id.startswith(first.id)


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_be_read(text):
    read(text)
    read(f"date,time,title\n{text}")


def test_what_ships_with_the_desk_reads_without_a_complaint():
    readout = shipped()
    assert readout.complaints == ()
    assert sum(event.kind is EventKind.FOMC for event in readout.events) == 16
    assert all(event.forbids for event in readout.events)


@pytest.mark.parametrize(
    ("day", "hour"),
    [("2026-01-28", 19), ("2026-03-18", 18), ("2026-12-09", 19), ("2027-06-09", 18)],
)
def test_two_in_new_york_is_another_hour_in_summer(day, hour):
    at = datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)
    assert any(event.at == at and event.kind is EventKind.FOMC for event in shipped().events)
