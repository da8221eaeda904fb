"""Waits for something, but not for ever: what takes too long goes on in the process's task group."""

import asyncio
from datetime import timedelta
from typing import TypeVar

from bot.edge import survives
from core.voices.ports import Work

T = TypeVar("T")


class Waiting:
    """`core.voices.ports.Patience`. Before it has a task group it waits as long as it takes."""

    def __init__(self) -> None:
        self._tasks: asyncio.TaskGroup | None = None

    def bind(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks

    async def __call__(self, most: timedelta, work: Work[T]) -> T | None:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        if self._tasks is None:
            return await work(lambda: True)
        self._tasks.create_task(_carry_out(work, answer))
        try:
            async with asyncio.timeout(most.total_seconds()):
                return await answer
        except TimeoutError:
            return answer.result() if answer.done() and not answer.cancelled() else None


async def _carry_out(work: Work[T], answer: asyncio.Future[T]) -> None:
    """An error is for whoever waits; an end of the process ends the waiting too."""

    async def act() -> None:
        result = await work(lambda: not answer.done())
        if not answer.done():
            answer.set_result(result)

    async def failed(error: Exception) -> None:
        if not answer.done():
            answer.set_exception(error)

    try:
        await survives("what a model was asked", act, failed)
    finally:
        answer.cancel()
