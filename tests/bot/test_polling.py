"""Updates: fetched through any weather, kept until they are done, done once."""

import asyncio
from decimal import Decimal

import aiohttp
import pytest
from aiogram.types import Update

from bot import polling
from bot.errors import Stop
from bot.polling import is_panic, moves_money
from bot.storage.database import Database
from bot.storage.errors import DeskStorageError
from bot.storage.inbox import SqlInbox
from core.domain.ledger import Received
from tests.handlers.haste import hurry
from tests.handlers.telegram import OWNER, TOKEN, Weather, telegram
from tests.handlers.town import Plan, living


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    hurry(monkeypatch)
    monkeypatch.setattr(polling, "BACKOFF", 0.01)
    monkeypatch.setattr(polling, "CONFLICT", 0.01)


@pytest.fixture
def weather():
    return Weather()


@pytest.fixture
async def server(weather):
    async with telegram(weather) as url:
        yield url


@pytest.fixture
def desk(server, weather, tmp_path):
    """Opens the desk; a second time is a restart."""
    return lambda: living(server, weather, tmp_path, Plan())


def update(**fields):
    user = {"id": OWNER, "is_bot": False, "first_name": "Mina"}
    message = {"message_id": 1, "date": 0, "chat": {"id": OWNER, "type": "private"}, "from": user}
    if "text" in fields:
        return Update.model_validate({"update_id": 900, "message": {**message, **fields}})
    press = {"id": "1", "from": user, "chat_instance": "1", "message": message, **fields}
    return Update.model_validate({"update_id": 900, "callback_query": press})


@pytest.mark.parametrize(
    ("text", "kept", "urgent"),
    [
        ("/panic", True, True),
        ("/Panic", True, True),
        ("/PANIC now", True, True),
        ("/pause", True, False),
        ("/resume", True, False),
        ("/status", False, False),
        ("panic", False, False),
        ("", False, False),
    ],
)
def test_what_may_move_money_is_kept_and_panic_does_not_queue(text, kept, urgent):
    assert moves_money(update(text=text)) is kept
    assert is_panic(update(text=text)) is urgent


def test_every_press_is_kept():
    assert moves_money(update(data="ok:aaaaaaaaaa"))


OUTAGES = (
    (409, "Conflict: terminated by other getUpdates request", None),
    (429, "Too Many Requests: retry after 0", 0),
    (500, "Internal Server Error", None),
    (502, "Bad Gateway", None),
    (400, "Bad Request: whatever", None),
)


async def test_polling_goes_on_after_an_outage_and_loses_nothing(desk, weather):
    async with desk() as town:
        phone = town.phone()
        await phone.says("/start")
        for code, says, wait in OUTAGES:
            weather.brews("getUpdates", code, says, wait)
            weather.brews("getUpdates", code, says, wait)
            await phone.says("/balance")
            assert len(phone.new) == 1
            assert phone.hears("wallet")


async def test_a_token_that_telegram_does_not_know_ends_the_process(desk, weather):
    weather.brews("getUpdates", 401, "Unauthorized")
    async with asyncio.timeout(5):
        with pytest.raises((ExceptionGroup, Stop)) as ended:
            async with desk() as town:
                await asyncio.wait([town.life])
    assert "nauthorized" in repr(ended.value) or "TELEGRAM_TOKEN" in str(ended.value)


async def test_a_disk_that_is_full_for_a_moment_loses_no_press(desk, monkeypatch):
    async with desk() as town:
        phone = town.phone()
        await phone.says("/start")
        receive, full = type(town.desk.stores.inbox).receive, [True]

        async def sometimes(self, rows):
            if full.pop() if full else False:
                raise DeskStorageError("disk is full")
            return await receive(self, rows)

        monkeypatch.setattr(type(town.desk.stores.inbox), "receive", sometimes)
        await phone.says("/pause")
        assert (await town.settings()).paused


async def test_what_was_not_finished_when_the_process_died_is_done_after_the_restart(desk):
    async with desk() as town:
        await town.phone().says("/start")
        body = update(text="/pause").model_dump_json(exclude_none=True)
        await town.desk.stores.inbox.receive([Received(900, body, town.clock.now())])
    async with desk() as town:
        await until(lambda: is_paused(town))
        await until(lambda: is_empty(town.desk.stores.inbox))


async def test_an_update_that_is_replayed_and_repeated_is_done_once(desk, weather):
    """The process died after it had kept a press and before Telegram heard that it has it."""
    async with desk() as town:
        phone = town.phone()
        await phone.says("/start")
        await town.holds(phone)
        await phone.taps("Edit levels")
        (before,) = await town.open_trades()
    press = phone.with_button("Stop closer")
    await phone_without_a_bot(town, press)
    async with desk() as town:
        await until(lambda: has_moved(town, before))
        await phone_hears_more(town)
        (after,) = await town.open_trades()
        planned = abs(before.plan.entry_limit - before.plan.stop_loss)
        assert after.stop - before.stop < planned * Decimal("0.3")


async def phone_hears_more(town):
    """Whatever came before this answer has been dealt with."""
    phone = town.phone()
    await phone.says("/balance", waits=False)

    async def answered():
        return any("wallet" in message["text"] for message in await phone.look())

    await until(answered)


async def phone_without_a_bot(town, message):
    """Presses while no bot listens, and writes the update into the inbox as the dead one did."""
    async with aiohttp.ClientSession() as http:
        body = {"message_id": message["id"], "label": "Stop closer", "wait": 0}
        async with http.post(f"{town.url}/person/taps", json=body) as response:
            assert response.status == 200
        async with http.post(f"{town.url}/bot{TOKEN}/getUpdates") as response:
            raw = (await response.json())["result"][-1]
    kept = Update.model_validate(raw)
    await keeps(town, kept)


async def keeps(town, kept):
    database = await Database.open(town.address)
    body = kept.model_dump_json(exclude_none=True)
    await SqlInbox(database).receive([Received(kept.update_id, body, town.clock.now())])
    await database.close()


async def is_paused(town):
    return (await town.settings()).paused


async def is_empty(inbox):
    return not await inbox.unfinished()


async def has_moved(town, before):
    trades = await town.open_trades()
    return trades and trades[0].stop != before.stop


async def until(condition):
    async with asyncio.timeout(5):
        while not await condition():  # noqa: ASYNC110 - the ledger rings no bell
            await asyncio.sleep(0.01)
