"""Something a screen wants a little later."""

import asyncio
from datetime import timedelta

import pytest
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import GetMe

from bot.later import SoonTasks
from core.errors import NotFound

AT_ONCE = timedelta(0)


async def test_it_is_done_after_the_wait():
    done = []
    later = SoonTasks()
    async with asyncio.TaskGroup() as tasks:
        later.bind(tasks)
        later(timedelta(milliseconds=20), lambda: noted(done, "second"))
        later(AT_ONCE, lambda: noted(done, "first"))
    assert done == ["first", "second"]


async def noted(done, what):
    done.append(what)


async def test_before_there_is_a_task_group_it_is_forgotten():
    SoonTasks()(AT_ONCE, lambda: noted([], "never"))


@pytest.mark.parametrize(
    "error",
    [
        NotFound(trade="x"),
        TelegramNetworkError(method=GetMe(), message="down"),
        ClientDecodeError("no json", ValueError(), "<html>"),
        KeyError("a bug"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_whatever_goes_wrong_meanwhile_ends_nothing_else(error):
    done = []

    async def breaks():
        raise error

    later = SoonTasks()
    async with asyncio.TaskGroup() as tasks:
        later.bind(tasks)
        later(AT_ONCE, breaks)
        later(timedelta(milliseconds=10), lambda: noted(done, "still here"))
    assert done == ["still here"]
