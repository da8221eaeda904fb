"""Notices arrive once, in order, whatever Telegram is going through."""

import logging
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.notice import Notice, NoticeKind
from core.owner import ACCOUNT
from tests.handlers.haste import hurry
from tests.handlers.telegram import Weather, telegram
from tests.handlers.town import Plan, living

GONE = "Bad Request: message to edit not found"
SAME = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"


@pytest.fixture
async def town(tmp_path, monkeypatch):
    hurry(monkeypatch)
    weather = Weather()
    async with telegram(weather) as url, living(url, weather, tmp_path, Plan()) as town:
        yield town


@pytest.fixture
async def phone(town):
    phone = town.phone()
    await phone.says("/start")
    return phone


async def leaves(town, *jobs):
    """Notices in the outbox, told apart by the job they name."""
    now = town.clock.now()
    for job in jobs:
        numbers = {"job": job, "error": "OSError"}
        await town.ledger.commit(Notice(ACCOUNT, NoticeKind.JOB_FAILED, now, numbers=numbers))


async def told(phone):
    await phone.look()
    texts = (message["text"].splitlines()[-1] for message in phone.messages)
    return [text.split()[0] for text in texts if " failed at " in text]


async def retries(town):
    """As long as it takes until the outbox is tried again."""
    outbox = town.desk.stores.outbox
    for outgoing in await outbox.due(town.desk.notifier.wall.now().replace(year=2100), 100):
        await outbox.postpone(outgoing.id, town.desk.notifier.wall.now())
    await town.flushes()


async def test_notices_come_in_the_order_of_their_events(town, phone):
    await leaves(town, *"abcdefghij" * 3)
    await town.flushes()
    assert await told(phone) == list("abcdefghij" * 3)


async def test_a_notice_is_sent_once_however_often_the_outbox_is_emptied(town, phone):
    await leaves(town, "a")
    for _ in range(3):
        await town.flushes()
    assert await told(phone) == ["a"]


OUTAGES = (
    (500, "Internal Server Error", None),
    (502, "Bad Gateway", None),
    (429, "Too Many Requests: retry after 1", 1),
    (401, "Unauthorized", None),
    (409, "Conflict", None),
    (413, "Request Entity Too Large", None),
)


async def test_what_telegram_does_not_take_now_waits_and_keeps_its_place(town, phone):
    for number, outage in enumerate(OUTAGES):
        await leaves(town, f"{number}a", f"{number}b")
        town.weather.brews("sendMessage", *outage)
        before = await told(phone)
        await town.flushes()
        assert await told(phone) == before
        await retries(town)
        assert await told(phone) == [*before, f"{number}a", f"{number}b"]


async def test_nothing_is_sent_before_its_retry_is_due(town, phone):
    await leaves(town, "a")
    town.weather.brews("sendMessage", 502, "Bad Gateway")
    await town.flushes()
    await town.flushes()
    assert await told(phone) == []
    assert await town.desk.stores.outbox.waiting() == 1


async def test_an_answer_that_is_no_json_is_an_outage_too(town, phone):
    await leaves(town, "a")
    town.weather.storms["sendmessage"] = [(502, "<html>Bad Gateway</html>", None)]
    await town.flushes()
    await retries(town)
    assert await told(phone) == ["a"]


async def test_who_blocks_the_bot_and_comes_back_has_missed_nothing(town, phone):
    await phone.blocks()
    await leaves(town, "a", "b")
    await town.flushes()
    await phone.says("/status")
    await retries(town)
    assert await told(phone) == ["a", "b"]


async def test_who_has_not_opened_the_chat_yet_misses_nothing(town):
    await leaves(town, "a")
    await town.flushes()
    phone = town.phone()
    await phone.says("/start")
    await retries(town)
    assert await told(phone) == ["a"]


async def test_what_telegram_will_never_take_stops_nobody_else(town, phone, caplog):
    await leaves(town, "a", "b")
    town.weather.brews("sendMessage", 400, "Bad Request: can't parse entities")
    with caplog.at_level(logging.WARNING, "bot.notifier"):
        await town.flushes()
    assert await told(phone) == ["b"]
    assert "notice job_failed cannot be delivered" in caplog.text


async def test_a_notice_that_cannot_be_worded_stops_nobody_else(town, phone):
    now = town.clock.now()
    await town.ledger.commit(Notice(ACCOUNT, NoticeKind.JOB_FAILED, now))
    await town.ledger.commit(Notice(ACCOUNT, NoticeKind.TRADE_CLOSED, now, "never was"))
    await leaves(town, "a")
    await town.flushes()
    assert await told(phone) == ["a"]
    assert await town.desk.stores.outbox.waiting() == 0


@pytest.mark.parametrize("says", [GONE, SAME, "Bad Request: message can't be edited"])
async def test_a_card_that_cannot_be_edited_does_not_hold_up_what_comes_after(town, phone, says):
    await town.offers(phone)
    town.weather.brews("editMessageCaption", 400, says)
    await phone.taps("Reject")
    await leaves(town, "a")
    await town.flushes()
    assert await told(phone) == ["a"]


async def test_an_edit_is_tried_again_after_an_outage(town, phone):
    await town.offers(phone)
    town.weather.brews("editMessageCaption", 502, "Bad Gateway")
    await phone.taps("Reject")
    assert not phone.sees("rejected · ")
    await retries(town)
    await phone.look()
    assert phone.sees("rejected · ")


async def test_a_card_that_expired_before_it_could_be_shown_is_not_shown(town, phone):
    town.weather.storms["sendphoto"] = [(502, "Bad Gateway", None)] * 2
    await phone.says("/analyze BTC")
    await phone.taps("Long anyway")
    await town.waits(minutes=16)
    await retries(town)
    await phone.look()
    assert not any("Approve" in message["text"] for message in phone.messages)
    assert await town.desk.stores.outbox.waiting() == 0


async def test_a_card_comes_late_but_comes_while_it_can_be_answered(town, phone):
    town.weather.brews("sendPhoto", 502, "Bad Gateway")
    await town.offers(phone)
    await retries(town)
    await phone.look()
    assert phone.with_button("✅ Approve")
    await phone.taps("✅ Approve")
    assert len(await town.open_trades()) == 1


async def test_a_living_card_whose_message_is_gone_is_forgotten(town, phone):
    await town.holds(phone)
    town.weather.brews("editMessageText", 400, GONE)
    await town.lives(2)
    assert await town.desk.stores.cards.all("position") == ()


@pytest.mark.parametrize("code", [429, 502])
async def test_a_living_card_survives_an_outage(town, phone, code):
    await town.holds(phone)
    town.weather.brews("editMessageText", code, "later", 1 if code == 429 else None)
    await town.lives()
    await town.lives()
    await phone.look()
    assert "open 2h" in phone.message("closing now gives")["text"]


async def test_what_is_half_a_day_old_is_counted_and_panic_is_told_all_the_same(town, phone):
    now = town.clock.now()
    old = now - timedelta(hours=13)
    numbers = {"closed": 1, "net": Decimal(-5), "cancelled": 2, "left": ""}
    await town.ledger.commit(Notice(ACCOUNT, NoticeKind.PANIC_DONE, old, numbers=numbers))
    for _ in range(3):
        failed = {"job": "look", "error": "OSError"}
        await town.ledger.commit(Notice(ACCOUNT, NoticeKind.JOB_FAILED, old, numbers=failed))
    await leaves(town, "a")
    await town.flushes()

    assert await told(phone) == ["a"]
    assert phone.sees("All flat")
    assert phone.sees("3 older messages are left out.")
