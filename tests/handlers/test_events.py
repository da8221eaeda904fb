"""The calendar in the chat: seen, added to, muted; around its events nobody enters."""

from dataclasses import replace

import pytest

from core.domain.people import Language, Role
from tests.builders import person
from tests.handlers.town import Plan
from tests.phone import labels

VIEWER = 77


async def test_coming_events_are_shown_with_local_time_and_countdown(phone):
    await phone.says("/events")
    assert phone.lines[0] == "Coming events"
    assert phone.lines[1] == "1 01-28 (Wed) 19:00 FOMC rate decision · in 21d 🔕"
    assert phone.sees("These prices are not live")


async def test_in_korean_times_are_those_of_seoul(founded):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says("/events add 2026-01-07 22:30 미국 CPI")
        assert phone.lines == [
            "캘린더에 넣었습니다.",
            "01-07 (수) 22:30 미국 CPI · 1시간 30분 뒤",
            "22:00-23:30 신규 진입 쉼",
        ]
        await phone.says("/status")
        assert "22:30 미국 CPI: 22:00-23:30 신규 진입 쉼" in phone.lines


async def test_nobody_enters_around_an_event_and_the_refusal_names_it(town, phone):
    await phone.says("/events add 2026-01-07 12:20 SOL <unlock>")
    await phone.says("/analyze BTC")
    if not phone.hears("entries rest until"):
        await phone.taps("Long anyway")
    assert phone.sees("because of SOL <unlock> at 01-07 12:20. /events (EVENT)")
    assert await town.waiting() == ()


async def test_a_yes_in_the_wrong_half_hour_buys_nothing(town, phone):
    await town.offers(phone)
    await phone.says("/events add 2026-01-07 12:20 US CPI")
    await phone.taps("✅")
    assert phone.sees("entries rest until 01-07 13:20")
    assert await town.open_trades() == ()


async def test_an_open_position_is_closed_in_the_middle_of_it(town, phone):
    await town.holds(phone)
    await phone.says("/events add 2026-01-07 12:20 US CPI")
    await phone.says("/panic")
    assert await town.open_trades() == ()


async def test_a_muted_event_forbids_nothing_until_it_is_turned_on_again(town, phone):
    await phone.says("/events add 2026-01-07 12:20 US CPI -10 +15")
    await phone.says("/events")
    assert "   no entries 12:10-12:35" in phone.lines
    assert await phone.taps("🔕 1") == "Muted: entries go on around it."
    assert phone.lines[1].endswith("20m 🔕")
    await town.offers(phone)
    assert await town.waiting()

    await phone.says("/events")
    assert await phone.taps("🔔 1") == "On: entries rest around it."
    assert phone.lines[2] == "   no entries 12:10-12:35"


async def test_what_was_added_can_be_deleted_and_what_ships_cannot(phone):
    await phone.says("/events add 2026-01-09 Holiday in Seoul")
    assert "only told: forbids nothing" in phone.lines
    await phone.says("/events")
    assert [label for label in labels(phone.messages[-1]) if "🗑" in label] == ["🗑 1"]
    await phone.taps("🗑 1")
    assert not phone.hears("Holiday")


@pytest.mark.parametrize(
    "words",
    ["CPI", "add", "add CPI", "add 2026-12-10", "add 2026-13-10 22:30 CPI",
     "add 2026-12-10 25:30 CPI", "add 9999-12-31 23:30 CPI", "add 0001-01-01 00:00 CPI", "remove 1"],
)  # fmt: skip
async def test_what_cannot_be_read_is_said_with_an_example(phone, words):
    await phone.says(f"/events {words}")
    assert phone.hears("Type it like /events add 2026-12-10 22:30 US CPI")


async def test_what_is_over_and_what_rests_too_long_is_not_added(phone):
    await phone.says("/events add 2026-01-07 09:00 US CPI")
    assert phone.text == "That is over already."
    await phone.says("/events add 2026-01-08 09:00 US CPI -5000 +60")
    assert phone.hears("Minutes before and after are 0 to 1440")


async def test_who_may_only_look_sees_the_calendar_and_changes_nothing(town, phone):
    viewer = person(id=VIEWER, chat=VIEWER, role=Role.VIEWER)
    await town.ledger.commit(viewer)
    other = town.phone(VIEWER)
    await other.says("/events add 2026-01-08 09:00 US CPI")
    assert not other.hears("On the calendar")
    await other.says("/events")
    await other.taps("🔔 1")
    assert other.alerted
    assert other.lines[1].endswith("🔕")


async def test_a_bad_line_of_the_file_is_said_and_the_rest_is_shown(founded, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("date,time,title\n2026-01-08,10:00,Mine\n8 January,10:00,Other\n")
    async with founded(replace(Plan(), events_file=file)) as town:
        phone = town.phone()
        await phone.says("/start")
        await phone.says("/events")
        assert "1 01-08 (Thu) 10:00 Mine · in 22h" in phone.lines
        assert phone.sees(
            "⚠️ EVENTS_FILE, line 3 was left out: the date is not like 2026-12-10 "
            "(8 January,10:00,Other)"
        )
