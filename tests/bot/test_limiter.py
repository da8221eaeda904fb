"""Telegram's pace: one new message a second to a chat; edits and answers do not wait."""

import asyncio
import time

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage

from bot import limiter
from bot.limiter import PATIENCE, OutgoingPace

HELLO = SendMessage(chat_id=1, text="hello")


class Wire:
    """Takes every request, or asks to come back later so many times."""

    def __init__(self, busy=0):
        self.busy = busy
        self.sent = []

    async def __call__(self, _bot, method):
        if self.busy:
            self.busy -= 1
            raise TelegramRetryAfter(method=method, message="slow down", retry_after=0)
        self.sent.append(method)
        return "taken"


async def test_two_messages_to_a_chat_are_a_second_apart():
    wire, pace, started = Wire(), OutgoingPace(), time.monotonic()
    await pace(wire, None, HELLO)
    assert time.monotonic() - started < 0.2
    await pace(wire, None, HELLO)
    assert time.monotonic() - started >= 1


async def test_other_chats_edits_and_answers_do_not_wait():
    wire, pace, started = Wire(), OutgoingPace(), time.monotonic()
    others = [SendMessage(chat_id=chat, text="hello") for chat in range(2, 12)]
    edits = [EditMessageText(chat_id=1, message_id=n, text="hello") for n in range(1, 10)]
    answers = [AnswerCallbackQuery(callback_query_id=str(n)) for n in range(10)]
    for method in (HELLO, *others, *edits, *answers):
        await pace(wire, None, method)
    assert len(wire.sent) == 30
    assert time.monotonic() - started < 0.3


async def test_a_request_to_wait_is_obeyed_and_the_message_sent_once():
    wire = Wire(busy=2)
    assert await OutgoingPace()(wire, None, HELLO) == "taken"
    assert wire.sent == [HELLO]


async def test_patience_ends():
    with pytest.raises(TelegramRetryAfter):
        await OutgoingPace()(Wire(busy=PATIENCE + 1), None, HELLO)


async def test_the_wait_is_as_long_as_telegram_asks(monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    async def busy_once(_bot, method):
        if not waited:
            raise TelegramRetryAfter(method=method, message="slow down", retry_after=17)
        return "taken"

    monkeypatch.setattr(limiter.asyncio, "sleep", sleep)
    assert await OutgoingPace()(busy_once, None, HELLO) == "taken"
    assert waited == [17]


async def test_a_chat_that_waits_holds_up_no_other():
    wire, pace = Wire(), OutgoingPace()
    await pace(wire, None, HELLO)
    async with asyncio.TaskGroup() as tasks:
        slow = tasks.create_task(pace(wire, None, HELLO))
        await asyncio.sleep(0)
        await pace(wire, None, SendMessage(chat_id=2, text="hello"))
        assert not slow.done()
        slow.cancel()
