"""What takes too long goes on by itself, and ends nothing else."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.patience import Waiting
from core.errors import NotFound

MOMENT, LONG = timedelta(milliseconds=20), timedelta(seconds=30)


@pytest.fixture
async def bound():
    waiting = Waiting()
    async with asyncio.TaskGroup() as tasks:
        waiting.bind(tasks)
        yield waiting


async def work(seconds, heard):
    await asyncio.sleep(seconds)
    return heard


async def test_what_comes_in_time_is_heard(bound):
    assert await bound(LONG, lambda _: work(0, "fine")) == "fine"


async def test_what_comes_too_late_is_not_heard_but_finished():
    awaited = []

    async def slowly(is_awaited):
        awaited.append(is_awaited())
        await asyncio.sleep(0.05)
        awaited.append(is_awaited())
        return "fine"

    waiting = Waiting()
    async with asyncio.TaskGroup() as tasks:
        waiting.bind(tasks)
        assert await waiting(MOMENT, slowly) is None
        assert awaited == [True]
    assert awaited == [True, False]


async def test_what_comes_at_the_very_last_moment_is_not_lost(bound):
    async def just_in_time(is_awaited):
        time.sleep(0.04)  # noqa: ASYNC251 - the deadline passes while nobody can look at the time
        await asyncio.sleep(0)
        return is_awaited()

    assert await bound(MOMENT, just_in_time) is True


async def test_it_goes_on_when_whoever_waits_is_cancelled():
    done = []

    async def slowly(is_awaited):
        await asyncio.sleep(0.03)
        done.append(is_awaited())

    waiting = Waiting()
    async with asyncio.TaskGroup() as tasks:
        waiting.bind(tasks)
        waiter = asyncio.ensure_future(waiting(LONG, slowly))
        await asyncio.sleep(0.01)
        waiter.cancel()
    assert done == [False]


async def test_an_error_in_time_is_raised_where_somebody_waits(bound):
    async def breaks(_):
        raise NotFound(trade="x")

    with pytest.raises(NotFound):
        await bound(LONG, breaks)


async def test_an_error_that_nobody_waits_for_ends_nothing_else(bound):
    async def breaks(_):
        await asyncio.sleep(0.04)
        raise KeyError("a bug")

    assert await bound(MOMENT, breaks) is None
    await asyncio.sleep(0.04)
    assert await bound(LONG, lambda _: work(0, "still here")) == "still here"


async def test_the_end_of_the_process_ends_the_waiting():
    waiting = Waiting()
    waiter = None
    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            waiting.bind(tasks)
            waiter = asyncio.ensure_future(waiting(LONG, lambda _: work(30, "never")))
            await asyncio.sleep(0.01)
            raise KeyError("the end")
    with pytest.raises(asyncio.CancelledError):
        await waiter


async def test_without_a_task_group_it_waits_as_long_as_it_takes():
    assert await Waiting()(MOMENT, lambda _: work(0.05, "fine")) == "fine"
