"""How a bot reads what happened."""

import asyncio

import aiohttp
from aiogram.exceptions import TelegramConflictError

from bot.demo.telegram.updates import UpdateQueue


async def test_what_was_said_arrives_as_a_real_bot_reads_it(bot, desk):
    await desk.says("/analyze BTC")
    (update,) = await bot.get_updates()
    message = update.message
    assert (message.text, message.chat.id, message.from_user.language_code) == (
        "/analyze BTC",
        7,
        "ko",
    )
    assert message.entities[0].extract_from(message.text) == "/analyze"


async def test_updates_come_again_until_a_higher_offset_confirms_them(desk):
    await desk.says("one")
    await desk.says("two")
    first, second = await desk.updates()
    assert await desk.updates() == [first, second]
    assert await desk.updates(offset=second["update_id"]) == [second]
    assert await desk.updates(offset=second["update_id"] + 1) == []


async def test_a_negative_offset_keeps_only_the_newest(desk):
    for text in ("one", "two", "three"):
        await desk.says(text)
    assert [update["message"]["text"] for update in await desk.updates(offset=-1)] == ["three"]
    assert len(await desk.updates()) == 1


async def test_a_limit_is_kept(desk):
    for text in ("one", "two", "three"):
        await desk.says(text)
    assert len(await desk.updates(limit=2)) == 2


async def test_a_long_poll_ends_as_soon_as_something_happens(desk):
    async def say():
        await asyncio.sleep(0.05)
        await desk.says("now")

    async with asyncio.timeout(2):
        updates, _ = await asyncio.gather(desk.updates(timeout=30), say())
    assert updates[0]["message"]["text"] == "now"


async def test_of_two_who_poll_the_older_is_sent_away(bot, desk):
    async def later():
        await asyncio.sleep(0.05)
        return await desk.updates(timeout=0)

    older, newer = await asyncio.gather(
        bot.get_updates(timeout=20), later(), return_exceptions=True
    )
    assert isinstance(older, TelegramConflictError)
    assert older.message == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert newer == []


async def test_the_conflict_is_a_409(desk):
    async def later():
        await asyncio.sleep(0.05)
        await desk.updates()

    older, _ = await asyncio.gather(desk.raw("getUpdates", timeout=20), later())
    assert older["error_code"] == 409


async def test_what_the_bot_did_not_ask_for_is_not_kept(desk):
    await desk.updates(allowed_updates=["callback_query"])
    await desk.says("unheard")
    assert await desk.updates() == []
    await desk.updates(allowed_updates=[])
    await desk.says("heard")
    assert len(await desk.updates()) == 1


async def test_pending_updates_are_counted_and_dropped_when_asked(desk):
    await desk.says("one")
    assert (await desk.call("getWebhookInfo"))["pending_update_count"] == 1
    await desk.call("deleteWebhook")
    assert len(await desk.updates()) == 1
    await desk.call("deleteWebhook", drop_pending_updates=True)
    assert await desk.updates() == []


async def test_a_press_that_nobody_read_for_150_seconds_is_not_delivered():
    time = [0.0]
    queue = UpdateQueue(lambda: time[0])
    queue.put("callback_query", {})
    queue.put("message", {})
    time[0] = 149.9
    assert queue.pending() == 2
    time[0] = 150.0
    assert [update.kind for update in await queue.read(0, 100, 0)] == ["message"]


async def test_a_stopping_server_does_not_keep_the_bot_waiting(opened):
    async with asyncio.timeout(3), aiohttp.ClientSession() as http, asyncio.TaskGroup() as tasks:
        async with opened() as desk:
            poll = http.post(f"{desk.url}/bot42:secret/getUpdates?timeout=50")
            answer = tasks.create_task(poll)
            await asyncio.sleep(0.05)
        assert (await (await answer).json()) == {"ok": True, "result": []}
