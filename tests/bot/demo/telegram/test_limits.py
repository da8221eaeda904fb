"""How fast a bot may speak."""

import pytest

from bot.demo.telegram.errors import Refused
from bot.demo.telegram.limits import Pace


async def test_a_second_message_within_a_second_is_refused_with_a_waiting_time(opened):
    async with opened(paced=True) as desk:
        await desk.says()
        await desk.send()
        assert await desk.raw("sendMessage", chat_id=7, text="too fast") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }


async def test_other_chats_do_not_wait(opened):
    async with opened(paced=True) as desk:
        await desk.says()
        await desk.says(**{"from": 8})
        await desk.send()
        await desk.call("sendMessage", chat_id=8, text="x")


async def test_edits_and_chat_actions_are_no_new_messages(opened):
    async with opened(paced=True) as desk:
        await desk.says()
        sent = await desk.send("0")
        for text in "123":
            await desk.call("editMessageText", chat_id=7, message_id=sent["message_id"], text=text)
            await desk.call("sendChatAction", chat_id=7, action="typing")


def test_a_refused_message_does_not_lengthen_the_wait():
    time = [0.0]
    pace = Pace(lambda: time[0], enforced=True)
    pace.send(7)
    time[0] = 0.9
    with pytest.raises(Refused):
        pace.send(7)
    time[0] = 1.0
    pace.send(7)


def test_twenty_edits_may_come_at_once_and_then_one_a_second():
    time = [0.0]
    pace = Pace(lambda: time[0], enforced=True)
    for _ in range(20):
        pace.edit(7)
    with pytest.raises(Refused) as refused:
        pace.edit(7)
    assert refused.value.retry_after == 1
    time[0] = 1.0
    pace.edit(7)
    with pytest.raises(Refused):
        pace.edit(7)


def test_a_pace_that_is_not_enforced_lets_all_through():
    pace = Pace(lambda: 0.0, enforced=False)
    for _ in range(50):
        pace.send(7)
        pace.edit(7)
