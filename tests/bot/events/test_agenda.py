"""One calendar out of three: what ships with the desk, a file, and the chat."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.events.agenda import DeskAgenda
from bot.events.file import LARGEST, EventFile
from core.domain.event import Source
from tests.builders import event

DECEMBER, NEW_YEAR = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
CPI = datetime(2026, 12, 10, 13, 30, tzinfo=UTC)


async def december(agenda):
    return await agenda.events(DECEMBER, NEW_YEAR)


def filed(path):
    return EventFile(path, Source.FILE, UTC)


async def test_on_live_prices_what_ships_with_the_desk_counts(store):
    events = await december(DeskAgenda(store, None, counts_shipped=True))
    assert [(one.kind, one.forbids) for one in events] == [("fomc", True), ("cpi", True)]


async def test_on_other_prices_it_counts_once_somebody_turns_it_on(store):
    agenda = DeskAgenda(store, None, counts_shipped=False)
    fomc, cpi = await december(agenda)
    assert (fomc.forbids, cpi.forbids) == (False, False)

    await agenda.mute(cpi.id, muted=False)

    assert [one.forbids for one in await december(agenda)] == [False, True]


async def test_what_two_calendars_know_is_one_event_and_the_persons_word_counts(store, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("date,time,title,before,after\n2026-12-10,13:30,Core CPI,90,90\n")
    agenda = DeskAgenda(store, filed(path), counts_shipped=True)

    _, cpi = await december(agenda)

    assert (cpi.title, cpi.before) == ("Core CPI", timedelta(minutes=90))


def told(**changes):
    return event(id=f"{changes['source']}-1", at=CPI, **changes)


async def test_a_feed_shortens_and_removes_no_rest_of_another(store, tmp_path):
    none = timedelta(0)
    await store.put(told(source=Source.FEED, title="Feed", before=none, after=none))

    _, cpi = await december(DeskAgenda(store, None, counts_shipped=True))
    assert (cpi.title, cpi.before, cpi.after) == ("Feed", HALF_AN_HOUR, 2 * HALF_AN_HOUR)

    path = tmp_path / "mine.csv"
    path.write_text("date,time,title,before,after\n2026-12-10,13:30,Core CPI,90,90\n")
    _, cpi = await december(DeskAgenda(store, filed(path), counts_shipped=True))
    assert (cpi.title, cpi.before) == ("Core CPI", 3 * HALF_AN_HOUR)


async def test_a_feed_does_not_unmute_what_ships_with_the_desk(store):
    none = timedelta(0)
    await store.put(told(source=Source.FEED, before=none, after=none))
    assert [
        one.forbids for one in await december(DeskAgenda(store, None, counts_shipped=False))
    ] == [False, False]


async def test_what_people_typed_is_never_hidden(store):
    await store.put(told(source=Source.PERSON, title="CPI"))
    await store.put(event(id="a-2", at=CPI, source=Source.PERSON, title="Core CPI"))
    await store.put(event(id="z-feed", at=CPI, source=Source.FEED, title="Feed"))

    _, *cpi = await december(DeskAgenda(store, None, counts_shipped=True))

    assert [one.title for one in cpi] == ["Core CPI", "CPI"]


async def test_what_was_added_can_be_taken_out_again(store):
    agenda = DeskAgenda(store, None, counts_shipped=False)
    await agenda.add(event(id="own-1", title="Unlock", at=CPI + timedelta(days=1)))
    assert [one.title for one in await december(agenda)] == ["", "", "Unlock"]

    assert await agenda.drop("own-1")
    assert not await agenda.drop("own-1")
    assert len(await december(agenda)) == 2


async def test_a_file_is_read_again_when_it_has_changed(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("date,title\n2026-12-10,One\n")
    file = filed(path)
    assert [one.title for one in file.read().events] == ["One"]

    path.write_text("date,title\n2026-12-10,One\n2026-12-11,Another\n")

    assert [one.title for one in file.read().events] == ["One", "Another"]


async def test_a_file_that_is_gone_leaves_what_was_read_and_is_said(store, tmp_path):
    path = tmp_path / "mine.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:CPI\nDTSTART:20261210T133000Z\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    agenda = DeskAgenda(store, filed(path), counts_shipped=False)
    assert len(await december(agenda)) == 2
    assert await agenda.complaints() == ()

    path.unlink()

    assert len(await december(agenda)) == 2
    assert [one.why for one in await agenda.complaints()] == ["unreadable"]


def test_a_file_that_has_grown_too_large_leaves_what_was_read(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("date,title\n2026-12-10,One\n")
    file = filed(path)
    file.read()

    path.write_bytes(b" " * (LARGEST + 1))

    for _ in range(2):
        assert [one.title for one in file.read().events] == ["One"]
        assert [one.why for one in file.read().complaints] == ["too_large"]


@pytest.mark.parametrize(
    ("body", "why"), [(b"\xff\xfe\x00date", "unreadable"), (b" " * (LARGEST + 1), "too_large")]
)
def test_a_file_of_another_kind_is_said(tmp_path, body, why):
    path = tmp_path / "mine.csv"
    path.write_bytes(body)
    assert [one.why for one in filed(path).read().complaints] == [why]
